"""What waits for moderators."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.models import Post, State
from solerni_xblocks.discussion.queries.records import to_post, with_findings
from solerni_xblocks.discussion.queries.roles import is_moderator

CASES_PER_PAGE = 50


def list_queue(course_keys: Iterable[str]) -> data.Queue:
    """Held posts of these courses, oldest first."""
    held = list_held(course_keys)
    rows = list(with_findings(held.select_related("thread")).order_by("created_at", "id")[:CASES_PER_PAGE])
    total = len(rows) if len(rows) < CASES_PER_PAGE else held.count()
    return data.Queue(cases=tuple(map(to_case, rows)), total=total)


def count_queue(course_key: CourseKey) -> int:
    """How many held posts wait in the course."""
    return list_held([str(course_key)]).count()


def get_moderated_post(uuid: UUID, *, moderator_id: int) -> Post:
    """The post, in whatever state, when the person moderates its course. Raises PostNotFound."""
    post = with_findings(Post.objects.select_related("thread")).filter(uuid=uuid).first()
    if post is None or not is_moderator(moderator_id, CourseKey.from_string(post.thread.course_key)):
        raise PostNotFound
    return post


def list_held(course_keys: Iterable[str]) -> QuerySet[Post]:
    return Post.objects.filter(state=State.HELD, thread__course_key__in=course_keys)


def to_case(post: Post) -> data.Case:
    return data.Case(
        post=to_post(post, post.thread, viewer_id=0, sees_all=True),
        course_key=CourseKey.from_string(post.thread.course_key),
        usage_key=UsageKey.from_string(post.thread.usage_key),
    )
