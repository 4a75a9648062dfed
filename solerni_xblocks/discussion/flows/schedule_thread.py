"""Schedule: staff say from when and until when learners see a thread; outside of it no door leads learners there.

What learners wrote does not vanish at once: hiding that is a decision, with reasons. An end that is still to come
stands above the thread beforehand.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place, Window
from solerni_xblocks.discussion.errors.showing import LearnersWrote, WindowEmpty, WindowForStaffOnly
from solerni_xblocks.discussion.flows.arranging import hold_arranged
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.models import Notice, Post, Thread
from solerni_xblocks.discussion.queries.notices import OF_POSTS
from solerni_xblocks.discussion.rules.arranging import is_shown


@transaction.atomic
def schedule_thread(member_id: int, place: Place, thread_uuid: UUID, window: Window) -> None:
    """Let learners see the thread within ``window``; told twice, done once."""
    thread = hold_arranged(member_id, place, thread_uuid)
    if not queries.get_participant(member_id, place).is_staff:
        raise WindowForStaffOnly
    before = Window(begins=thread.shown_from, ends=thread.shown_until)
    if window == before:
        return
    now = clock.now()
    if window.begins and window.ends and window.ends <= window.begins:
        raise WindowEmpty(details={"field": "until"})
    if not is_shown(window.begins, window.ends, now=now) and _has_words_of_learners(thread, member_id):
        raise LearnersWrote(details={"field": "until" if window.ends and window.ends <= now else "from"})
    Thread.objects.filter(pk=thread.pk).update(shown_from=window.begins, shown_until=window.ends)
    _put_off_notices(thread, max(now, window.begins or now), now=now)
    log_act(
        "schedule",
        actor_id=member_id,
        course_key=thread.course_key,
        subject_kind="thread",
        subject=thread.uuid,
        before=_write(before),
        after=_write(window),
    )


def _has_words_of_learners(thread: Thread, member_id: int) -> bool:
    return Post.objects.filter(thread=thread, by_staff=False).exclude(author_id=member_id).exists()


def _put_off_notices(thread: Thread, moment: datetime, *, now: datetime) -> None:
    """What nobody read or was mailed yet is told when the thread appears, and no later."""
    told = Notice.objects.filter(thread=thread, kind__in=OF_POSTS, mailed_at=None, read_at=None)
    moved = told if moment > now else told.filter(at__gt=now)
    moved.filter(mail_due_at__isnull=False).update(mail_due_at=moment)
    moved.update(at=moment)


def _write(window: Window) -> dict[str, str | None]:
    ends = {"from": window.begins, "until": window.ends}
    return {name: at.isoformat() if at else None for name, at in ends.items()}
