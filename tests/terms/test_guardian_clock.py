"""A minor who names nobody: time runs from the moment the site waits for a guardian, and ends the account."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from freezegun import freeze_time

from solerni_xblocks.members import api as members
from solerni_xblocks.members.data import Reason
from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.flows import start_clock
from tests.terms.conftest import make_answer
from tests.terms.test_guardian import answer, find_link

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
PAUL = "paul@example.org"


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with freeze_time(NOW) as clock:
        yield clock


@pytest.fixture(autouse=True)
def committing(db: None, monkeypatch: Any) -> None:
    """What is to happen after the commit happens at once: each test is one long transaction."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())


def state_minor(user: Any, *, joined_at: datetime = NOW) -> Any:
    user.date_joined = joined_at
    user.save()
    api.state_birth(user.id, born_on=date(2012, 5, 1), country="FR")
    return user


def find_clock(user: Any) -> models.GuardianRequest | None:
    return models.GuardianRequest.objects.filter(member_id=user.id, state="unnamed").first()


def test_the_clock_starts_with_the_birth_date_and_ends_the_account_after_a_warning(publish, learner, frozen) -> None:
    publish()
    state_minor(learner)
    clock = find_clock(learner)
    assert clock is not None
    assert (clock.asked_at, clock.expires_at, clock.email) == (NOW, NOW + 14 * DAY, "")
    frozen.move_to(NOW + 11 * DAY - SECOND)
    assert api.settle_guardians()["warned"] == 0
    frozen.move_to(NOW + 11 * DAY)
    assert [api.settle_guardians()["warned"] for _ in range(2)] == [1, 0]
    assert [message.to for message in mail.outbox] == [["lea@example.org"]]
    assert "/solerni/terms/guardian/" in mail.outbox[0].body
    frozen.move_to(NOW + 14 * DAY - SECOND)
    assert api.settle_guardians()["ended"] == 0
    frozen.move_to(NOW + 14 * DAY)
    assert api.settle_guardians()["ended"] == 1
    assert not models.Birth.objects.exists()
    assert not models.GuardianRequest.objects.exists()
    assert members.get_account(learner.id).state == "sealed"
    assert set(api.settle_guardians().values()) == {0}, "nothing more, however often it runs"


def test_a_command_that_was_late_warns_first(publish, learner, frozen) -> None:
    publish()
    state_minor(learner)
    frozen.move_to(NOW + 40 * DAY)
    done = api.settle_guardians()
    assert (done["warned"], done["ended"]) == (1, 0)
    frozen.tick(3 * DAY - SECOND)
    assert api.settle_guardians()["ended"] == 0
    frozen.tick(SECOND)
    assert api.settle_guardians()["ended"] == 1


def test_naming_a_guardian_stops_the_clock_and_counts_as_one_mail(publish, learner, settings) -> None:
    settings.SOLERNI_TERMS_GUARDIAN_MAILS_PER_DAY = 1
    version = publish()
    state_minor(learner)
    api.accept_version(make_answer(learner.id, version))
    api.ask_guardian(learner.id, email=PAUL, language="fr")
    assert find_clock(learner) is None
    assert models.GuardianRequest.objects.get().state == "sent"
    assert api.settle_guardians()["started"] == 0


def test_adults_and_sites_without_documents_start_no_clock(publish, learner, other_learner) -> None:
    state_minor(learner)
    assert find_clock(learner) is None
    publish()
    api.state_birth(other_learner.id, born_on=date(1990, 1, 1), country="FR")
    assert find_clock(other_learner) is None


@pytest.mark.parametrize("late", ["publication", "correction"])
def test_who_becomes_pending_later_gets_a_clock_from_the_command(publish, learner, frozen, late: str) -> None:
    if late == "publication":
        state_minor(learner)
        publish()
    else:
        publish()
        api.state_birth(learner.id, born_on=date(1990, 1, 1), country="FR")
        api.correct_birth(learner.id, born_on=date(2012, 5, 1), country="FR")
    frozen.tick(DAY)
    assert [api.settle_guardians()["started"] for _ in range(2)] == [1, 0]
    assert find_clock(learner).expires_at == NOW + 15 * DAY


def test_of_age_in_time_ends_nothing(publish, learner, frozen) -> None:
    publish()
    learner.date_joined = NOW
    learner.save()
    api.state_birth(learner.id, born_on=date(2008, 6, 10), country="FR")
    frozen.move_to(NOW + 12 * DAY)
    assert api.settle_guardians()["warned"] == 0
    frozen.move_to(NOW + 14 * DAY)
    api.settle_guardians()
    assert mail.outbox == []
    assert models.Birth.objects.exists()
    assert models.GuardianRequest.objects.get().state == "replaced"
    assert members.get_account(learner.id).state == "active"


def test_a_guardian_who_agreed_before_leaves_no_clock_for_a_new_version(publish, learner, frozen) -> None:
    version = publish()
    state_minor(learner)
    api.accept_version(make_answer(learner.id, version))
    api.ask_guardian(learner.id, email=PAUL, language="fr")
    api.confirm_as_guardian(answer(find_link()[1], version))
    frozen.tick(DAY)
    publish("2.0", note=" new")
    assert api.settle_guardians()["started"] == 0, "a child on holiday loses nothing"


def test_an_account_opened_again_after_its_time_gets_a_new_clock_and_a_closed_one_none(
    publish, learner, frozen
) -> None:
    version = publish()
    api.accept_version(make_answer(learner.id, version))
    state_minor(learner, joined_at=NOW - 90 * DAY)
    frozen.move_to(NOW + 11 * DAY)
    api.settle_guardians()
    frozen.move_to(NOW + 14 * DAY)
    assert api.settle_guardians()["ended"] == 1
    assert members.get_account(learner.id).state == "closing"
    assert api.settle_guardians()["started"] == 0
    members.withdraw_closing(learner.id, actor_id=learner.id)
    frozen.tick(DAY)
    assert [api.settle_guardians()["resumed"] for _ in range(2)] == [1, 0]
    assert find_clock(learner).expires_at == NOW + 29 * DAY
    models.GuardianRequest.objects.filter(state="unnamed").delete()
    members.close_account(learner.id, reason=Reason.TERMS_STOP, actor_id=learner.id)
    assert api.settle_guardians()["started"] == 0


def test_the_page_of_the_guardian_says_until_when(publish, learner, client) -> None:
    publish()
    state_minor(learner)
    client.force_login(learner)
    html = client.get("/solerni/terms/guardian/").content.decode()
    assert "data-solerni-terms-waiting" in html
    assert "15 juin 2026" in html


def test_killed_between_two_members_it_goes_on_where_it_was(publish, learner, other_learner, monkeypatch) -> None:
    for member in (learner, other_learner):
        state_minor(member)
    publish()
    real, calls = start_clock.start_clock, []

    def die_second(member_id: int) -> bool:
        calls.append(member_id)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(member_id)

    monkeypatch.setattr(start_clock, "start_clock", die_second)
    with pytest.raises(KeyboardInterrupt):
        call_command("solerni_terms_settle")
    monkeypatch.setattr(start_clock, "start_clock", real)
    call_command("solerni_terms_settle")
    assert models.GuardianRequest.objects.filter(state="unnamed").count() == 2
