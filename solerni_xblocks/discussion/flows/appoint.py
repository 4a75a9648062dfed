"""Appoint and dismiss: who moderates a course."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.models import Moderator


def appoint_moderator(course_key: CourseKey, user_id: int, *, granted_by: int | None) -> None:
    """Let the person moderate the course; told twice, appointed once."""
    Moderator.objects.get_or_create(
        course_key=str(course_key), user_id=user_id, defaults={"granted_by": granted_by, "at": clock.now()}
    )


def dismiss_moderator(course_key: CourseKey, user_id: int) -> None:
    """End the appointment, if there is one."""
    Moderator.objects.filter(course_key=str(course_key), user_id=user_id).delete()
