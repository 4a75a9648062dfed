"""Pinning and locking: who may, what readers see, and a lock as a decision that is stated, told and contested."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from freezegun import freeze_time

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Act, Ground, Ruling, Seen, State
from solerni_xblocks.discussion.data.arranging import LockRequest
from solerni_xblocks.discussion.data.contesting import Contester, SecondReading, Words
from solerni_xblocks.discussion.errors import NotTakingPart, ThreadNotFound
from solerni_xblocks.discussion.errors import arranging as errors
from solerni_xblocks.discussion.errors.deciding import CannotUndo
from solerni_xblocks.discussion.errors.writing import ThreadLocked
from solerni_xblocks.discussion.flows import judging
from solerni_xblocks.discussion.models import Decision, LogEntry, MessageTemplate, Notice, Post, Statement, Thread
from tests.discussion.conftest import make_draft, open_thread, say
from tests.doubles.runtime import call, make_block

WHY = LockRequest(grounds=(Ground(clause="posts.courtesy"),), message="Le ton monte : reprenons demain.")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def opened(learner: Any, cafe: Any) -> Any:
    return open_thread(learner, cafe)


def reply(who: Any, cafe: Any, thread: Any, text: str = "Oui") -> Any:
    return api.publish_post(who.id, cafe, make_draft(text), thread_uuid=thread.thread_uuid)


def read(who: Any, cafe: Any, thread: Any) -> Any:
    return api.read_thread(who.id, cafe, thread.thread_uuid)


def test_a_pinned_thread_stands_first_until_it_is_unpinned(opened, learner, moderator, cafe) -> None:
    later = open_thread(learner, cafe, title="Plus récent")
    for _ in range(2):
        api.pin_thread(moderator.id, cafe, opened.thread_uuid)
    listed = api.list_threads(learner.id, cafe).threads
    assert [(thread.uuid, thread.is_pinned) for thread in listed] == [
        (opened.thread_uuid, True),
        (later.thread_uuid, False),
    ]
    for _ in range(2):
        api.unpin_thread(moderator.id, cafe, opened.thread_uuid)
    assert api.list_threads(learner.id, cafe).threads[0].uuid == later.thread_uuid
    entries = LogEntry.objects.filter(subject=opened.thread_uuid).order_by("id")
    assert [(entry.act, entry.actor_id, entry.before, entry.after) for entry in entries] == [
        ("pin", moderator.id, '{"pinned": false}', '{"pinned": true}'),
        ("unpin", moderator.id, '{"pinned": true}', '{"pinned": false}'),
    ]


def test_ten_threads_at_most_are_pinned(opened, learner, moderator, cafe) -> None:
    for number in range(10):
        Thread.objects.filter(uuid=open_thread(learner, cafe, title=f"{number}").thread_uuid).update(is_pinned=True)
    with pytest.raises(errors.TooManyPinned):
        api.pin_thread(moderator.id, cafe, opened.thread_uuid)


def test_only_what_is_published_is_pinned_or_locked(learner, moderator, cafe, read_before) -> None:
    held = open_thread(learner, read_before)
    with pytest.raises(errors.ThreadNotPublished):
        api.pin_thread(moderator.id, cafe, held.thread_uuid)
    with pytest.raises(errors.ThreadNotPublished):
        api.lock_thread(moderator.id, cafe, held.thread_uuid, WHY)


def test_learners_and_moderators_of_other_courses_care_for_no_thread(opened, learner, stranger, author, cafe) -> None:
    for who, refusal in ((learner, errors.ModeratorsOnly), (stranger, NotTakingPart)):
        with pytest.raises(refusal):
            api.pin_thread(who.id, cafe, opened.thread_uuid)
    api.pin_thread(author.id, cafe, opened.thread_uuid)  # staff of the course moderate it
    with pytest.raises(ThreadNotFound):
        api.pin_thread(author.id, cafe, uuid4())


def test_a_lock_names_its_rule_and_speaks_unless_the_thread_is_ones_own(opened, moderator, cafe) -> None:
    for request in (LockRequest(), replace(WHY, message=""), replace(WHY, grounds=(Ground(clause="posts.unknown"),))):
        with pytest.raises(errors.LockReasonMissing):
            api.lock_thread(moderator.id, cafe, opened.thread_uuid, request)
    assert Thread.objects.get().locked_at is None
    own = open_thread(moderator, cafe, title="Annonce")
    api.lock_thread(moderator.id, cafe, own.thread_uuid, LockRequest())
    assert (Decision.objects.get().contest_until, Statement.objects.count()) == (None, 0)


def test_a_locked_thread_says_why_and_takes_words_of_moderators_only(opened, learner, moderator, cafe) -> None:
    with freeze_time(NOON):
        for _ in range(2):
            api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
    assert Decision.objects.count() == 1
    with pytest.raises(ThreadLocked):
        reply(learner, cafe, opened)
    reply(moderator, cafe, opened, "Je ferme.")
    reading = read(moderator, cafe, opened)
    assert (reading.thread.is_locked, reading.lock.at, reading.lock.decision_uuid) == (True, NOON, None)
    lock = read(learner, cafe, opened).lock
    assert ([ground.clause for ground in lock.grounds], lock.message) == (["posts.courtesy"], WHY.message)
    assert lock.decision_uuid == Decision.objects.get().uuid
    assert read(learner, cafe, opened).posts[0].decision is None  # the message itself was not decided on


def test_another_lock_on_top_is_a_conflict(opened, moderator, author, cafe) -> None:
    api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
    with pytest.raises(errors.AlreadyLocked):
        api.lock_thread(author.id, cafe, opened.thread_uuid, WHY)
    with pytest.raises(errors.AlreadyLocked):
        api.lock_thread(moderator.id, cafe, opened.thread_uuid, replace(WHY, message="Autrement."))


def test_a_lock_ends_by_itself_and_its_end_is_in_the_statement(opened, learner, moderator, cafe) -> None:
    with freeze_time(NOON) as time:
        with pytest.raises(errors.LockEndPast):
            api.lock_thread(moderator.id, cafe, opened.thread_uuid, replace(WHY, until=NOON))
        until = NOON + timedelta(days=2)
        api.lock_thread(moderator.id, cafe, opened.thread_uuid, replace(WHY, until=until))
        assert (Statement.objects.get().ends_on, read(learner, cafe, opened).lock.until) == (until.date(), until)
        time.move_to(until)
        assert (read(learner, cafe, opened).lock, read(learner, cafe, opened).thread.is_locked) == (None, False)
        reply(learner, cafe, opened)
        api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
        assert read(learner, cafe, opened).lock.until is None


def test_a_lock_is_a_restriction_with_a_statement_and_its_author_is_told(
    opened, learner, moderator, cafe, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
    statement = Statement.objects.get()
    assert statement.visibility == "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"
    assert (statement.ends_on, statement.automated_detection) == (None, False)
    assert "conversation" not in statement.facts
    assert learner.username not in statement.facts + statement.explanation
    decision = Decision.objects.get()
    assert (decision.act, decision.clause, decision.before, decision.after) == (
        Act.LOCK,
        "posts.courtesy",
        "published",
        "published",
    )
    assert Notice.objects.get(kind="decision").member_id == learner.id
    assert [letter.to for letter in mail.outbox] == [[learner.email]]
    assert str(decision.uuid) in mail.outbox[0].body
    entry = LogEntry.objects.get(act="lock")
    assert (entry.actor_id, '"locked": false' in entry.before, "posts.courtesy" in entry.after) == (
        moderator.id,
        True,
        True,
    )


def test_whoever_takes_part_is_told_of_lock_and_unlock_and_others_are_not(
    opened, learner, moderator, stranger, author, register, cafe, django_user_model
) -> None:
    register.give_role(stranger.id, cafe.course_key, "student")
    deaf = django_user_model.objects.create_user("deaf")
    register.give_role(deaf.id, cafe.course_key, "student")
    reply(author, cafe, opened)
    reply(deaf, cafe, opened)
    api.unfollow_thread(deaf.id, cafe, opened.thread_uuid)
    api.follow_thread(stranger.id, cafe, opened.thread_uuid)
    for _ in range(2):
        api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
        api.unlock_thread(moderator.id, cafe, opened.thread_uuid)
        api.unlock_thread(moderator.id, cafe, opened.thread_uuid)
    for kind in ("locked", "unlocked"):
        told = Notice.objects.filter(kind=kind).order_by("member_id").values_list("member_id", flat=True)
        assert list(told) == sorted([stranger.id, author.id])
    assert Decision.objects.filter(act="unlock").count() == 2
    assert [one.kind for one in api.list_notices(author.id, cafe).notices][:2] == ["unlocked", "locked"]


def test_a_lock_is_contested_and_a_second_moderator_opens_the_thread_again(
    opened, learner, moderator, author, cafe
) -> None:
    api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
    me, decision = Contester(member_id=learner.id), Decision.objects.get()
    reading = api.read_decision(me, decision.uuid)
    assert (reading.may_contest, reading.is_moved, reading.decision.act) == (True, False, Act.LOCK)
    appeal = api.contest_decision(me, decision.uuid, Words(submission=uuid4(), text="Nous étions calmes."))
    assert api.read_appeal(author.id, appeal).acts == (Act.UNLOCK,)
    answer = SecondReading(is_reversed=True, text="En effet.", seen=1)
    api.answer_appeal(author.id, appeal, answer)
    assert api.read_decision(me, decision.uuid).appeal.outcome.act == Act.UNLOCK
    assert api.read_decision(me, decision.uuid).is_moved
    reply(learner, cafe, opened)


def test_an_appeal_against_a_lock_that_has_ended_changes_nothing(opened, learner, moderator, author, cafe) -> None:
    api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
    me, decision = Contester(member_id=learner.id), Decision.objects.get()
    appeal = api.contest_decision(me, decision.uuid, Words(submission=uuid4(), text="Pourquoi ?"))
    api.unlock_thread(moderator.id, cafe, opened.thread_uuid)
    assert api.read_appeal(author.id, appeal).acts == ()
    api.answer_appeal(author.id, appeal, SecondReading(is_reversed=True, text="En effet.", seen=1))
    assert Decision.objects.filter(act="unlock").count() == 1


def test_a_lock_is_no_decision_on_the_message_that_opens_the_thread(opened, learner, moderator, author, cafe) -> None:
    remove = replace(say(Act.REMOVE), seen=Seen(case=0, post=1))
    decided = api.decide_post(moderator.id, opened.uuid, remove).decision
    api.decide_post(moderator.id, opened.uuid, Ruling(act=Act.RESTORE, seen=Seen(case=0, post=1)))
    api.lock_thread(author.id, cafe, opened.thread_uuid, WHY)
    with pytest.raises(CannotUndo):  # of two decisions the second stands, and no lock is taken for it
        api.undo_decisions(moderator.id, decided.uuid)
    restored = Decision.objects.get(act=Act.RESTORE)
    api.undo_decisions(moderator.id, restored.uuid)
    assert Thread.objects.get().state == State.REMOVED
    assert [one.act for one in api.read_case(author.id, opened.uuid).decisions][-2:] == [Act.LOCK, Act.RESTORE]


def lock_while_judging(monkeypatch: Any, moderator: Any, cafe: Any, opened: Any) -> None:
    """A moderator locks the thread after somebody's words were read, before they are written."""
    judge = judging.judge_draft

    def judge_slowly(*args: Any, **kwargs: Any) -> Any:
        api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
        return judge(*args, **kwargs)

    monkeypatch.setattr(judging, "judge_draft", judge_slowly)


