"""Resolve: who moderates says that what a course issue tells of is mended, or that it is not after all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.errors.arranging import NotAnIssue
from solerni_xblocks.discussion.flows.arranging import get_opening, hold_published
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.tell import tell_participants
from solerni_xblocks.discussion.models import Kind, NoticeKind, Thread, Vote


@transaction.atomic
def resolve_issue(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """The issue is mended; told twice, done once, in the name of who said so first."""
    thread = _hold_issue(moderator_id, place, thread_uuid)
    if thread.resolved_at:
        return
    now, opening = clock.now(), get_opening(thread)
    _settle(thread, at=now, by=moderator_id, moderator_id=moderator_id)
    had_it = Vote.objects.filter(post=opening).values_list("member_id", flat=True)
    tell_participants(NoticeKind.RESOLVED, opening, but={moderator_id}, beside=had_it, at=now)


@transaction.atomic
def reopen_issue(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """The issue is still there."""
    thread = _hold_issue(moderator_id, place, thread_uuid)
    if thread.resolved_at:
        _settle(thread, at=None, by=None, moderator_id=moderator_id)


def _hold_issue(moderator_id: int, place: Place, thread_uuid: UUID) -> Thread:
    thread = hold_published(moderator_id, place, thread_uuid)
    if thread.kind != Kind.ISSUE:
        raise NotAnIssue
    return thread


def _settle(thread: Thread, *, at: datetime | None, by: int | None, moderator_id: int) -> None:
    Thread.objects.filter(pk=thread.pk).update(resolved_at=at, resolved_by=by)
    log_act(
        "resolve" if at else "reopen",
        actor_id=moderator_id,
        course_key=thread.course_key,
        subject_kind="thread",
        subject=thread.uuid,
        before={"resolved": at is None},
        after={"resolved": at is not None},
    )
