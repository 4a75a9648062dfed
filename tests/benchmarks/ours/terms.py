"""The terms gate, asked whether a member may pass."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from opaque_keys.edx.keys import CourseKey

from tests.benchmarks import material, rows, serving, texts
from tests.benchmarks.ours import site
from tests.benchmarks.timing import Subject


def main() -> None:
    """Make the data, then answer orders."""
    site.start()
    from solerni_xblocks.terms import api
    from solerni_xblocks.terms.errors import TermsRequired

    course_key = CourseKey.from_string(material.COURSE)
    members = rows.make_members(material.MEMBERS)
    accept_terms(members[1:])
    turn = cycle(members[1:])

    def ask(member_id: int) -> None:
        api.require_acceptance(member_id, course_key)

    def forget() -> int:
        member_id: int = next(turn).id
        api.forget_answers(member_id)
        return member_id

    try:
        ask(members[0].id)
    except TermsRequired:
        pass
    else:
        raise AssertionError("a member who had not accepted passed")
    known = members[1].id
    serving.serve(
        {
            "terms.gate_warm": lambda: Subject(run=ask, prepare=lambda: known, batch=500, count=rows.count_queries),
            "terms.gate_cold": lambda: Subject(run=ask, prepare=forget, count=rows.count_queries),
        }
    )


def accept_terms(members: list[Any]) -> None:
    """One document of the size agreed, in force, and a proof of acceptance for each of ``members``."""
    from solerni_xblocks.terms import api
    from solerni_xblocks.terms.data import Act, Channel, ProofEntry, VersionDraft
    from solerni_xblocks.terms.flows.append_proofs import append_proofs

    text = api.make_text("# Conditions\n\n" + texts.make_long_text(material.TERMS_BYTES))
    api.save_document("terms")
    version = api.publish_version("terms", VersionDraft(label="1.0", contact="contact@example.org", texts={"fr": text}))
    digest = api.get_page("terms").text.digest
    entries = [
        ProofEntry(
            act=Act.ACCEPT,
            member_id=member.id,
            version_uuid=version.uuid,
            version_digest=version.digest,
            document="terms",
            label=version.label,
            language="fr",
            text_digest=digest,
            screen_digest=digest,
            channel=Channel.PAGE,
        )
        for member in members
    ]
    for start in range(0, len(entries), 500):
        append_proofs(entries[start : start + 500])


if __name__ == "__main__":
    main()
