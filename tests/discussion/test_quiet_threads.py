"""Threads without a message for long: the place locks them, as it said beforehand, until a moderator opens them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Act, Glance, Ground, Kind, Mode, Policy
from solerni_xblocks.discussion.data.arranging import LockRequest, SplitRequest
from solerni_xblocks.discussion.errors.writing import ThreadLocked
from solerni_xblocks.discussion.models import Decision, LogEntry, Notice, Statement
from tests.discussion.conftest import APPROVE, make_draft, open_thread, say
from tests.doubles.runtime import call, make_block

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAYS = 30
QUIET = NOON + timedelta(days=DAYS)
WHY = LockRequest(grounds=(Ground(clause="posts.courtesy"),), message="Reprenons demain.")


@pytest.fixture
def time() -> Any:
    with freeze_time(NOON) as time:
        yield time


@pytest.fixture
def calm(cafe: Any) -> Any:
    """The place, where thirty days without a message lock a thread."""
    return replace(cafe, conduct=replace(cafe.conduct, quiet_days=DAYS))


@pytest.fixture
def opened(learner: Any, calm: Any, time: Any) -> Any:
    return open_thread(learner, calm)


def reply(who: Any, place: Any, thread: Any, **under: Any) -> Any:
    return api.publish_post(who.id, place, make_draft("Oui"), thread_uuid=thread.thread_uuid, **under)


def is_locked(who: Any, place: Any, thread: Any) -> bool:
    return bool(api.read_thread(who.id, place, thread.thread_uuid).thread.is_locked)


def test_a_thread_without_a_message_for_long_is_locked_and_tells_the_days(
    opened, learner, moderator, calm, cafe, time
) -> None:
    time.move_to(QUIET - timedelta(seconds=1))
    assert not is_locked(learner, calm, opened)
    time.move_to(QUIET)
    for line in (
        api.list_threads(learner.id, calm).threads[0],
        api.read_workbench(moderator.id, calm, opened.thread_uuid).thread,
    ):
        assert (line.is_locked, line.quiet_days) == (True, DAYS)
    assert api.read_thread(learner.id, calm, opened.thread_uuid).lock is None
    assert not is_locked(learner, cafe, opened)  # where the author asks for nothing, nothing locks itself
    assert (Decision.objects.count(), Statement.objects.count()) == (0, 0)


def test_what_its_quiet_locked_takes_no_words_through_any_door(opened, learner, other_learner, calm, time) -> None:
    answer = reply(other_learner, calm, opened)
    time.move_to(QUIET)
    doors = (
        lambda: reply(learner, calm, opened),
        lambda: reply(learner, calm, opened, parent_uuid=answer.uuid),
        lambda: api.revise_post(learner.id, calm, make_draft("Autrement"), post_uuid=opened.uuid, version=1),
    )
    for door in doors:
        with pytest.raises(ThreadLocked) as refusal:
            door()
        assert str(DAYS) in str(refusal.value.message)
    gestures = api.read_thread(learner.id, calm, opened.thread_uuid).posts[1].gestures
    assert gestures == {"vote"}
    glance = Glance(since=NOON, thread=opened.thread_uuid)
    assert api.find_news(learner.id, calm, glance).is_locked


def test_a_message_of_a_moderator_opens_it_for_everybody(opened, learner, moderator, calm, time) -> None:
    time.move_to(QUIET)
    reply(moderator, calm, opened)
    reply(learner, calm, opened)
    time.tick(timedelta(days=DAYS))
    assert is_locked(learner, calm, opened)


def test_who_unlocks_it_decides_nothing_and_its_days_begin_anew(opened, learner, moderator, calm, time) -> None:
    time.move_to(QUIET)
    for _ in range(2):
        api.unlock_thread(moderator.id, calm, opened.thread_uuid)
    reply(learner, calm, opened)
    entry = LogEntry.objects.get(subject=opened.thread_uuid)
    assert (entry.act, entry.actor_id, entry.before) == ("unlock", moderator.id, '{"locked": true, "quiet_days": 30}')
    assert (Decision.objects.count(), Notice.objects.filter(kind="unlocked").count()) == (0, 0)


def test_time_under_a_moderators_lock_counts_for_nothing(opened, learner, moderator, calm, time) -> None:
    api.lock_thread(moderator.id, calm, opened.thread_uuid, replace(WHY, until=QUIET))
    time.move_to(QUIET)
    reply(learner, calm, opened)
    api.lock_thread(moderator.id, calm, opened.thread_uuid, WHY)
    time.tick(timedelta(days=2 * DAYS))
    reading = api.read_thread(learner.id, calm, opened.thread_uuid)
    assert (reading.thread.is_locked, reading.thread.quiet_days, reading.lock.message) == (True, 0, WHY.message)
    api.unlock_thread(moderator.id, calm, opened.thread_uuid)
    reply(learner, calm, opened)


def test_what_waited_for_a_moderator_is_not_locked_before_it_appeared(learner, moderator, calm, time) -> None:
    calm = replace(calm, policy=Policy(mode=Mode.BEFORE))
    held = open_thread(learner, calm)
    time.move_to(QUIET)
    api.decide_post(moderator.id, held.uuid, say(Act.ASK))
    api.revise_post(learner.id, calm, make_draft("Mieux", title="Mieux"), post_uuid=held.uuid, version=1)
    api.decide_post(moderator.id, held.uuid, APPROVE)
    assert not is_locked(learner, calm, held)


def test_a_thread_made_of_old_messages_is_open(opened, learner, moderator, calm, time) -> None:
    answer = reply(learner, calm, opened)
    time.move_to(QUIET)
    request = SplitRequest(posts=(answer.uuid,), title="À part", kind=Kind.DISCUSSION)
    made = api.split_thread(moderator.id, calm, opened.thread_uuid, request)
    assert not api.read_thread(learner.id, calm, made).thread.is_locked
    assert is_locked(learner, calm, opened)
    api.merge_threads(moderator.id, calm, opened.thread_uuid, made)  # as with any lock, moderators still arrange


@pytest.mark.parametrize("days", [-1, 4_000, None])
def test_days_that_nobody_could_have_chosen_lock_nothing(days, learner, place) -> None:
    assert make_block(DiscussionBlock, place, user=learner, quiet_days=days).place.conduct.quiet_days == 0


def test_the_rule_is_told_beforehand_and_the_reason_afterwards(opened, learner, moderator, place, time) -> None:
    def make(who: Any) -> Any:
        return make_block(DiscussionBlock, place, user=who, quiet_days=DAYS)

    assert "data-solerni-quiet-rule" in make(learner).student_view().content
    time.move_to(QUIET)
    told = "data-solerni-quiet"
    assert "data-solerni-quiet-tag" in call(make(learner), "list_threads", {}).json["html"]
    html = call(make(learner), "read_thread", {"thread": str(opened.thread_uuid)}).json["html"]
    assert told in html and "data-solerni-publish" not in html
    html = call(make(moderator), "read_thread", {"thread": str(opened.thread_uuid)}).json["html"]
    assert told in html and "data-solerni-publish" in html
    html = call(make(moderator), "open_workbench", {"thread": str(opened.thread_uuid)}).json["html"]
    assert "data-solerni-unlock" in html and "lock_thread" in html
