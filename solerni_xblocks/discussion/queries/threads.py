"""Threads of a place, and the posts of one thread, as the viewer may see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Cursor, Participant, Place
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.models import Post, State, Thread
from solerni_xblocks.discussion.queries.records import to_post, to_thread, with_findings

THREADS_PER_PAGE = 20
POSTS_PER_PAGE = 100


def list_threads(place: Place, *, viewer_id: int, sees_all: bool, after: Cursor | None) -> data.ThreadPage:
    """Threads of ``place`` that the viewer may see, latest activity first."""
    threads = visible_threads(place, viewer_id=viewer_id, sees_all=sees_all)
    if after:
        threads = threads.filter(Q(last_activity_at__lt=after.at) | Q(last_activity_at=after.at, id__lt=after.id))
    rows = list(threads.order_by("-last_activity_at", "-id")[: THREADS_PER_PAGE + 1])
    shown = rows[:THREADS_PER_PAGE]
    is_last = len(rows) == len(shown)
    cursor = None if is_last else Cursor(at=shown[-1].last_activity_at, id=shown[-1].id)
    return data.ThreadPage(
        threads=tuple(to_thread(row, viewer_id=viewer_id, sees_all=sees_all) for row in shown), after=cursor
    )


def get_thread(place: Place, uuid: UUID, *, viewer_id: int, sees_all: bool) -> Thread:
    """The thread, when it stands in ``place`` and the viewer may see it. Raises ThreadNotFound."""
    thread = visible_threads(place, viewer_id=viewer_id, sees_all=sees_all).filter(uuid=uuid).first()
    if thread is None:
        raise ThreadNotFound
    return thread


def get_thread_for(member: Participant, place: Place, uuid: UUID) -> Thread:
    """As ``get_thread``, and the thread is for everybody or for the member's group."""
    thread = get_thread(place, uuid, viewer_id=member.id, sees_all=member.is_moderator)
    if not member.is_moderator and thread.group_id not in (None, member.group_id):
        raise ThreadNotFound
    return thread


def read_thread(thread: Thread, *, viewer_id: int, sees_all: bool, after: Cursor | None) -> data.ThreadReading:
    """Posts of ``thread`` that the viewer may see, oldest first."""
    posts = with_findings(thread.posts.all())
    if not sees_all:
        posts = posts.filter(Q(state=State.PUBLISHED) | Q(author_id=viewer_id))
    if after:
        posts = posts.filter(id__gt=after.id)
    rows = list(posts.order_by("id")[: POSTS_PER_PAGE + 1])
    shown = rows[:POSTS_PER_PAGE]
    cursor = None if len(rows) == len(shown) else Cursor(at=shown[-1].created_at, id=shown[-1].id)
    records = tuple(to_post(post, thread, viewer_id=viewer_id, sees_all=sees_all) for post in shown)
    return data.ThreadReading(
        thread=to_thread(thread, viewer_id=viewer_id, sees_all=sees_all), posts=records, after=cursor
    )


def visible_threads(place: Place, *, viewer_id: int, sees_all: bool) -> QuerySet[Thread]:
    threads = Thread.objects.filter(course_key=str(place.course_key), usage_key=str(place.usage_key))
    return threads if sees_all else threads.filter(Q(state=State.PUBLISHED) | Q(author_id=viewer_id))


def find_submission(author_id: int, submission: UUID) -> Post | None:
    """The post that an earlier attempt of the same submission wrote."""
    posts = with_findings(Post.objects.select_related("thread"))
    return posts.filter(author_id=author_id, submission=submission).first()
