"""What discussion promises to its doors. Members and moderators are account ids; places and posts are never trusted.

Texts are Markdown; times are aware, in UTC. Every function asks afresh who may do what.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import (
    Cursor,
    Draft,
    Place,
    PostRecord,
    Queue,
    Ruling,
    ThreadPage,
    ThreadReading,
)
from solerni_xblocks.discussion.errors import NotModerator, NotTakingPart
from solerni_xblocks.discussion.flows import appoint, decide, forget, publish
from solerni_xblocks.discussion.models import Clause

__all__ = [
    "Clause",
    "appoint_moderator",
    "count_queue",
    "decide_post",
    "dismiss_moderator",
    "export_member",
    "forget_member",
    "is_moderator",
    "list_queue",
    "list_threads",
    "may_take_part",
    "publish_post",
    "publish_thread",
    "read_thread",
]


def may_take_part(member_id: int, course_key: CourseKey) -> bool:
    """Whether the member reads and writes in the course's discussions: enrolled, staff, or moderator."""
    return queries.may_take_part(member_id, course_key)


def is_moderator(member_id: int, course_key: CourseKey) -> bool:
    """Whether the member moderates the course: appointed, or on its staff. Nothing follows for another course."""
    return queries.is_moderator(member_id, course_key)


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


def publish_thread(author_id: int, place: Place, draft: Draft) -> PostRecord:
    """Open a thread in ``place``: published at once, or held for a moderator when a rule or the place's mode says so.

    The same ``draft.submission`` with the same words writes one row, however often it is sent.

    Raises: NotTakingPart; Refused or Unavailable from the gate *post*; AlreadySent for other words.
    Announces: POST_PUBLISHED or POST_HELD.
    """
    return publish.publish_thread(author_id, place, draft)


def publish_post(author_id: int, place: Place, draft: Draft, *, thread_uuid: UUID) -> PostRecord:
    """Reply in a thread of ``place``; as ``publish_thread`` otherwise. ``draft.title`` stays empty.

    Raises: also ThreadNotFound; ThreadNotOpen when the opening post is not published.
    Announces: POST_PUBLISHED or POST_HELD.
    """
    return publish.publish_post(author_id, place, draft, thread_uuid=thread_uuid)


def list_queue(moderator_id: int) -> Queue:
    """The first 50 held posts of all courses that the person moderates, oldest first.

    Raises: NotModerator when there is no such course.
    """
    course_keys = queries.list_moderated_courses(moderator_id)
    if not course_keys:
        raise NotModerator
    return queries.list_queue(course_keys)


def count_queue(course_key: CourseKey) -> int:
    """How many held posts wait in the course."""
    return queries.count_queue(course_key)


def decide_post(moderator_id: int, post_uuid: UUID, ruling: Ruling) -> PostRecord:
    """Publish or refuse a held post of a course that the person moderates. The author is mailed after the commit.

    Raises: PostNotFound, also for a post of a course moderated by others; OwnPost; MessageMissing when a refusal
    names no clause or says nothing; AlreadyDecided when the post is held no longer, unless the same person decided
    the same: told twice, decided once. Publishing names no clause.
    Announces: POST_PUBLISHED or POST_REFUSED.
    """
    return decide.decide_post(moderator_id, post_uuid, ruling)


def appoint_moderator(course_key: CourseKey, user_id: int, *, granted_by: int | None = None) -> None:
    """Let the person moderate the course; told twice, appointed once. ``granted_by`` is None for an operator."""
    appoint.appoint_moderator(course_key, user_id, granted_by=granted_by)


def dismiss_moderator(course_key: CourseKey, user_id: int) -> None:
    """End the person's appointment in the course, if there is one. Staff of the course moderate all the same."""
    appoint.dismiss_moderator(course_key, user_id)


def export_member(member_id: int) -> dict[str, Any]:
    """Duty *export*: posts, decisions about them, decisions taken, courses moderated, as plain JSON values."""
    return queries.export_member(member_id)


def forget_member(member_id: int) -> dict[str, Any]:
    """Duty *forget*: texts emptied, names removed, appointments ended. Decisions stay: evidence, with bare ids."""
    return dict(forget.forget_member(member_id))


def _require_part(member_id: int, place: Place) -> None:
    if not queries.may_take_part(member_id, place.course_key):
        raise NotTakingPart
