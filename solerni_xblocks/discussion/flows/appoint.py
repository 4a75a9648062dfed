"""Appoint and dismiss: who moderates a course."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import Power
from solerni_xblocks.discussion.models import Moderator, Role

_ROLES = {Power.MODERATOR: Role.MODERATOR, Power.TRUSTED: Role.TRUSTED}


def appoint_moderator(course_key: CourseKey | None, user_id: int, *, power: Power, granted_by: int | None) -> None:
    """Give the person that power in the course (None: the site's pool); told twice, one row; the last power holds."""
    role = _ROLES[power]
    row, is_new = Moderator.objects.get_or_create(
        course_key=_write(course_key),
        user_id=user_id,
        defaults={"role": role, "granted_by": granted_by, "at": clock.now()},
    )
    if not is_new and row.role != role:
        Moderator.objects.filter(pk=row.pk).update(role=role)


def dismiss_moderator(course_key: CourseKey | None, user_id: int) -> None:
    """End the appointment, if there is one."""
    Moderator.objects.filter(course_key=_write(course_key), user_id=user_id).delete()


def _write(course_key: CourseKey | None) -> str:
    return str(course_key) if course_key else ""
