"""One thread, when the viewer may see it. Lists are in ``lists``, its posts in ``conversations``."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.models import Post, State, Thread
from solerni_xblocks.discussion.queries.records import with_answer, with_findings
from solerni_xblocks.discussion.queries.showing import is_thread_shown


def get_thread(place: Place, uuid: UUID, *, viewer_id: int, sees_all: bool) -> Thread:
    """The thread, or the one that it was merged into, when it stands in ``place`` and the viewer may see it.

    Raises: ThreadNotFound.
    """
    visible = with_answer(visible_threads(place, viewer_id=viewer_id, sees_all=sees_all))
    thread = visible.filter(uuid=uuid).first()
    if thread and thread.merged_into_id:
        thread = visible.filter(pk=thread.merged_into_id).first()
    if thread is None:
        raise ThreadNotFound
    return thread


def get_thread_for(member: Participant, place: Place, uuid: UUID) -> Thread:
    """As ``get_thread``, and learners see it now: it is for everybody or for the member's group."""
    thread = get_thread(place, uuid, viewer_id=member.id, sees_all=member.is_moderator)
    if member.is_moderator:
        return thread
    if thread.group_id not in (None, member.group_id) or not is_thread_shown(thread):
        raise ThreadNotFound
    return thread


def visible_threads(place: Place, *, viewer_id: int, sees_all: bool) -> QuerySet[Thread]:
    threads = Thread.objects.filter(course_key=str(place.course_key), usage_key=str(place.usage_key))
    return threads if sees_all else threads.filter(Q(state=State.PUBLISHED) | Q(author_id=viewer_id))


def find_submission(author_id: int, submission: UUID) -> Post | None:
    """The post that an earlier attempt of the same submission wrote."""
    posts = with_findings(Post.objects.select_related("thread"))
    return posts.filter(author_id=author_id, submission=submission).first()
