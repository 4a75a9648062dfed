"""Everybody answers at once: nobody is lost, nobody stands twice, the chain holds, and no one lock takes them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections, transaction

from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.errors import AlreadyAccepted, TermsOutdated
from solerni_xblocks.terms.flows.append_proofs import hold_chains
from solerni_xblocks.terms.rules import chain
from tests.terms.conftest import list_answers, make_answer

pytestmark = pytest.mark.django_db(transaction=True)

MEMBERS = range(1, 51)


def run_together(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Each task in a thread and a connection of its own, all let go at the same moment."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_fifty_at_once_leave_fifty_proofs_on_a_whole_chain(publish) -> None:
    version = publish()
    receipts = run_together(
        [lambda number=number: api.accept_version(make_answer(number, version)) for number in MEMBERS]
    )
    assert len({receipt.uuid for receipt in receipts}) == len(MEMBERS)
    assert list_answers().count() == models.ProofPerson.objects.count() == len(MEMBERS)
    seen = api.verify_proofs()
    assert (seen.finding, seen.proofs) == (None, len(MEMBERS) + 1)


def test_answers_spread_over_partitions_and_hold_one_each(publish) -> None:
    version = publish()
    for number in MEMBERS:
        api.accept_version(make_answer(number, version))
    lengths = Counter(list_answers().values_list("partition", flat=True))
    assert len(lengths) > chain.PARTITIONS / 2
    assert max(lengths.values()) < len(MEMBERS) / 4
    assert chain.SERVICE not in lengths
    with transaction.atomic():
        assert all(len(hold_chains([number])) == 1 for number in MEMBERS)


def test_a_double_click_from_two_threads_is_one_proof(publish) -> None:
    version = publish()
    for number in (1, 2, 3, 4, 5):
        first, second = run_together([lambda number=number: api.accept_version(make_answer(number, version))] * 2)
        assert first == second
    assert list_answers().count() == 5


def test_accepting_and_declining_at_once_leaves_an_order_that_the_chain_tells(publish) -> None:
    """Whichever came first: an acceptance is never undone by declining."""
    version = publish()

    def decline() -> str:
        try:
            return api.decline_version(make_answer(1, version)).act
        except AlreadyAccepted as refusal:
            return refusal.code

    run_together([lambda: api.accept_version(make_answer(1, version)), decline])
    assert api.get_standing(1, "terms").accepted
    assert api.verify_proofs().finding is None


def test_a_publication_and_fifty_answers_at_once_leave_a_whole_chain(publish) -> None:
    """Some find the new text and are told so; what was written is whole."""
    version = publish()

    def accept(number: int) -> str:
        try:
            return api.accept_version(make_answer(number, version)).act
        except TermsOutdated as refusal:
            return refusal.code

    tasks: list[Callable[[], Any]] = [lambda number=number: accept(number) for number in MEMBERS]
    answers = run_together([*tasks, lambda: publish("2.0", note=" More.") and "published"])
    accepted = answers.count("accept")
    assert accepted + answers.count("terms_outdated") == len(MEMBERS)
    assert list_answers().count() == accepted
    assert api.verify_proofs().finding is None
