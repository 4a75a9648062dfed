"""What moderators read and decide."""

from __future__ import annotations

from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import (
    PostRecord,
    Queue,
    Ruling,
)
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.flows import decide


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
