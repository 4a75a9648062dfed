"""The gate: warm it asks nobody, cold it asks once, and it never opens by mistake."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.hooks import gates
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import Guard
from solerni_xblocks.terms.errors import TermsRequired, TermsShut
from solerni_xblocks.terms.queries import gate
from tests.terms.conftest import make_answer

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def is_open(course_key) -> Callable[[Any], bool]:
    def is_open(member: Any) -> bool:
        try:
            gates.require(gates.TAKE_PART, member.id, course_key)
        except TermsRequired:
            return False
        return True

    return is_open


def test_without_documents_the_gate_is_open(learner, is_open) -> None:
    assert is_open(learner)


@pytest.mark.parametrize("question", [gates.TAKE_PART, gates.POST])
def test_who_owes_an_acceptance_is_sent_to_the_document(publish, learner, course_key, question: str) -> None:
    publish()
    with pytest.raises(Refused) as refusal:
        gates.require(question, learner.id, course_key)
    assert (refusal.value.code, refusal.value.status) == ("terms_required", 403)
    assert refusal.value.where_to_go.startswith("/solerni/terms/terms/?next=%2Fcourses%2F")
    assert refusal.value.details == {"terms_url": refusal.value.where_to_go}


def test_an_acceptance_opens_at_once_for_its_member_alone(publish, learner, other_learner, is_open) -> None:
    version = publish()
    assert not is_open(learner)
    api.accept_version(make_answer(learner.id, version))
    assert is_open(learner)
    assert not is_open(other_learner)


def test_a_decline_opens_nothing(publish, learner, is_open) -> None:
    api.decline_version(make_answer(learner.id, publish()))
    assert not is_open(learner)


def test_documents_are_asked_in_their_order(publish, learner, course_key) -> None:
    publish(slug="b", order=2)
    publish(slug="a", order=3)
    with pytest.raises(TermsRequired, match="terms_required") as refusal:
        api.require_acceptance(learner.id, course_key)
    assert refusal.value.where_to_go.startswith("/solerni/terms/b/")


def test_a_course_document_and_one_that_only_informs_close_no_gate(publish, learner, is_open, course_key) -> None:
    publish(slug="charter", audience="course", course_key=str(course_key))
    publish(slug="privacy", requires_acceptance=False)
    assert is_open(learner)


def test_warm_the_gate_asks_no_query(publish, learner, course_key, django_assert_num_queries) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    api.require_acceptance(learner.id, course_key)
    with django_assert_num_queries(0):
        for _ in range(100):
            api.require_acceptance(learner.id, course_key)


@pytest.mark.parametrize("versions", [1, 25])
def test_cold_the_gate_asks_one_query_and_loads_no_text(
    publish, learner, other_learner, course_key, versions: int
) -> None:
    for number in range(versions):
        version = publish(f"1.{number}", note=str(number))
        api.accept_version(make_answer(learner.id, version))
    with pytest.raises(TermsRequired):
        api.require_acceptance(other_learner.id, course_key)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        api.require_acceptance(learner.id, course_key)
    (query,) = queries.captured_queries
    assert "solerni_terms_proof" in query["sql"]
    assert "html" not in query["sql"]


def test_a_process_that_starts_reads_no_text(publish, learner, course_key) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    api.forget_answers()
    with CaptureQueriesContext(connection) as queries:
        api.require_acceptance(learner.id, course_key)
    assert len(queries) == 3
    assert not [query for query in queries.captured_queries if "html" in query["sql"] or "source" in query["sql"]]


@pytest.mark.parametrize(("shift", "expected"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_a_scheduled_version_bites_at_its_instant(publish, learner, is_open, shift: timedelta, expected: bool) -> None:
    with freeze_time(NOON - timedelta(seconds=3)):
        api.accept_version(make_answer(learner.id, publish("1.0")))
        publish("2.0", note=" new", effective_at=NOON)
        assert is_open(learner)
    with freeze_time(NOON + shift):
        assert is_open(learner) is expected


def test_a_publication_of_another_process_is_seen_within_five_seconds(publish, learner, is_open) -> None:
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, publish("1.0")))
        assert is_open(learner)
        clock.tick(SECOND)
        publish("2.0", note=" new")
        clock.tick(5 * SECOND)
        assert not is_open(learner)


def test_the_clock_may_be_moved_back(publish, learner, is_open) -> None:
    with freeze_time(NOON - SECOND):
        api.accept_version(make_answer(learner.id, publish("1.0")))
        publish("2.0", note=" new", effective_at=NOON)
    with freeze_time(NOON):
        assert not is_open(learner)
    with freeze_time(NOON - SECOND):
        assert is_open(learner)


def test_a_minor_version_asks_nobody(publish, learner, is_open) -> None:
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, publish("1.0")))
        publish("1.1", note=" typo", requires_acceptance=False)
        clock.tick(10 * SECOND)
        assert is_open(learner)


def test_a_publication_between_snapshot_and_answer_leaves_no_pass(publish, learner, is_open) -> None:
    """The epoch is read before the proofs: what is published in between makes the answer worthless."""
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, publish("1.0")))
        ask = gate.proofs.get_record

        def ask_while_somebody_publishes(member_id: int) -> Any:
            accepted = ask(member_id)
            publish("2.0", note=" new")
            return accepted

        with patch.object(gate.proofs, "get_record", ask_while_somebody_publishes):
            assert is_open(learner)  # the answer that was true when it was asked
        clock.tick(5 * SECOND)
        assert not is_open(learner)


def test_a_publication_between_epoch_and_requirements_is_read_again(publish, learner, is_open) -> None:
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, publish("1.0")))
        read = gate.timelines.list_requirements

        def read_before_somebody_publishes(now: datetime) -> Any:
            old = read(now)
            publish("2.0", note=" new")
            return old

        with patch.object(gate.timelines, "list_requirements", read_before_somebody_publishes):
            assert is_open(learner)
        clock.tick(5 * SECOND)
        assert not is_open(learner)


def test_a_pass_is_checked_again_after_five_seconds(publish, learner, course_key, django_assert_num_queries) -> None:
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, publish()))
        api.require_acceptance(learner.id, course_key)
        clock.tick(4 * SECOND)
        with django_assert_num_queries(0):
            api.require_acceptance(learner.id, course_key)
        clock.tick(SECOND)
        with django_assert_num_queries(2):  # the epoch and the proof
            api.require_acceptance(learner.id, course_key)


@pytest.mark.parametrize("act", ["birth", "correction", "withdrawal"])
def test_what_takes_a_pass_away_elsewhere_is_seen_within_five_seconds(publish, learner, course_key, act: str) -> None:
    version = publish(is_required=act != "withdrawal")

    def ask() -> None:
        api.require_document(learner.id, Guard(document="terms"), course_key, back="/")

    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, version))
        ask()
        elsewhere = gate._Memory.passes
        if act == "withdrawal":
            api.withdraw_acceptance(make_answer(learner.id, version))
        else:
            state = api.state_birth if act == "birth" else api.correct_birth
            state(learner.id, born_on=date(2020, 1, 1), country="FR")
        gate._Memory.passes = elsewhere  # as another process still remembers
        clock.tick(5 * SECOND)
        with pytest.raises(Refused):
            ask()


def test_a_slow_look_does_not_hide_a_publication(publish, learner, is_open) -> None:
    """A thread that read the epoch before the publication writes down what it saw after another has seen the new."""
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, publish("1.0")))
        assert is_open(learner)
        old = gate._Memory.snapshot
        publish("2.0", note=" new")
        clock.tick(5 * SECOND)
        assert not is_open(learner)
        gate._Memory.snapshot = old  # the slow thread is done: as good as its look was old
        assert not is_open(learner)


def test_the_memory_of_passes_is_bounded(publish, learner, course_key, monkeypatch) -> None:
    monkeypatch.setattr(gate, "MAX_PASSES", 3)
    version = publish()
    for member_id in range(100, 110):
        api.accept_version(make_answer(member_id, version))
        api.require_acceptance(member_id, course_key)
        assert len(gate._Memory.passes) <= 3


@pytest.mark.parametrize("part", ["get_record", "list_requirements", "epoch"])
def test_when_the_database_fails_the_gate_stays_shut(publish, learner, course_key, part: str) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    target = {
        "get_record": (gate.proofs, "get_record"),
        "list_requirements": (gate.timelines, "list_requirements"),
        "epoch": (gate.models.Chain.objects, "filter"),
    }[part]
    with patch.object(*target, side_effect=OperationalError), pytest.raises(Unavailable) as refusal:
        api.require_acceptance(learner.id, course_key)
    assert refusal.value.status == 503
    api.require_acceptance(learner.id, course_key)


def test_a_stale_snapshot_does_not_open_when_the_epoch_cannot_be_read(publish, learner, course_key) -> None:
    with freeze_time(NOON) as clock:
        api.accept_version(make_answer(learner.id, publish()))
        api.require_acceptance(learner.id, course_key)
        clock.tick(6 * SECOND)
        with (
            patch.object(gate.models.Chain.objects, "filter", side_effect=OperationalError),
            pytest.raises(Unavailable),
        ):
            api.require_acceptance(learner.id, course_key)


def test_a_document_is_required_on_its_own(publish, learner, course_key, django_assert_num_queries) -> None:
    version = publish(slug="charter", audience="course", course_key=str(course_key))
    with pytest.raises(TermsRequired) as refusal:
        api.require_document(learner.id, Guard(document="charter"), course_key, back="/here")
    assert refusal.value.where_to_go == "/solerni/terms/charter/?next=%2Fhere"
    api.accept_version(make_answer(learner.id, version, document="charter"))
    api.require_document(learner.id, Guard(document="charter"), course_key, back="/here")
    with django_assert_num_queries(0):
        api.require_document(learner.id, Guard(document="charter"), course_key, back="/here")


@pytest.mark.parametrize("slug", ["missing", "elsewhere", "scheduled"])
def test_a_document_that_the_course_does_not_have_keeps_shut(publish, learner, course_key, slug: str) -> None:
    publish(slug="elsewhere", audience="course", course_key="course-v1:X+Y+Z")
    publish(slug="scheduled", effective_at=datetime(2099, 1, 1, tzinfo=UTC))
    with pytest.raises(TermsShut):
        api.require_document(learner.id, Guard(document=slug), course_key, back="/")


def test_forgetting_one_member_leaves_the_others_warm(
    publish, learner, other_learner, course_key, django_assert_num_queries
) -> None:
    version = publish()
    for member in (learner, other_learner):
        api.accept_version(make_answer(member.id, version))
        api.require_acceptance(member.id, course_key)
    api.forget_answers(learner.id)
    with django_assert_num_queries(0):
        api.require_acceptance(other_learner.id, course_key)
    with django_assert_num_queries(1):
        api.require_acceptance(learner.id, course_key)


def test_another_secret_is_another_pseudonym(publish, learner, is_open, settings) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    settings.SOLERNI_TERMS_PSEUDONYM_SECRET = str(uuid4())
    assert not is_open(learner)


def test_threads_share_the_memory_without_harm(publish, course_key) -> None:
    version = publish()
    for member_id in range(200, 220):
        api.accept_version(make_answer(member_id, version))
        api.require_acceptance(member_id, course_key)

    def hammer() -> None:
        for _ in range(200):
            for member_id in range(200, 220):
                api.require_acceptance(member_id, course_key)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(hammer) for _ in range(4)]:
            done.result()
