"""One thread, when the viewer may see it. Lists are in ``lists``, its posts in ``conversations``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from solerni_xblocks.core.preparekit import PreparedRead, list_columns, make_row
from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.models import Post, State, Thread
from solerni_xblocks.discussion.queries.records import with_answer, with_findings
from solerni_xblocks.discussion.queries.showing import is_thread_shown_to


def _see_any(**where: Any) -> QuerySet[Thread, Any]:
    return with_answer(Thread.objects.filter(**where)).values_list(*list_columns(Thread), "answer_uuid")


def _see_visible(*, viewer_id: int, **where: Any) -> QuerySet[Thread, Any]:
    return _see_any(**where).filter(_may_see(viewer_id))


_WHERE = {"uuid": UUID, "course_key": str, "usage_key": str}
_ANY = PreparedRead(_see_any, **_WHERE)
_VISIBLE = PreparedRead(_see_visible, **_WHERE, viewer_id=int)
_LOCKED = PreparedRead(
    lambda thread_id: Thread.objects.select_for_update().filter(pk=thread_id).values_list(*list_columns(Thread)),
    thread_id=int,
)


def get_thread(place: Place, uuid: UUID, *, viewer_id: int, sees_all: bool) -> Thread:
    """The thread, or the one that it was merged into, when it stands in ``place`` and the viewer may see it.

    Raises: ThreadNotFound.
    """
    keys = {"course_key": str(place.course_key), "usage_key": str(place.usage_key)}
    row = (_ANY if sees_all else _VISIBLE).find_row(uuid=uuid, viewer_id=viewer_id, **keys)
    if row is None:
        raise ThreadNotFound
    thread = _make_thread(row)
    if thread.merged_into_id is None:
        return thread
    visible = with_answer(visible_threads(place, viewer_id=viewer_id, sees_all=sees_all))
    target = visible.filter(pk=thread.merged_into_id).first()
    if target is None:
        raise ThreadNotFound
    return target


def get_thread_for(member: Participant, place: Place, uuid: UUID) -> Thread:
    """As ``get_thread``, and learners see it now: it is for everybody or for the member's group."""
    thread = get_thread(place, uuid, viewer_id=member.id, sees_all=member.is_moderator)
    if not is_thread_shown_to(thread, member):
        raise ThreadNotFound
    return thread


def visible_threads(place: Place, *, viewer_id: int, sees_all: bool) -> QuerySet[Thread]:
    threads = Thread.objects.filter(course_key=str(place.course_key), usage_key=str(place.usage_key))
    return threads if sees_all else threads.filter(_may_see(viewer_id))


def lock_thread(thread_id: int) -> Thread:
    """A thread as it is now, its row locked until the transaction ends."""
    row = _LOCKED.find_row(thread_id=thread_id)
    if row is None:
        raise Thread.DoesNotExist
    return make_row(Thread, row)


def _may_see(viewer_id: int) -> Q:
    return Q(state=State.PUBLISHED) | Q(author_id=viewer_id)


def _make_thread(row: tuple[Any, ...]) -> Thread:
    """As ``with_answer`` has it."""
    *values, answer_uuid = row
    thread = make_row(Thread, values)
    thread.answer_uuid = answer_uuid
    return thread


def find_submission(author_id: int, submission: UUID) -> Post | None:
    """The post that an earlier attempt of the same submission wrote."""
    posts = with_findings(Post.objects.select_related("thread"))
    return posts.filter(author_id=author_id, submission=submission).first()
