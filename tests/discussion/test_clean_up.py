"""What is kept for a while only goes when its time is over; evidence and what members wrote stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.management import call_command
from freezegun import freeze_time

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import TypedText
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.data.reports import IllegalNotice
from solerni_xblocks.discussion.flows import clean_up
from solerni_xblocks.discussion.models import Decision, Draft, Letter, LogEntry, Notice, Post, Report, SearchText
from solerni_xblocks.discussion.queries.appeals import seal_report
from tests.discussion.conftest import INSULT, REFUSE, make_draft, open_thread, say

DAY = timedelta(days=1)


@pytest.fixture
def past(learner: Any, moderator: Any, cafe: Any) -> Any:
    """A draft, a notice, a letter, a decision, all of one moment."""
    with freeze_time("2026-06-01T10:00:00Z"):
        thread = open_thread(learner, cafe).thread_uuid
        api.publish_post(moderator.id, cafe, make_draft("Oui"), thread_uuid=thread)
        api.decide_post(moderator.id, open_thread(learner, cafe, source=INSULT).uuid, REFUSE)
        api.save_draft(learner.id, cafe, TypedText(slot="thread", title="Un", source="deux", revision=0))
        return clock.now()


def test_drafts_notices_and_letters_go_after_ninety_days_and_not_before(past) -> None:
    with freeze_time(past + 90 * DAY):
        assert set(api.clean_up().values()) == {0}
    kept = (Post.objects.count(), Decision.objects.count(), LogEntry.objects.count(), SearchText.objects.count())
    with freeze_time(past + 90 * DAY + timedelta(seconds=1)):
        gone = api.clean_up()
        assert (gone["drafts"], gone["letters"], gone["notices"]) == (1, 1, 2)
        assert set(api.clean_up().values()) == {0}
    assert (Draft.objects.count(), Notice.objects.count(), Letter.objects.count()) == (0, 0, 0)
    assert kept == (
        Post.objects.count(),
        Decision.objects.count(),
        LogEntry.objects.count(),
        SearchText.objects.count(),
    )


def test_a_draft_that_is_typed_in_again_begins_its_time_anew(past, learner, cafe) -> None:
    with freeze_time(past + 80 * DAY):
        revision = Draft.objects.get().revision
        api.save_draft(learner.id, cafe, TypedText(slot="thread", title="Un", source="trois", revision=revision))
    with freeze_time(past + 100 * DAY):
        assert api.clean_up()["drafts"] == 0


def test_an_operator_says_how_long(past, settings) -> None:
    settings.SOLERNI_DISCUSSION_KEEP_DAYS = 10
    with freeze_time(past + 11 * DAY):
        call_command("solerni_discussion_settle", verbosity=0)
    assert (Draft.objects.count(), Notice.objects.filter(at=past).count()) == (0, 0)


def test_a_run_removes_a_bounded_part_and_the_next_goes_on(past, learner) -> None:
    Notice.objects.all().delete()
    Notice.objects.bulk_create(
        Notice(member_id=learner.id, kind="reply", about=uuid4(), course_key="c", at=past) for _ in range(25)
    )
    with patch.multiple(clean_up, BATCH=5, MOST_BATCHES=2), freeze_time(past + 100 * DAY):
        assert [api.clean_up()["notices"] for _ in range(4)] == [10, 10, 5, 0]


def give_notice(post: Any) -> Report:
    notice = IllegalNotice(
        post_uuid=post.uuid,
        explanation="Une contrefaçon de Zoé",
        law="",
        good_faith=True,
        is_child_abuse=False,
        member_id=None,
        name="Zoé",
        email="zoe@example.org",
        language="fr",
        network="n",
    )
    return Report.objects.get(uuid=api.give_notice(notice))


def test_who_gave_notice_without_an_account_is_forgotten_a_year_after_the_answer(learner, author, cafe) -> None:
    with freeze_time("2026-01-05T10:00:00Z"):
        first, second, third = (give_notice(open_thread(learner, cafe)) for _ in range(3))
        for report in (first, second):
            api.decide_post(author.id, report.post.uuid, say("keep"))
        answered = clock.now()
        decision = Decision.objects.get(post=second.post)
        report = Report.objects.get(pk=second.pk)
        api.contest_decision(Contester(seal=seal_report(report)), decision.uuid, Words(submission=uuid4(), text="Si."))
    with freeze_time(answered + 365 * DAY):
        assert api.clean_up()["notifiers"] == 0
    with freeze_time(answered + 366 * DAY):
        assert (api.clean_up()["notifiers"], api.clean_up()["notifiers"]) == (1, 0)
    told = dict(Report.objects.values_list("pk", "email"))
    assert told == {first.pk: "", second.pk: "zoe@example.org", third.pk: "zoe@example.org"}
    assert (Report.objects.get(pk=first.pk).name, Report.objects.get(pk=first.pk).note) == ("", "")
