"""Who takes part and who moderates."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Power
from solerni_xblocks.discussion.flows import appoint


def may_take_part(member_id: int, course_key: CourseKey) -> bool:
    """Whether the member reads and writes in the course's discussions: enrolled, staff, or moderator."""
    return queries.may_take_part(member_id, course_key)


def is_moderator(member_id: int, course_key: CourseKey) -> bool:
    """Whether the member moderates the course: appointed to it or to the whole site, or on the course's staff.

    Nothing follows for another course. A trusted learner is no moderator.
    """
    return queries.is_moderator(member_id, course_key)


def find_power(member_id: int, course_key: CourseKey) -> Power:
    """What the member may do about others' posts in the course."""
    return queries.find_power(member_id, course_key)


def appoint_moderator(
    course_key: CourseKey | None, user_id: int, *, power: Power = Power.MODERATOR, granted_by: int | None = None
) -> None:
    """Let the person moderate the course, or (None) the whole site, or be trusted there; told twice, appointed once.

    A second appointment with another ``power`` replaces the first. ``granted_by`` is None for an operator.
    """
    appoint.appoint_moderator(course_key, user_id, power=power, granted_by=granted_by)


def dismiss_moderator(course_key: CourseKey | None, user_id: int) -> None:
    """End the person's appointment in the course (None: in the pool), if there is one. Staff moderate all the same."""
    appoint.dismiss_moderator(course_key, user_id)