def test_a_lock_between_reading_and_writing_keeps_the_reply_out(opened, learner, moderator, cafe, monkeypatch) -> None:
    lock_while_judging(monkeypatch, moderator, cafe, opened)
    with pytest.raises(ThreadLocked):
        reply(learner, cafe, opened)
    assert Thread.objects.get().replies == 0


def test_a_lock_between_reading_and_writing_keeps_a_change_out(opened, learner, moderator, cafe, monkeypatch) -> None:
    mine = reply(learner, cafe, opened)
    lock_while_judging(monkeypatch, moderator, cafe, opened)
    with pytest.raises(ThreadLocked):
        api.revise_post(learner.id, cafe, make_draft("Autrement dit"), post_uuid=mine.uuid, version=1)
    assert Post.objects.get(uuid=mine.uuid).version == 1


def test_a_thread_costs_no_query_more_for_not_being_locked(opened, learner, moderator, cafe, django_assert_num_queries):
    read(learner, cafe, opened)
    with django_assert_num_queries(7):
        read(learner, cafe, opened)
    api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
    with django_assert_num_queries(9):
        read(learner, cafe, opened)


def test_the_page_of_a_thread_says_that_it_is_locked_and_offers_no_form(
    opened, learner, moderator, cafe, place
) -> None:
    api.lock_thread(moderator.id, cafe, opened.thread_uuid, WHY)
    api.pin_thread(moderator.id, cafe, opened.thread_uuid)

    def show(who: Any) -> str:
        asked = {"thread": str(opened.thread_uuid)}
        return str(call(make_block(DiscussionBlock, place, user=who), "read_thread", asked).json["html"])

    page = show(learner)
    assert all(words in page for words in ("data-solerni-locked", "data-solerni-pinned", "Le ton monte", "/decision/"))
    assert "data-solerni-compose" not in page
    assert "data-solerni-arrange" not in page
    page = show(moderator)
    assert "data-solerni-compose" in page
    assert "data-solerni-arrange" in page
    assert "/decision/" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"clauses": "posts.courtesy"},
        {"clauses": [1]},
        {"clauses": ["posts.courtesy"] * 9},
        {"message": "x" * 2001},
        {"message": 1},
        {"until": "demain"},
        {"until": "2026-11-23T12:00"},
        {"until": "0001-01-01T00:00+14:00"},
        {"until": "9999-12-31T23:59-14:00"},
        {"until": "9999-12-31T23:59Z"},
        {"until": 7},
        {"until": "9" * 400},
    ],
)
def test_what_cannot_be_the_reason_of_a_lock_is_refused(opened, moderator, cafe, place, wrong) -> None:
    asked = {"thread": str(opened.thread_uuid), "clauses": ["posts.courtesy"], "message": "Stop.", **wrong}
    assert call(make_block(DiscussionBlock, place, user=moderator), "lock_thread", asked).status_code == 400
    assert Thread.objects.get().locked_at is None


def test_the_tools_offer_messages_of_templates_for_locks(opened, moderator, cafe, place) -> None:
    for act in ("lock", "remove"):
        MessageTemplate.objects.create(name=f"Pour {act}", act=act, text="Bonsoir")
    answer = call(
        make_block(DiscussionBlock, place, user=moderator), "open_workbench", {"thread": str(opened.thread_uuid)}
    )
    assert "Pour lock" in answer.json["html"]
    assert "Pour remove" not in answer.json["html"]
    assert "Messages" not in answer.json["html"]  # nothing can be split off yet
