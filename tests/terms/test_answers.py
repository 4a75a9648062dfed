"""Accepting and declining: one proof for each, on the version in force, and nothing taken on trust."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.db import IntegrityError
from freezegun import freeze_time
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.hooks import duties
from solerni_xblocks.hooks.events.terms import TERMS_ACCEPTED
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import Act
from solerni_xblocks.terms.errors import (
    AlreadyAccepted,
    AnswersExhausted,
    LanguageNotCarried,
    NothingAsked,
    TermsOutdated,
    TermsRequired,
    WithdrawalRefused,
)
from tests.terms.conftest import list_answers, make_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted_signal():
    receiver = Mock()
    TERMS_ACCEPTED.connect(receiver)
    yield receiver
    TERMS_ACCEPTED.disconnect(receiver)


def test_a_proof_holds_what_was_shown_and_nothing_that_names(publish, learner) -> None:
    version = publish()
    with freeze_time("2030-05-06 07:08:09"):
        receipt = api.accept_version(make_answer(learner.id, version, language="en"))
    proof = list_answers().get()
    assert (proof.uuid, proof.act, proof.label, proof.language) == (receipt.uuid, "accept", "1.0", "en")
    assert proof.decided_at == datetime(2030, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert proof.text_digest == models.Text.objects.get(language="en").digest
    assert (proof.channel, proof.actor, len(proof.subject)) == ("page", "self", 64)
    person = models.ProofPerson.objects.get()
    assert (person.member_id, person.ip, person.agent) == (learner.id, "203.0.113.0", "Firefox")


def test_a_second_click_changes_nothing(publish, learner, django_capture_on_commit_callbacks, accepted_signal) -> None:
    version = publish()
    with django_capture_on_commit_callbacks(execute=True):
        first = api.accept_version(make_answer(learner.id, version))
        second = api.accept_version(make_answer(learner.id, version, language="en"))
    assert first == second
    assert list_answers().count() == 1
    assert accepted_signal.call_count == 1
    told = accepted_signal.call_args.kwargs["acceptance"]
    assert (told.proof_uuid, told.member_id, told.document) == (first.uuid, learner.id, "terms")


def test_the_database_refuses_a_second_proof_of_the_same_answer(publish, learner) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    proof = list_answers().get()
    proof.pk, proof.uuid, proof._state.adding = None, uuid4(), True
    with pytest.raises(IntegrityError):
        proof.save()


def test_declining_is_kept_and_can_be_followed_by_accepting(publish, learner) -> None:
    version = publish()
    declined = api.decline_version(make_answer(learner.id, version))
    assert declined == api.decline_version(make_answer(learner.id, version))
    assert api.get_standing(learner.id, "terms").declined == declined
    assert api.get_standing(learner.id, "terms").is_due
    api.accept_version(make_answer(learner.id, version))
    assert not api.get_standing(learner.id, "terms").is_due
    assert list(list_answers().order_by("id").values_list("act", flat=True)) == [Act.DECLINE, Act.ACCEPT]


def test_an_acceptance_is_not_undone_by_declining(publish, learner) -> None:
    version = publish()
    api.accept_version(make_answer(learner.id, version))
    with pytest.raises(AlreadyAccepted):
        api.decline_version(make_answer(learner.id, version))
    assert list_answers().count() == 1


def test_a_major_version_announced_for_later_can_be_accepted_before_its_date(publish, learner, course_key) -> None:
    day = datetime(2030, 1, 1, tzinfo=UTC)
    with freeze_time(day - timedelta(days=30)):
        publish("1.0")
        later = publish("2.0", note=" new", effective_at=day)
        receipt = api.accept_version(make_answer(learner.id, later))
        assert api.accept_version(make_answer(learner.id, later)) == receipt
        assert api.get_standing(learner.id, "terms").is_due  # the one in force is another
    with freeze_time(day):
        api.require_acceptance(learner.id, course_key)
        assert api.get_standing(learner.id, "terms").accepted == receipt


def test_an_optional_document_is_withdrawn_and_accepted_again(publish, learner, course_key) -> None:
    version = publish(is_required=False)
    api.require_acceptance(learner.id, course_key)
    first = api.accept_version(make_answer(learner.id, version))
    withdrawn = api.withdraw_acceptance(make_answer(learner.id, version))
    assert api.get_standing(learner.id, "terms").declined == withdrawn
    again = api.accept_version(make_answer(learner.id, version))
    assert (first.uuid != again.uuid, list_answers().count()) == (True, 3)


def test_a_required_document_is_not_withdrawn(publish, learner) -> None:
    version = publish()
    api.accept_version(make_answer(learner.id, version))
    with pytest.raises(WithdrawalRefused):
        api.withdraw_acceptance(make_answer(learner.id, version))


def test_an_acceptance_runs_out_where_the_document_asks_again(publish, learner, course_key) -> None:
    with freeze_time("2030-01-01T00:00:00Z") as clock:
        api.accept_version(make_answer(learner.id, publish(renewal_days=30)))
        clock.tick(timedelta(days=30, seconds=-1))
        api.require_acceptance(learner.id, course_key)
        clock.tick(timedelta(seconds=61))
        with pytest.raises(TermsRequired):
            api.require_acceptance(learner.id, course_key)


def test_a_course_wide_document_is_asked_in_its_course_alone(publish, learner, course_key) -> None:
    version = publish(slug="charter", audience="course", course_key=str(course_key), is_course_wide=True)
    api.require_acceptance(learner.id, None)
    api.require_acceptance(learner.id, CourseKey.from_string("course-v1:X+Y+Z"))
    with pytest.raises(TermsRequired):
        api.require_acceptance(learner.id, course_key)
    api.accept_version(make_answer(learner.id, version, document="charter"))
    api.require_acceptance(learner.id, course_key)


@pytest.mark.parametrize("answer", [api.accept_version, api.decline_version])
def test_only_the_version_in_force_can_be_answered(publish, learner, answer) -> None:
    old = publish("1.0")
    publish("2.0", note=" new")
    minor = publish("2.1", note=" typo", effective_at=datetime(2099, 1, 1, tzinfo=UTC), requires_acceptance=False)
    for shown in (old, minor, uuid4()):
        with pytest.raises(TermsOutdated) as refusal:
            answer(make_answer(learner.id, shown))
        assert (refusal.value.status, refusal.value.code) == (409, "terms_outdated")
    assert not list_answers().exists()


def test_the_version_of_another_document_is_not_an_answer_to_this_one(publish, learner) -> None:
    other = publish(slug="privacy")
    publish()
    with pytest.raises(TermsOutdated):
        api.accept_version(make_answer(learner.id, other))


def test_the_document_of_another_course_cannot_be_answered_here(publish, learner, course_key) -> None:
    version = publish(slug="charter", audience="course", course_key=str(course_key))
    with pytest.raises(TermsOutdated):
        api.accept_version(make_answer(learner.id, version, document="charter", course_key="course-v1:X+Y+Z"))
    receipt = api.accept_version(make_answer(learner.id, version, document="charter"))
    assert list_answers().get(uuid=receipt.uuid).course_key == str(course_key)


def test_a_language_that_the_version_does_not_carry_is_refused(publish, learner) -> None:
    with pytest.raises(LanguageNotCarried):
        api.accept_version(make_answer(learner.id, publish(), language="de"))


def test_a_document_that_asks_nothing_takes_no_answer(publish, learner) -> None:
    version = publish(requires_acceptance=False)
    with pytest.raises(NothingAsked):
        api.accept_version(make_answer(learner.id, version))


def test_who_accepted_before_a_minor_version_keeps_their_receipt(publish, learner) -> None:
    receipt = api.accept_version(make_answer(learner.id, publish("1.0")))
    minor = publish("1.1", note=" typo", requires_acceptance=False)
    assert api.get_standing(learner.id, "terms").accepted == receipt
    assert api.accept_version(make_answer(learner.id, minor)) == receipt
    assert list_answers().count() == 1


def test_forgetting_erases_the_person_and_keeps_the_proof(publish, learner, other_learner) -> None:
    version = publish()
    for member in (learner, other_learner):
        api.accept_version(make_answer(member.id, version))
    (result,) = duties.discharge(duties.FORGET, learner.id, performers=["solerni_terms"])
    assert result.error == ""
    assert {table for table, count in result.value.items() if count} == {"solerni_terms_proofperson"}
    assert list_answers().count() == 2
    assert models.ProofPerson.objects.get().member_id == other_learner.id
    (again,) = duties.discharge(duties.FORGET, learner.id, performers=["solerni_terms"])
    assert not any(again.value.values())


def test_an_export_holds_every_answer_of_the_member_alone(publish, learner, other_learner) -> None:
    version = publish()
    receipt = api.accept_version(make_answer(learner.id, version))
    api.accept_version(make_answer(other_learner.id, version))
    (result,) = duties.discharge(duties.EXPORT, learner.id, performers=["solerni_terms"])
    (answer,) = result.value["answers"]
    assert (answer["receipt"], answer["act"], answer["network"]) == (str(receipt.uuid), "accept", "203.0.113.0")
    api.forget_member(learner.id)
    assert api.export_member(learner.id)["answers"][0]["network"] == ""


@pytest.mark.parametrize("count", [1, 30])
def test_an_export_costs_the_same_whatever_it_holds(publish, learner, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        api.accept_version(make_answer(learner.id, publish(f"{number}", note=str(number))))
    with django_assert_num_queries(6):  # one for each table
        assert len(api.export_member(learner.id)["answers"]) == count


def test_an_answer_that_is_changed_without_end_is_refused_and_nothing_is_lost(publish, learner) -> None:
    with freeze_time("2026-06-01 12:00:00") as frozen:
        answer = make_answer(learner.id, publish(is_required=False))
        for _turn in range(10):
            api.accept_version(answer)
            api.withdraw_acceptance(answer)
        with pytest.raises(AnswersExhausted) as refusal:
            api.accept_version(answer)
        assert refusal.value.status == 429
        assert list_answers().count() == 20
        assert api.get_standing(learner.id, "terms").declined.act == "withdraw"
        frozen.tick(timedelta(days=1))
        assert api.accept_version(answer).act == "accept"


def test_stopping_without_end_is_refused(publish, learner) -> None:
    publish("1.0")
    answer = make_answer(learner.id, publish("2.0", note=" new"))
    for _turn in range(10):
        api.stop_service(answer)
    with pytest.raises(AnswersExhausted):
        api.stop_service(answer)
    assert list_answers().filter(act="stop").count() == 10
