"""Reads of discussion: rows in, shapes of ``data`` out. Who may see what is part of the question asked here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Cursor, Part, Passage, Place
from solerni_xblocks.discussion.errors import PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.models import Decision, Finding, Moderator, Post, State, Thread
from solerni_xblocks.host import api as host

THREADS_PER_PAGE = 20
POSTS_PER_PAGE = 100
CASES_PER_PAGE = 50


def is_moderator(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person moderates the course: appointed, or on its staff."""
    return is_appointed(user_id, course_key) or host.courses().is_staff(user_id, course_key)


def is_appointed(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person was made a moderator of the course."""
    return Moderator.objects.filter(user_id=user_id, course_key=str(course_key)).exists()


def may_take_part(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person reads and writes in the course's discussions."""
    return host.courses().is_enrolled(user_id, course_key) or is_moderator(user_id, course_key)


def list_moderated_courses(user_id: int) -> set[str]:
    """Keys, as text, of the courses that the person moderates, among those with an appointment or a thread."""
    appointed = set(Moderator.objects.filter(user_id=user_id).values_list("course_key", flat=True))
    with_threads = set(Thread.objects.order_by().values_list("course_key", flat=True).distinct())
    staffed = {key for key in with_threads - appointed if host.courses().is_staff(user_id, CourseKey.from_string(key))}
    return appointed | staffed


def list_threads(place: Place, *, viewer_id: int, sees_all: bool, after: Cursor | None) -> data.ThreadPage:
    """Threads of ``place`` that the viewer may see, latest activity first."""
    threads = _visible_threads(place, viewer_id=viewer_id, sees_all=sees_all)
    if after:
        threads = threads.filter(Q(last_activity_at__lt=after.at) | Q(last_activity_at=after.at, id__lt=after.id))
    rows = list(threads.order_by("-last_activity_at", "-id")[: THREADS_PER_PAGE + 1])
    shown = rows[:THREADS_PER_PAGE]
    is_last = len(rows) == len(shown)
    cursor = None if is_last else Cursor(at=shown[-1].last_activity_at, id=shown[-1].id)
    return data.ThreadPage(threads=tuple(map(to_thread, shown)), after=cursor)


def get_thread(place: Place, uuid: UUID, *, viewer_id: int, sees_all: bool) -> Thread:
    """The thread, when it stands in ``place`` and the viewer may see it. Raises ThreadNotFound."""
    thread = _visible_threads(place, viewer_id=viewer_id, sees_all=sees_all).filter(uuid=uuid).first()
    if thread is None:
        raise ThreadNotFound
    return thread


def read_thread(thread: Thread, *, viewer_id: int, sees_all: bool, after: Cursor | None) -> data.ThreadReading:
    """Posts of ``thread`` that the viewer may see, oldest first."""
    posts = _with_reasons(thread.posts.all())
    if not sees_all:
        posts = posts.filter(Q(state=State.PUBLISHED) | Q(author_id=viewer_id))
    if after:
        posts = posts.filter(id__gt=after.id)
    rows = list(posts.order_by("id")[: POSTS_PER_PAGE + 1])
    shown = rows[:POSTS_PER_PAGE]
    cursor = None if len(rows) == len(shown) else Cursor(at=shown[-1].created_at, id=shown[-1].id)
    records = tuple(to_post(post, thread, viewer_id=viewer_id, sees_all=sees_all) for post in shown)
    return data.ThreadReading(thread=to_thread(thread), posts=records, after=cursor)


def find_submission(author_id: int, submission: UUID) -> Post | None:
    """The post that an earlier attempt of the same submission wrote."""
    posts = _with_reasons(Post.objects.select_related("thread"))
    return posts.filter(author_id=author_id, submission=submission).first()


def list_queue(course_keys: Iterable[str]) -> data.Queue:
    """Held posts of these courses, oldest first."""
    held = _held(course_keys)
    rows = list(_with_reasons(held.select_related("thread")).order_by("created_at", "id")[:CASES_PER_PAGE])
    total = len(rows) if len(rows) < CASES_PER_PAGE else held.count()
    return data.Queue(cases=tuple(map(_to_case, rows)), total=total)


def count_queue(course_key: CourseKey) -> int:
    """How many held posts wait in the course."""
    return _held([str(course_key)]).count()


def get_moderated_post(uuid: UUID, *, moderator_id: int) -> Post:
    """The post, in whatever state, when the person moderates its course. Raises PostNotFound."""
    post = _with_reasons(Post.objects.select_related("thread")).filter(uuid=uuid).first()
    if post is None or not is_moderator(moderator_id, CourseKey.from_string(post.thread.course_key)):
        raise PostNotFound
    return post


def export_member(member_id: int) -> dict[str, Any]:
    """All that discussion holds about the member, as plain JSON values."""
    posts = Post.objects.filter(author_id=member_id).select_related("thread").prefetch_related("decisions")
    taken = Decision.objects.filter(moderator_id=member_id).select_related("post").order_by("id")
    moderated = Moderator.objects.filter(user_id=member_id).order_by("id")
    return {
        "posts": [_export_post(post) for post in posts.order_by("id")],
        "decisions_taken": [{**_export_decision(decision), "post": str(decision.post.uuid)} for decision in taken],
        "moderates": [{"course": row.course_key, "since": row.at.isoformat()} for row in moderated],
    }


def to_thread(thread: Thread) -> data.ThreadRecord:
    """The line of a list that ``thread`` makes."""
    return data.ThreadRecord(
        uuid=thread.uuid,
        title=thread.title,
        author_id=thread.author_id,
        state=data.State(thread.state),
        replies=thread.replies,
        created_at=thread.created_at,
        last_activity_at=thread.last_activity_at,
    )


def to_post(post: Post, thread: Thread, *, viewer_id: int, sees_all: bool) -> data.PostRecord:
    """``post`` as the viewer may see it: why it was held, and what was decided, only as author or moderator."""
    was_held = post.due_at is not None
    sees_case = was_held and (sees_all or post.author_id == viewer_id)
    decisions = list(post.decisions.all()) if sees_case else []
    return data.PostRecord(
        uuid=post.uuid,
        thread_uuid=thread.uuid,
        title=thread.title,
        author_id=post.author_id,
        is_opening=post.is_opening,
        by_staff=post.by_staff,
        source=post.source,
        html=post.html,
        state=data.State(post.state),
        created_at=post.created_at,
        published_at=post.published_at,
        due_at=post.due_at,
        reasons=tuple(map(_to_reason, post.findings.all())) if sees_case else (),
        decision=_to_decision(decisions[-1]) if decisions else None,
    )


def _visible_threads(place: Place, *, viewer_id: int, sees_all: bool) -> QuerySet[Thread]:
    threads = Thread.objects.filter(course_key=str(place.course_key), usage_key=str(place.usage_key))
    return threads if sees_all else threads.filter(Q(state=State.PUBLISHED) | Q(author_id=viewer_id))


def _held(course_keys: Iterable[str]) -> QuerySet[Post]:
    return Post.objects.filter(state=State.HELD, thread__course_key__in=course_keys)


def _with_reasons(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.prefetch_related("findings", "decisions")


def _to_case(post: Post) -> data.Case:
    return data.Case(
        post=to_post(post, post.thread, viewer_id=0, sees_all=True),
        course_key=CourseKey.from_string(post.thread.course_key),
        usage_key=UsageKey.from_string(post.thread.usage_key),
    )


def _to_reason(row: Finding) -> data.Reason:
    passage = None if row.start is None else Passage(start=row.start, end=row.end)
    return data.Reason(rule=row.rule, code=row.code, clause=row.clause, part=Part(row.part), passage=passage)


def _to_decision(row: Decision) -> data.DecisionRecord:
    return data.DecisionRecord(
        uuid=row.uuid,
        moderator_id=row.moderator_id,
        outcome=data.State(row.outcome),
        clause=row.clause,
        message=row.message,
        at=row.at,
    )


def _export_post(post: Post) -> dict[str, Any]:
    return {
        "uuid": str(post.uuid),
        "course": post.thread.course_key,
        "block": post.thread.usage_key,
        "thread": str(post.thread.uuid),
        "title": post.thread.title if post.is_opening else "",
        "text": post.source,
        "state": post.state,
        "created_at": post.created_at.isoformat(),
        "published_at": _format(post.published_at),
        "decisions": [_export_decision(decision) for decision in post.decisions.all()],
    }


def _export_decision(decision: Decision) -> dict[str, Any]:
    return {
        "uuid": str(decision.uuid),
        "outcome": decision.outcome,
        "clause": decision.clause,
        "message": decision.message,
        "at": decision.at.isoformat(),
    }


def _format(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
