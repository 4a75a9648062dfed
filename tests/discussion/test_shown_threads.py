"""From when and until when learners see a thread: who says it, and that no door leads them there otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from freezegun import freeze_time

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Act, Choice, Complaint, Filter, Glance, Kind, Mode, Policy, Window
from solerni_xblocks.discussion.data.arranging import SplitRequest
from solerni_xblocks.discussion.errors import PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.errors.reporting import ReportNotFound
from solerni_xblocks.discussion.errors.showing import LearnersWrote, WindowEmpty, WindowForStaffOnly, WindowsDiffer
from solerni_xblocks.discussion.inputs import parse_words
from solerni_xblocks.discussion.models import LogEntry, Moderator, Role, Thread
from tests.discussion.conftest import make_draft, open_thread, say
from tests.doubles.runtime import call, make_block

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
"""Noon in Paris."""

LATER = NOON + timedelta(days=3)
WANTED = parse_words({"words": "fraction"})
WORDS = "La fraction se simplifie par trois"


@pytest.fixture
def time() -> Any:
    with freeze_time(NOON) as time:
        yield time


@pytest.fixture
def opened(author: Any, cafe: Any, time: Any) -> Any:
    """A thread of the course team."""
    return open_thread(author, cafe, title="Correction", source=WORDS)


def schedule(author: Any, cafe: Any, thread: Any, **window: Any) -> None:
    api.schedule_thread(author.id, cafe, thread.thread_uuid, Window(**window))


def list_titles(who: Any, cafe: Any, **choice: Any) -> list[str]:
    return [thread.title for thread in api.list_threads(who.id, cafe, Choice(**choice)).threads]


def test_learners_see_the_thread_within_its_dates_and_staff_always(opened, author, learner, cafe, time) -> None:
    for _ in range(2):
        schedule(author, cafe, opened, begins=LATER, ends=LATER + timedelta(days=1))
    for moment, is_seen in ((NOON, False), (LATER, True), (LATER + timedelta(days=1), False)):
        time.move_to(moment)
        assert list_titles(learner, cafe) == (["Correction"] if is_seen else [])
        assert list_titles(author, cafe) == ["Correction"]
    entry = LogEntry.objects.get(subject=opened.thread_uuid)
    assert (entry.act, entry.actor_id, entry.before) == ("schedule", author.id, '{"from": null, "until": null}')
    assert entry.after == '{"from": "2026-11-26T11:00:00+00:00", "until": "2026-11-27T11:00:00+00:00"}'


def test_staff_alone_choose_the_dates_and_the_end_comes_last(opened, author, moderator, cafe) -> None:
    with pytest.raises(WindowForStaffOnly):
        schedule(moderator, cafe, opened, begins=LATER)
    with pytest.raises(WindowEmpty):
        schedule(author, cafe, opened, begins=LATER, ends=LATER)
    assert not LogEntry.objects.exists()


def test_words_of_learners_do_not_vanish_at_once(opened, author, learner, cafe, time) -> None:
    api.publish_post(learner.id, cafe, make_draft("Merci"), thread_uuid=opened.thread_uuid)
    for window in ({"begins": LATER}, {"ends": NOON}):
        with pytest.raises(LearnersWrote):
            schedule(author, cafe, opened, **window)
    schedule(author, cafe, opened, ends=LATER)
    reading = api.read_thread(learner.id, cafe, opened.thread_uuid)
    assert reading.thread.window == Window(ends=LATER)  # told beforehand
    time.move_to(LATER)
    with pytest.raises(ThreadNotFound):
        api.read_thread(learner.id, cafe, opened.thread_uuid)
    schedule(author, cafe, opened)
    assert list_titles(learner, cafe) == ["Correction"]


def test_no_list_search_count_or_suggestion_knows_of_what_learners_do_not_see(
    opened, author, learner, cafe, place
) -> None:
    since = NOON - timedelta(hours=1)

    def find() -> list[Any]:
        hits = [api.search_posts(learner.id, cafe, WANTED, in_course=one).hits for one in (False, True)]
        unread = api.count_unread(learner.id, cafe)
        return [
            *hits,
            *(list_titles(learner, cafe, filter=one) for one in (Filter.ALL, Filter.UNREAD, Filter.FOLLOWED)),
            unread.place + unread.course,
            api.find_news(learner.id, cafe, Glance(since=since)).count,
            api.list_similar(learner.id, cafe, "Correction"),
            api.list_people(learner.id, cafe, beginning="", thread_uuid=None),
            api.list_notices(learner.id, cafe).notices,
        ]

    api.follow_thread(learner.id, cafe, opened.thread_uuid)
    api.publish_post(author.id, cafe, make_draft("Et aussi"), thread_uuid=opened.thread_uuid)
    other = open_thread(author, cafe, title="Autre")
    schedule(author, cafe, other, begins=LATER)
    assert all(find())
    schedule(author, cafe, opened, begins=LATER)
    assert not any(find())


def test_who_follows_is_told_and_mailed_when_the_thread_appears(opened, author, learner, cafe, time) -> None:
    api.follow_place(learner.id, cafe)
    told = open_thread(author, cafe, title="Plus tard")
    schedule(author, cafe, told, begins=LATER)
    api.follow_thread(learner.id, cafe, opened.thread_uuid)
    schedule(author, cafe, opened, begins=LATER)
    api.publish_post(author.id, cafe, make_draft("Suite"), thread_uuid=opened.thread_uuid)
    assert (api.settle_mails(), api.list_notices(learner.id, cafe).unread) == ((0, 0), 0)
    time.move_to(LATER)
    assert (api.settle_mails(), api.list_notices(learner.id, cafe).unread) == ((1, 0), 2)
    time.tick(timedelta(days=1))
    assert api.settle_mails() == (1, 0)  # new threads come with the digest of the next morning
    assert ["Plus tard" in message.body for message in mail.outbox] == [False, True]


def test_what_appears_sooner_after_all_is_told_sooner(opened, author, learner, cafe, time) -> None:
    api.follow_thread(learner.id, cafe, opened.thread_uuid)
    api.publish_post(author.id, cafe, make_draft("Suite"), thread_uuid=opened.thread_uuid)
    schedule(author, cafe, opened, begins=LATER)
    schedule(author, cafe, opened)
    assert (api.settle_mails(), api.list_notices(learner.id, cafe).unread) == ((1, 0), 1)


def test_reports_and_held_messages_of_a_vanished_thread_lead_no_learner_there(
    opened, author, learner, other_learner, cafe, course_key, time
) -> None:
    before = Policy(mode=Mode.BEFORE)
    strict = type(cafe)(course_key=cafe.course_key, usage_key=cafe.usage_key, policy=before)
    held = api.publish_post(learner.id, strict, make_draft("Je copie"), thread_uuid=opened.thread_uuid)
    complaint = Complaint(reason="abusive")
    api.report_post(learner.id, cafe, opened.uuid, complaint)
    api.appoint_moderator(course_key, other_learner.id)
    Moderator.objects.update(role=Role.TRUSTED)
    assert api.list_waiting(other_learner.id, cafe).total == 1
    schedule(author, cafe, opened, ends=LATER)
    time.move_to(LATER)
    assert api.list_waiting(other_learner.id, cafe).total == 0
    for door, refusal in (
        (lambda: api.report_post(learner.id, cafe, opened.uuid, complaint), PostNotFound),
        (lambda: api.withdraw_report(learner.id, cafe, opened.uuid), ReportNotFound),
        (lambda: api.read_case(other_learner.id, held.uuid), PostNotFound),
        (lambda: api.decide_post(other_learner.id, held.uuid, say(Act.REFUSE)), PostNotFound),
    ):
        with pytest.raises(refusal):
            door()
    assert {notice.title for notice in api.list_notices(learner.id, cafe).notices} == {""}


def test_what_is_split_off_keeps_the_dates_and_only_alike_are_merged(opened, author, learner, cafe) -> None:
    reply = api.publish_post(author.id, cafe, make_draft("Suite"), thread_uuid=opened.thread_uuid)
    schedule(author, cafe, opened, begins=LATER)
    request = SplitRequest(posts=(reply.uuid,), title="À part", kind=Kind.DISCUSSION)
    made = api.split_thread(author.id, cafe, opened.thread_uuid, request)
    assert list_titles(learner, cafe) == []
    api.schedule_thread(author.id, cafe, made, Window())
    past = api.read_thread(learner.id, cafe, made).past
    assert [one.title for one in past] == [""]
    with pytest.raises(WindowsDiffer):
        api.merge_threads(author.id, cafe, opened.thread_uuid, made)
    api.schedule_thread(author.id, cafe, made, Window(begins=LATER))
    api.merge_threads(author.id, cafe, opened.thread_uuid, made)


def test_dates_are_chosen_and_told_in_the_time_of_the_site(opened, author, learner, place, time) -> None:
    uuid = str(opened.thread_uuid)

    def ask(who: Any, handler: str, **data: Any) -> Any:
        return call(make_block(DiscussionBlock, place, user=who), handler, {"thread": uuid, **data})

    answer = ask(author, "schedule_thread", **{"from": "2026-11-26T12:00", "until": "2026-11-27T12:00"})
    assert answer.json["said"] and Thread.objects.get().shown_from == LATER
    html = ask(author, "open_workbench").json["html"]
    assert 'name="from" value="2026-11-26T12:00"' in html and "Europe/Paris" in html
    for handler in ("list_threads", "read_thread"):
        html = ask(author, handler).json["html"]
        assert 'data-solerni-window="begins"' in html and f'<time datetime="{LATER.isoformat()}">26' in html
    time.move_to(LATER)
    html = ask(learner, "read_thread").json["html"]
    assert 'window="ends"' in html and 'window="begins"' not in html
    time.move_to(LATER + timedelta(days=2))
    assert 'window="ended"' in ask(author, "read_thread").json["html"]
    assert ask(author, "schedule_thread", until="demain").json["field"] == "until"
