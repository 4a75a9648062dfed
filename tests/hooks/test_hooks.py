"""The three ways in which domains meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.errors import Refused
from solerni_xblocks.hooks import duties, gates
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.members import MEMBER_FORGOTTEN, MemberData

FORGOTTEN = MemberData(member_id=7, at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """Members that a receiver heard of."""
    members: list[int] = []

    def receive(signal: object, sender: object, member: MemberData, **kwargs: object) -> None:
        members.append(member.member_id)

    MEMBER_FORGOTTEN.connect(receive)
    yield members
    MEMBER_FORGOTTEN.disconnect(receive)


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_announced_after_the_commit(heard: list[int]) -> None:
    with transaction.atomic():
        announce(MEMBER_FORGOTTEN, member=FORGOTTEN)
        assert heard == []
    assert heard == [7]


@pytest.mark.django_db(transaction=True)
def test_a_fact_rolled_back_is_never_announced(heard: list[int]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        announce(MEMBER_FORGOTTEN, member=FORGOTTEN)
        raise RuntimeError
    assert heard == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("debug", [True, False])
def test_a_failing_receiver_stops_neither_the_request_nor_the_log(settings, caplog, debug: bool) -> None:
    settings.DEBUG = debug

    def fail(**kwargs: object) -> None:
        raise ValueError("broken receiver")

    MEMBER_FORGOTTEN.connect(fail)
    try:
        with transaction.atomic():
            announce(MEMBER_FORGOTTEN, member=FORGOTTEN)
    finally:
        MEMBER_FORGOTTEN.disconnect(fail)
    assert "broken receiver" in caplog.text


@pytest.fixture
def empty_gates(monkeypatch) -> None:
    monkeypatch.setattr(gates, "_answerers", {question: [] for question in gates.QUESTIONS})


def test_a_gate_without_answerer_is_open_and_listed(empty_gates: None, course_key: CourseKey) -> None:
    gates.require(gates.POST, 1, course_key)
    assert gates.list_unanswered() == list(gates.QUESTIONS)


def test_a_gate_is_shut_by_any_answerer_and_each_is_asked_once(empty_gates: None, course_key: CourseKey) -> None:
    asked: list[int] = []

    def shut(member_id: int, course: CourseKey) -> None:
        asked.append(member_id)
        raise Refused("no", code="test.shut")

    gates.answer(gates.POST, shut)
    gates.answer(gates.POST, shut)
    with pytest.raises(Refused):
        gates.require(gates.POST, 1, course_key)
    assert asked == [1]


def test_whether_the_account_is_open_is_asked_before_consent(empty_gates: None, course_key: CourseKey) -> None:
    asked: list[str] = []
    gates.answer(gates.POST, lambda member_id, course: asked.append("terms"))
    gates.answer(gates.POST, lambda member_id, course: asked.append("account"), order=gates.ACCOUNT)
    gates.require(gates.POST, 1, course_key)
    assert asked == ["account", "terms"]


def test_one_answerer_keeps_its_own_place_in_each_gate(empty_gates: None, course_key: CourseKey) -> None:
    asked: list[str] = []

    def account(member_id: int, course: CourseKey) -> None:
        asked.append("account")

    gates.answer(gates.POST, account, order=gates.ACCOUNT)
    gates.answer(gates.TAKE_PART, account, order=gates.CONSENT + 1)
    for question in gates.QUESTIONS:
        gates.answer(question, lambda member_id, course: asked.append("terms"))
    gates.require(gates.POST, 1, course_key)
    gates.require(gates.TAKE_PART, 1, course_key)
    assert asked == ["account", "terms", "terms", "account"]


def test_an_unknown_question_is_a_mistake(empty_gates: None) -> None:
    with pytest.raises(KeyError):
        gates.answer("typo", lambda member_id, course_key: None)


@pytest.mark.django_db
def test_a_duty_that_fails_hides_no_other(monkeypatch) -> None:
    monkeypatch.setattr(duties, "_performers", {duties.EXPORT: {}, duties.FORGET: {}})

    def fail(member_id: int) -> dict[str, int]:
        raise OSError

    duties.owe(duties.FORGET, "b", lambda member_id: {"rows": member_id})
    duties.owe(duties.FORGET, "a", fail)
    results = duties.discharge(duties.FORGET, 5)
    assert [(result.performer, result.value, result.error) for result in results] == [
        ("a", {}, "OSError"),
        ("b", {"rows": 5}, ""),
    ]
    (again,) = duties.discharge(duties.FORGET, 5, performers={"a"})
    assert again.performer == "a"
