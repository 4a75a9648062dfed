"""Lock: a thread takes words of moderators only, for reasons that everybody reads; a decision that can be contested.

Whoever opened a thread and moderates may close it without naming a rule: it takes nothing from anybody else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.core.datekit import find_day
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Act, Place, Ruling
from solerni_xblocks.discussion.data.arranging import LockRequest
from solerni_xblocks.discussion.errors.arranging import AlreadyLocked, LockEndPast, LockReasonMissing
from solerni_xblocks.discussion.flows.arranging import get_opening, hold_arranged, hold_published
from solerni_xblocks.discussion.flows.keep_decision import keep_decision
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.state_reasons import state_reasons
from solerni_xblocks.discussion.flows.tell import tell_participants
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import Clause, Decision, NoticeKind, Post, Purpose, State, Thread
from solerni_xblocks.discussion.queries import arranging
from solerni_xblocks.discussion.rules.statements import name_visibility


@transaction.atomic
def lock_thread(moderator_id: int, place: Place, thread_uuid: UUID, request: LockRequest) -> None:
    """Close the thread; told twice alike by the same person, closed once."""
    thread = hold_published(moderator_id, place, thread_uuid)
    standing = arranging.find_lock_decision(thread)
    if standing:
        _require_same(standing, thread, moderator_id, request)
        return
    _require_reasons(request, is_own=thread.author_id == moderator_id)
    now = clock.now()
    post = get_opening(thread)
    _change(thread, locked_at=now, locked_until=request.until)
    ruling = Ruling(act=Act.LOCK, grounds=request.grounds, message=request.message)
    decision = _keep(post, ruling, moderator_id=moderator_id, at=now)
    if decision.contest_until:
        ends_on = find_day(request.until) if request.until else None
        state_reasons(decision, post, visibility=name_visibility(Act.LOCK), case=None, ends_on=ends_on)
    _log(decision, thread, until=request.until)
    _tell(NoticeKind.LOCKED, decision, post)


@transaction.atomic
def unlock_thread(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Open the thread again; what is open stays so. What its quiet locked, nobody decided: that is only logged."""
    thread = hold_arranged(moderator_id, place, thread_uuid)
    if queries.is_thread_locked(thread):
        open_again(get_opening(thread), moderator_id=moderator_id)
    elif days := queries.find_quiet_days(thread, place):
        _change(thread, reopened_at=clock.now())
        log_act(
            Act.UNLOCK,
            actor_id=moderator_id,
            course_key=thread.course_key,
            subject_kind="thread",
            subject=thread.uuid,
            before={"locked": True, "quiet_days": days},
            after={"locked": False},
        )


def open_again(post: Post, *, moderator_id: int) -> Decision:
    """End the lock of the thread that ``post`` (with its ``thread``, held) opens; also when a second reader says so."""
    thread, now = post.thread, clock.now()
    _change(thread, locked_at=None, locked_until=None, reopened_at=now)
    decision = _keep(post, Ruling(act=Act.UNLOCK), moderator_id=moderator_id, at=now)
    _log(decision, thread, until=None)
    _tell(NoticeKind.UNLOCKED, decision, post)
    return decision


def _require_same(standing: Decision, thread: Thread, moderator_id: int, request: LockRequest) -> None:
    """The same lock of the same person, sent twice, was made once. Raises AlreadyLocked for any other."""
    kept = (standing.moderator_id, standing.message, [ground.clause for ground in standing.grounds.all()])
    asked = (moderator_id, request.message, [ground.clause for ground in request.grounds])
    if kept != asked or thread.locked_until != request.until:
        raise AlreadyLocked


def _require_reasons(request: LockRequest, *, is_own: bool) -> None:
    is_known = all(ground.clause in Clause.values for ground in request.grounds)
    if not is_known or not (is_own or (request.grounds and request.message)):
        raise LockReasonMissing(details={"field": "message" if request.grounds else "clauses"})
    if request.until and request.until <= clock.now():
        raise LockEndPast(details={"field": "until"})


def _change(thread: Thread, **values: Any) -> None:
    Thread.objects.filter(pk=thread.pk).update(**values)


def _keep(post: Post, ruling: Ruling, *, moderator_id: int, at: datetime) -> Decision:
    is_restriction = ruling.act == Act.LOCK and post.author_id != moderator_id
    return keep_decision(
        post,
        ruling=ruling,
        before=State(post.state),
        moderator_id=moderator_id,
        at=at,
        is_restriction=is_restriction,
    )


def _log(decision: Decision, thread: Thread, *, until: datetime | None) -> None:
    is_lock = decision.act == Act.LOCK
    log_act(
        decision.act,
        actor_id=decision.moderator_id,
        course_key=thread.course_key,
        subject_kind="thread",
        subject=thread.uuid,
        before={"locked": not is_lock},
        after={
            "locked": is_lock,
            "until": until.isoformat() if until else None,
            "decision": str(decision.uuid),
            "clause": decision.clause,
        },
    )


def _tell(kind: NoticeKind, decision: Decision, post: Post) -> None:
    """Who opened the thread learns of the decision itself, and the others of the thread."""
    by = decision.moderator_id
    if post.author_id != by:
        tell_member(post.author_id, NoticeKind.DECISION, about=decision.uuid, post=post, at=decision.at)
        owe_letter(Purpose.DECISION, decision=decision)
    tell_participants(kind, post, but={by, post.author_id}, at=decision.at)
