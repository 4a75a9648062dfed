"""Undo: whoever decided takes it back within some minutes; post, thread, case and reports stand as before.

The decision stays as evidence, and so does the one that takes it back.
"""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Batch
from solerni_xblocks.discussion.errors.deciding import CannotUndo, CaseChanged
from solerni_xblocks.discussion.flows.change_state import change_state
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.settle_case import reopen_case, reopen_reports
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import (
    Act,
    Case,
    Decision,
    LogEntry,
    Notice,
    NoticeKind,
    Post,
    Purpose,
    State,
    Thread,
)
from solerni_xblocks.discussion.rules.deciding import may_undo


def undo_decisions(moderator_id: int, uuid: UUID) -> Batch:
    """Take back the decision of that uuid, or all of that batch; each on its own."""
    taken = Decision.objects.filter(Q(batch=uuid) | Q(uuid=uuid), moderator_id=moderator_id, undoes=None)
    decisions = list(taken.select_related("post", "undone_by").order_by("id"))
    if not decisions:
        raise CannotUndo
    batch = make_uuid()
    done, failed = [], []
    for decision in decisions:
        try:
            _undo(decision, moderator_id=moderator_id, batch=batch)
            done.append(decision.post.uuid)
        except SolerniError as refusal:
            failed.append((decision.post.uuid, str(refusal.message)))
    if failed and not done:
        raise CannotUndo(failed[0][1])
    return Batch(uuid=batch, done=tuple(done), failed=tuple(failed))


@transaction.atomic
def _undo(decision: Decision, *, moderator_id: int, batch: UUID) -> None:
    if hasattr(decision, "undone_by"):  # asked twice, taken back once
        return
    post, _power = queries.lock_moderated_post(decision.post.uuid, moderator_id=moderator_id)
    _require_unmoved(post, decision)
    now = clock.now()
    was_first = post.published_at == decision.at
    back = State(decision.before)
    if not change_state(post, back, at=now, published_at=None if was_first else post.published_at):
        raise CaseChanged
    undoing = Decision.objects.create(
        post=post,
        moderator_id=moderator_id,
        act=Act.RESTORE,
        version=post.version,
        outcome=back,
        before=decision.after,
        after=back,
        batch=batch,
        undoes=decision,
        at=now,
    )
    _restore_around(post, decision)
    _tell(post, decision, undoing)
    log_act(
        "undo",
        actor_id=moderator_id,
        course_key=post.thread.course_key,
        subject_kind="post",
        subject=post.uuid,
        before={"state": decision.after, "decision": str(decision.uuid)},
        after={"state": back, "decision": str(undoing.uuid)},
    )


def _require_unmoved(post: Post, decision: Decision) -> None:
    """Nothing happened since. Raises CannotUndo."""
    if not may_undo(decision.at, now=clock.now(), minutes=conf.get("SOLERNI_DISCUSSION_UNDO_MINUTES")):
        raise CannotUndo
    if hasattr(decision, "answers_appeal"):  # who contested was told
        raise CannotUndo
    last = queries.find_last_decision(post)
    is_last = last is not None and last.pk == decision.pk
    if not is_last or post.state != decision.after or post.version != decision.version:
        raise CaseChanged
    if queries.find_open_case(post):
        raise CaseChanged


def _restore_around(post: Post, decision: Decision) -> None:
    case = Case.objects.filter(post=post, closed_at=decision.at).first()
    if case:
        reopen_case(case)
    reopen_reports(post, decision)
    entries = LogEntry.objects.filter(subject=post.uuid, act=decision.act, after__contains=str(decision.uuid))
    before = entries.values_list("before", flat=True).first()
    if before and json.loads(before).get("was_answer"):
        Thread.objects.filter(pk=post.thread_id, answer=None).update(answer=post, is_answered=True)


def _tell(post: Post, decision: Decision, undoing: Decision) -> None:
    """The author was told of the decision: now they are told that it is taken back."""
    if decision.act != Act.KEEP:
        Notice.objects.filter(kind=NoticeKind.DECISION, about=decision.uuid).delete()
        tell_member(post.author_id, NoticeKind.DECISION, about=undoing.uuid, post=post, at=undoing.at)
        owe_letter(Purpose.DECISION, decision=undoing)
