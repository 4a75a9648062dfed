"""The terms gate, asked whether a member may pass; publishing; the walk over the proofs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count, cycle, islice
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
    accept_terms(member.id for member in members[1:])
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

    def ask_here(prepare: Callable[[], int], *, batch: int = 1) -> Subject:
        rows.use_database("bench")
        return Subject(run=ask, prepare=prepare, batch=batch, count=rows.count_queries)

    serving.serve(
        {
            "terms.gate_warm": lambda: ask_here(lambda: known, batch=500),
            "terms.gate_cold": lambda: ask_here(forget),
            "terms.publish_1k": lambda: make_publishing("terms.publish_1k"),
            "terms.publish_100k": lambda: make_publishing("terms.publish_100k"),
            "terms.verify_chain": make_verification,
        }
    )


def make_publishing(line: str) -> Subject:
    """Publications in a database of their own, where as many have accepted as ``line`` says."""
    from solerni_xblocks.terms import api
    from solerni_xblocks.terms.data import Version, VersionDraft

    if rows.use_database(line):
        accept_terms(range(1, 1_001))
        multiply_proofs(material.ACCEPTANCES[line] // 1_000)
    numbers = count(2)

    def write() -> VersionDraft:
        number = next(numbers)
        return make_draft(f"{number}.0", note=f"\n\nVersion {number}.\n")

    def publish(draft: VersionDraft) -> Version:
        return api.publish_version("terms", draft)

    return Subject(run=publish, prepare=write, count=rows.count_queries)


def make_verification() -> Subject:
    """The walk over the members' proofs; its queries are those of as many batches."""
    from solerni_xblocks.terms import api
    from solerni_xblocks.terms.data import Verification

    rows.use_database("bench")

    def verify(_: None) -> Verification:
        return api.verify_proofs()

    def check(seen: Verification) -> None:
        if seen.finding is not None or seen.proofs != material.MEMBERS:
            raise AssertionError("the walk did not see every proof")

    return Subject(run=verify, check=check, pieces=material.MEMBERS, warm_up=1)


def make_draft(label: str, *, note: str = "") -> Any:
    """One text of the size agreed, its clauses under ids as our own documents have them."""
    from solerni_xblocks.terms import api
    from solerni_xblocks.terms.data import VersionDraft

    long_text = texts.make_long_text(material.TERMS_BYTES)  # cut at that size: its last heading may lack the number
    articles = re.sub(r"^## (Article ?(\d*))$", r"## \1 {#articles.a\2}", long_text, flags=re.M)
    text = api.make_text(f"# Conditions\n\n{articles}{note}")
    return VersionDraft(label=label, contact="contact@example.org", texts={"fr": text})


def multiply_proofs(times: int) -> None:
    """As many acceptances more by other members: copies under keys of their own, which no hash fits.

    For lines that only ask how many there are.
    """
    from django.db import connection

    from solerni_xblocks.terms.models import Proof

    own = {
        "uuid": "lower(hex(randomblob(16)))",
        "subject": "lower(hex(randomblob(32)))",
        "seq": "seq + 1000000 * turns.turn",
    }
    columns = [field.column for field in Proof._meta.concrete_fields if not field.primary_key]
    given = ", ".join(own.get(column, f"{Proof._meta.db_table}.{column}") for column in columns)
    table = Proof._meta.db_table
    turns = "WITH RECURSIVE turns (turn) AS (SELECT 1 UNION ALL SELECT turn + 1 FROM turns WHERE turn < %s)"
    chosen = f"SELECT {given} FROM {table}, turns WHERE act = 'accept' AND turns.turn < %s"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(f"{turns} INSERT INTO {table} ({', '.join(columns)}) {chosen}", [times, times])
    if Proof.objects.filter(act="accept").count() != 1_000 * times:
        raise AssertionError("not as many acceptances as agreed")


def accept_terms(member_ids: Iterable[int]) -> None:
    """One document, in force, and a proof of acceptance for each of ``member_ids``."""
    from solerni_xblocks.terms import api
    from solerni_xblocks.terms.data import Act, Channel, ProofEntry
    from solerni_xblocks.terms.flows.append_proofs import append_proofs

    api.save_document("terms")
    version = api.publish_version("terms", make_draft("1.0"))
    digest = api.get_page("terms").text.digest
    entries = (
        ProofEntry(
            act=Act.ACCEPT,
            member_id=number,
            version_uuid=version.uuid,
            version_digest=version.digest,
            document="terms",
            label=version.label,
            language="fr",
            text_digest=digest,
            screen_digest=digest,
            channel=Channel.PAGE,
        )
        for number in member_ids
    )
    while batch := list(islice(entries, 500)):
        append_proofs(batch)


if __name__ == "__main__":
    main()
