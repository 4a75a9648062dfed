"""Pin: a thread stands first in the list of its place, until it is unpinned."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.errors.arranging import TooManyPinned
from solerni_xblocks.discussion.flows.arranging import hold_arranged, hold_published
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.models import Thread
from solerni_xblocks.discussion.queries.lists import MAX_PINNED


@transaction.atomic
def pin_thread(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Let the thread stand first; told twice, done once."""
    thread = hold_published(moderator_id, place, thread_uuid)
    if thread.is_pinned:
        return
    if Thread.objects.filter(usage_key=thread.usage_key, is_pinned=True).count() >= MAX_PINNED:
        raise TooManyPinned
    _pin(thread, moderator_id, is_on=True)


@transaction.atomic
def unpin_thread(moderator_id: int, place: Place, thread_uuid: UUID) -> None:
    """Let the thread take its place among the others."""
    thread = hold_arranged(moderator_id, place, thread_uuid)
    if thread.is_pinned:
        _pin(thread, moderator_id, is_on=False)


def _pin(thread: Thread, moderator_id: int, *, is_on: bool) -> None:
    Thread.objects.filter(pk=thread.pk).update(is_pinned=is_on)
    log_act(
        "pin" if is_on else "unpin",
        actor_id=moderator_id,
        course_key=thread.course_key,
        subject_kind="thread",
        subject=thread.uuid,
        before={"pinned": not is_on},
        after={"pinned": is_on},
    )
