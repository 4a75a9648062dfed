"""Who takes part and who moderates."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.flows import appoint


def may_take_part(member_id: int, course_key: CourseKey) -> bool:
    """Whether the member reads and writes in the course's discussions: enrolled, staff, or moderator."""
    return queries.may_take_part(member_id, course_key)


def is_moderator(member_id: int, course_key: CourseKey) -> bool:
    """Whether the member moderates the course: appointed, or on its staff. Nothing follows for another course."""
    return queries.is_moderator(member_id, course_key)


def appoint_moderator(course_key: CourseKey, user_id: int, *, granted_by: int | None = None) -> None:
    """Let the person moderate the course; told twice, appointed once. ``granted_by`` is None for an operator."""
    appoint.appoint_moderator(course_key, user_id, granted_by=granted_by)


def dismiss_moderator(course_key: CourseKey, user_id: int) -> None:
    """End the person's appointment in the course, if there is one. Staff of the course moderate all the same."""
    appoint.dismiss_moderator(course_key, user_id)
