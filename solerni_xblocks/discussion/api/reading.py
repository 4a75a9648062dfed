"""What members read."""

from __future__ import annotations

from uuid import UUID

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import (
    Cursor,
    Place,
    ThreadPage,
    ThreadReading,
)
from solerni_xblocks.discussion.errors import NotTakingPart


def list_threads(member_id: int, place: Place, *, after: Cursor | None = None) -> ThreadPage:
    """20 threads of ``place``, latest activity first, those after the cursor.

    A thread whose opening post is held or refused is seen by its author and by moderators only.

    Raises: NotTakingPart.
    """
    _require_part(member_id, place)
    sees_all = queries.is_moderator(member_id, place.course_key)
    return queries.list_threads(place, viewer_id=member_id, sees_all=sees_all, after=after)


def read_thread(member_id: int, place: Place, thread_uuid: UUID, *, after: Cursor | None = None) -> ThreadReading:
    """A thread of ``place`` and 100 of its posts, oldest first, those after the cursor.

    Held and refused posts, and the reasons and decisions about any post, come only to its author and to moderators.

    Raises: NotTakingPart; ThreadNotFound, also for a thread of another place or one that the member may not see.
    """
    _require_part(member_id, place)
    sees_all = queries.is_moderator(member_id, place.course_key)
    thread = queries.get_thread(place, thread_uuid, viewer_id=member_id, sees_all=sees_all)
    return queries.read_thread(thread, viewer_id=member_id, sees_all=sees_all, after=after)


def _require_part(member_id: int, place: Place) -> None:
    if not queries.may_take_part(member_id, place.course_key):
        raise NotTakingPart
