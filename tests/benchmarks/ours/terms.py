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
    from solerni_xblocks.core import clock
    from solerni_xblocks.terms import api
    from solerni_xblocks.terms.data import VersionDraft
    from solerni_xblocks.terms.models import Proof, ProofPerson
    from solerni_xblocks.terms.queries.proofs import get_subject

    text = api.make_text("# Conditions\n\n" + texts.make_long_text(material.TERMS_BYTES))
    api.save_document("terms")
    version = api.publish_version("terms", VersionDraft(label="1.0", texts={"fr": text}))
    digest = api.get_page("terms").text.digest
    Proof.objects.bulk_create(
        [
            Proof(
                act=Proof.Act.ACCEPT,
                subject=get_subject(member.id),
                version_uuid=version.uuid,
                document="terms",
                label=version.label,
                language="fr",
                text_digest=digest,
                screen_digest=digest,
                channel=Proof.Channel.PAGE,
                decided_at=clock.now(),
            )
            for member in members
        ],
        batch_size=1000,
    )
    proofs = Proof.objects.order_by("id")
    ProofPerson.objects.bulk_create(
        [ProofPerson(proof=proof, member_id=member.id) for proof, member in zip(proofs, members, strict=True)],
        batch_size=1000,
    )


if __name__ == "__main__":
    main()
