"""Who was told of a version hears that it was cancelled: one mail each, proved, whatever dies in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.flows import queue_notices
from tests.terms.conftest import make_answer
from tests.terms.test_notices import (
    BEFORE,
    INSTANT,
    SECOND,
    Killed,
    announced,
    make_members,
    unsteady,
)

pytestmark = pytest.mark.django_db
__all__ = ["announced", "unsteady"]
DAY = timedelta(days=1)


def cancel() -> None:
    with freeze_time(BEFORE + 2 * DAY):
        api.cancel_version("terms", "2.0")


def settle(days: int) -> Any:
    with freeze_time(BEFORE + days * DAY):
        return api.settle_notices()


def list_reached() -> list[str]:
    """Whom a mail about the cancellation reached; one that came twice under one id is one mail."""
    about = [message for message in mail.outbox if "annul" in message.subject or "cancelled" in message.subject]
    return sorted({message.message()["Message-ID"]: message.to[0] for message in about}.values())


def test_who_was_told_gets_one_mail_with_its_proof_and_nobody_else_does(announced) -> None:
    make_members(2)
    settle(1)
    late = make_members(1, "late")
    cancel()
    assert [settle(3).sent for _ in range(2)] == [2, 0]
    assert list_reached() == ["m0@example.org", "m1@example.org"]
    rows = models.Notice.objects.filter(stage="cancelled")
    assert {row.state for row in rows} == {"sent"}
    proofs = models.Proof.objects.filter(act="notify", reference__in=rows.values("message_id"))
    assert {proof.version_uuid for proof in proofs} == {announced[1].uuid}
    assert proofs.count() == 2
    assert not models.Notice.objects.filter(member_id__in=late).exists()
    assert api.verify_proofs().finding is None


def test_the_mail_names_the_version_and_says_that_nothing_changes(announced) -> None:
    make_members(1)
    settle(1)
    cancel()
    settle(3)
    message = mail.outbox[-1]
    for part in (message.body, message.alternatives[0][0]):
        assert "2.0" in part
        assert "https://learn.example.org/solerni/terms/terms/2.0/" in part
        assert "/change/" not in part


def test_who_accepted_ahead_after_being_told_is_told_too(announced) -> None:
    member = make_members(1)[0]
    settle(1)
    with freeze_time(BEFORE + DAY):
        api.accept_version(make_answer(member, announced[1]))
    cancel()
    settle(3)
    assert list_reached() == ["m0@example.org"]


def test_whoever_saw_the_banner_alone_is_told_by_mail(announced) -> None:
    member = make_members(1)[0]
    with freeze_time(BEFORE + DAY):
        api.record_banner(member, announced[1].uuid)
    cancel()
    settle(3)
    assert list_reached() == ["m0@example.org"]


def test_nobody_told_nobody_mailed_and_what_waited_is_dropped(announced) -> None:
    make_members(2)
    cancel()
    assert settle(3).sent == 0
    assert models.Campaign.objects.get(stage="cancelled").done_at is not None


def test_one_who_is_told_while_it_is_cancelled_is_not_missed(announced) -> None:
    """A sender had claimed the mail: the other process sees it as waiting, and looks again."""
    member = make_members(1)[0]
    with freeze_time(BEFORE + DAY):
        queue_notices.queue_notices()
    cancel()
    with freeze_time(BEFORE + 3 * DAY):
        assert queue_notices.queue_notices() == 0
        models.Notice.objects.filter(member_id=member).update(state="sent")
        assert queue_notices.queue_notices() == 1
        assert queue_notices.queue_notices() == 0


@pytest.mark.parametrize("death", ["deaths", "late_deaths", "refusals"])
def test_killed_or_refused_anywhere_each_gets_it_once(announced, unsteady, death: str) -> None:
    make_members(4)
    settle(1)
    cancel()
    setattr(unsteady, death, {6})
    for _ in range(3):
        try:
            settle(3)
        except Killed:
            continue
    assert list_reached() == [f"m{number}@example.org" for number in range(4)]
    assert models.Proof.objects.filter(act="notify").count() == 8


@pytest.mark.parametrize("count", [10, 1000])
def test_queueing_reads_a_few_times_for_each_five_hundred(announced, count: int) -> None:
    told = {"version_uuid": announced[1].uuid, "stage": "announced", "channel": "mail", "state": "sent"}
    rows = [models.Notice(member_id=id_, queued_at=BEFORE, **told) for id_ in make_members(count)]
    models.Notice.objects.bulk_create(rows)
    cancel()
    with freeze_time(BEFORE + 3 * DAY), CaptureQueriesContext(connection) as queries:
        assert queue_notices.queue_notices() == count
    reads = [one["sql"] for one in queries.captured_queries if one["sql"].startswith("SELECT")]
    assert len(reads) <= 6 + count // 500


def test_after_the_date_the_former_version_still_governs_and_nobody_is_asked(announced) -> None:
    member = make_members(1)[0]
    with freeze_time(BEFORE):
        api.accept_version(make_answer(member, announced[0]))
    settle(1)
    cancel()
    settle(3)
    before = len(mail.outbox)
    with freeze_time(INSTANT + SECOND):
        api.settle_notices()
        assert api.list_pending(member) == []
    assert len(mail.outbox) == before
