"""Notices of a change: to every member once, proved, whatever dies in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import Kind, TextDraft, VersionDraft
from solerni_xblocks.terms.flows import queue_notices
from tests.terms.conftest import FRENCH, make_answer

pytestmark = pytest.mark.django_db
INSTANT = datetime(2026, 12, 1, 12, tzinfo=UTC)
BEFORE, SECOND = INSTANT - timedelta(days=20), timedelta(seconds=1)


class Killed(BaseException):
    """The process died."""


class UnsteadyMail(EmailBackend):
    """Dies at the messages named in ``deaths``, before or after taking them; refuses those named in ``refusals``."""

    deaths: set[int] = set()
    late_deaths: set[int] = set()
    refusals: set[int] = set()
    count = 0

    def send_messages(self, messages: Any) -> int:
        cls = type(self)
        cls.count += 1
        if cls.count in cls.deaths:
            raise Killed
        if cls.count in cls.refusals:
            raise OSError("the mail server is away")
        sent: int = super().send_messages(messages)
        if cls.count in cls.late_deaths:
            raise Killed
        return sent


@pytest.fixture
def unsteady(settings: Any) -> Any:
    settings.EMAIL_BACKEND = "tests.terms.test_notices.UnsteadyMail"
    yield UnsteadyMail
    UnsteadyMail.deaths, UnsteadyMail.late_deaths, UnsteadyMail.refusals, UnsteadyMail.count = set(), set(), set(), 0


def make_members(count: int, prefix: str = "m") -> list[int]:
    names = [f"{prefix}{number}" for number in range(count)]
    users = get_user_model()
    users.objects.bulk_create(users(username=name, email=f"{name}@example.org") for name in names)
    return list(users.objects.filter(username__in=names).order_by("id").values_list("id", flat=True))


@pytest.fixture
def announced(publish, register) -> Any:
    """A document in force, and a version announced for twenty days later."""
    with freeze_time(BEFORE - timedelta(days=1)):
        first = publish("1.0")
    with freeze_time(BEFORE):
        return first, publish("2.0", note=" Neuf.", summary="Du neuf.", effective_at=INSTANT)


def list_told() -> list[str]:
    """Whom mails reached; a mail that came twice under one id is one mail, as mail systems have it."""
    return sorted({message.message()["Message-ID"]: message.to[0] for message in mail.outbox}.values())


def test_each_active_member_gets_one_mail_with_its_proof(announced) -> None:
    members = make_members(3)
    get_user_model().objects.filter(id=members[2]).update(is_active=False)
    with freeze_time(BEFORE + SECOND):
        assert (api.settle_notices().sent, api.settle_notices().sent) == (2, 0)
    assert list_told() == ["m0@example.org", "m1@example.org"]
    message = mail.outbox[0]
    assert "1 décembre 2026" in message.subject
    for part in (message.body, message.alternatives[0][0]):
        assert "https://learn.example.org/solerni/terms/change/terms/" in part
        assert "https://learn.example.org/solerni/terms/terms/2.0/" in part
        assert "Du neuf." in part
    proofs = models.Proof.objects.filter(act="notify", channel="mail")
    assert {row.reference for row in proofs} == {one.message()["Message-ID"] for one in mail.outbox}
    assert proofs.first().version_uuid == announced[1].uuid
    assert models.Notice.objects.filter(state="sent").exclude(message_id="").count() == 2


def test_who_accepted_ahead_or_joined_under_the_new_text_is_never_told(announced) -> None:
    _, answered, late = make_members(3)
    with freeze_time(BEFORE + SECOND):
        api.accept_version(make_answer(answered, announced[1]))
        api.accept_version(make_answer(late, announced[1]))
        api.settle_notices()
    assert list_told() == ["m0@example.org"]
    newcomer = make_members(1, "new")[0]
    with freeze_time(INSTANT + SECOND):
        api.accept_version(make_answer(newcomer, announced[1]))
        api.settle_notices()
    assert "new0@example.org" not in list_told()


STEPS = [
    (BEFORE, 1),
    (INSTANT - timedelta(days=7) - SECOND, 1),
    (INSTANT - timedelta(days=7), 2),
    (INSTANT - timedelta(days=7) + SECOND, 2),
    (INSTANT - SECOND, 2),
    (INSTANT, 3),
    (INSTANT + SECOND, 3),
    (INSTANT + timedelta(days=400), 3),
]


def test_reminders_leave_before_the_date_and_at_the_date(announced) -> None:
    make_members(1)
    for moment, total in STEPS:
        with freeze_time(moment):
            api.settle_notices()
        assert len(mail.outbox) == total, moment
    turns = models.Proof.objects.filter(act="notify").order_by("id").values_list("turn", flat=True)
    assert list(turns) == [0, 2, 4]


def test_reminders_stop_at_once_on_an_answer_even_when_queued(announced) -> None:
    (member,) = make_members(1)
    with freeze_time(BEFORE):
        queue_notices.queue_notices()
        api.accept_version(make_answer(member, announced[1]))
        api.settle_notices()
    with freeze_time(INSTANT):
        api.settle_notices()
    assert mail.outbox == []
    assert not models.Notice.objects.exists()


def test_a_cancelled_version_is_told_to_nobody_any_more(announced) -> None:
    make_members(1)
    with freeze_time(BEFORE):
        queue_notices.queue_notices()
        api.cancel_version("terms", "2.0")
        api.settle_notices()
    assert mail.outbox == []


def test_the_first_version_in_force_at_once_is_told_to_nobody(publish, register) -> None:
    make_members(2)
    publish("1.0")
    assert api.settle_notices().queued == 0
    publish("2.0", note=" x")
    assert api.settle_notices().sent == 2


@pytest.mark.parametrize("kind", list(Kind))
def test_prices_and_the_service_change_through_the_same_machine(publish, register, kind: Kind) -> None:
    make_members(1)
    with freeze_time(BEFORE):
        publish("1.0", slug="other", kind=kind, effective_at=INSTANT)
        assert api.settle_notices().sent == 1
    assert models.Proof.objects.filter(act="notify", document="other").count() == 1


def test_the_reader_is_told_in_their_language_with_the_text_of_that_language(announced, register) -> None:
    french, english = make_members(2)
    register.languages = {french: "fr", english: "en"}
    with freeze_time(BEFORE):
        api.settle_notices()
    assert {one.to[0]: one.subject.split()[0] for one in mail.outbox} == {
        "m0@example.org": "Conditions",
        "m1@example.org": "Terms",
    }
    languages = models.Proof.objects.filter(act="notify").order_by("language").values_list("language", flat=True)
    assert list(languages) == ["en", "fr"]


def test_a_mail_that_fails_is_tried_again_at_the_next_run_and_not_for_ever(announced, unsteady) -> None:
    make_members(2)
    unsteady.refusals = {1}
    with freeze_time(BEFORE):
        first = api.settle_notices()
        assert (first.sent, first.failed) == (1, 1)
        assert api.settle_notices().sent == 1
    assert list_told() == ["m0@example.org", "m1@example.org"]
    unsteady.refusals = set(range(1, 100))
    with freeze_time(INSTANT):
        failures = [api.settle_notices().failed for _ in range(7)]
    assert failures == [2, 2, 2, 2, 2, 0, 0]
    assert models.Proof.objects.filter(act="notify").count() == 2


def test_a_member_without_address_does_not_stop_the_others(announced) -> None:
    members = make_members(2)
    get_user_model().objects.filter(id=members[0]).update(email="")
    with freeze_time(BEFORE):
        assert api.settle_notices().sent == 1


def test_a_returned_mail_is_noted(announced) -> None:
    make_members(1)
    with freeze_time(BEFORE):
        api.settle_notices()
    assert api.record_bounce(models.Notice.objects.get().message_id)
    assert models.Notice.objects.get().state == "bounced"
    assert not api.record_bounce("")
    assert not api.record_bounce("<unknown@example.org>")


@pytest.mark.django_db(transaction=True)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(deaths=st.sets(st.integers(1, 20), max_size=5), late=st.sets(st.integers(1, 20), max_size=3))
def test_killed_anywhere_and_resumed_nobody_is_missed_and_nobody_told_twice(
    publish, register, unsteady, deaths: set[int], late: set[int]
) -> None:
    for model in (models.Notice, models.Campaign):
        model.objects.all().delete()
    get_user_model().objects.all().delete()
    mail.outbox = []
    unsteady.deaths, unsteady.late_deaths, unsteady.count = deaths, late - deaths, 0
    slug = f"terms-{models.Document.objects.count()}"
    with freeze_time(BEFORE):
        publish("1.0", slug=slug, effective_at=INSTANT)
        members = make_members(7)
        for _ in range(20):
            try:
                api.settle_notices()
            except Killed:
                continue
            break
    reached = sorted({(one.message()["Message-ID"], one.to[0]) for one in mail.outbox if slug in one.body})
    assert sorted(address for _, address in reached) == sorted(f"m{number}@example.org" for number in range(7))
    assert len([one for one in mail.outbox if slug in one.body]) <= 7 + len(unsteady.late_deaths)
    proofs = models.Proof.objects.filter(act="notify", document=slug)
    assert proofs.count() == proofs.values("subject").distinct().count() == len(members)


def test_killed_between_two_parts_the_queue_goes_on_where_it_was(announced, monkeypatch) -> None:
    monkeypatch.setattr(queue_notices, "BATCH", 3)
    make_members(8)
    real, calls = queue_notices.changes.find_answered, []

    def die_at_the_second(ids: Any, asking: Any) -> Any:
        calls.append(ids)
        if len(calls) == 2:
            raise Killed
        return real(ids, asking)

    monkeypatch.setattr(queue_notices.changes, "find_answered", die_at_the_second)
    with freeze_time(BEFORE):
        with pytest.raises(Killed):
            queue_notices.queue_notices()
        assert models.Notice.objects.count() == 3
        assert queue_notices.queue_notices() == 5
    assert models.Notice.objects.values("member_id").distinct().count() == 8


def test_a_part_of_the_queue_costs_a_handful_of_queries(announced) -> None:
    """Reading: two a part of 500 (who is there, who has answered); writing: one statement where the database allows."""
    totals = []
    for number in (1, 1000):
        make_members(number, f"n{number}-")
        models.Campaign.objects.all().delete()
        with (
            freeze_time(BEFORE),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            queue_notices.queue_notices()
        totals.append([one["sql"] for one in seen if one["sql"].startswith("SELECT")])
    assert len(totals[1]) - len(totals[0]) <= 2 * 2


def test_publishing_sends_nothing_by_itself(announced, django_assert_max_num_queries) -> None:
    make_members(50)
    texts = {"fr": TextDraft(title="Conditions", source=FRENCH + " Plus.")}
    draft = VersionDraft(label="3.0", texts=texts, contact="contact@example.org")
    with django_assert_max_num_queries(12):
        api.publish_version("terms", draft)
    assert mail.outbox == []


def test_one_command_settles_all_that_time_brings(announced, capsys) -> None:
    make_members(1)
    with freeze_time(BEFORE):
        call_command("solerni_terms_settle")
        assert "notices: queued 1, sent 1, failed 0" in capsys.readouterr().out
        call_command("solerni_terms_settle")
    assert "notices: queued 0, sent 0, failed 0" in capsys.readouterr().out
