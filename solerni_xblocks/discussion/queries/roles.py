"""Who takes part, and who moderates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.preparekit import PreparedRead
from solerni_xblocks.discussion.data import Participant, Place, Power
from solerni_xblocks.discussion.errors import NotTakingPart
from solerni_xblocks.discussion.models import Moderator, Role, Thread
from solerni_xblocks.host import api as host

POOL = ""
"""The course key of those who moderate the whole site."""

_ROLES = PreparedRead(
    lambda user_id, course_key: Moderator.objects.filter(
        user_id=user_id, course_key__in=(course_key, POOL)
    ).values_list("role"),
    user_id=int,
    course_key=str,
)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Courses, as text, that somebody moderates, and those where they are trusted with what is not published yet.

    ``groups``: their cohort in the latter, where they have one; they read no message of another.
    """

    is_everywhere: bool
    courses: frozenset[str]
    trusted: frozenset[str]
    groups: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.is_everywhere or bool(self.courses or self.trusted)


def is_moderator(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person moderates the course: appointed, of the site's pool, or on its staff."""
    return find_power(user_id, course_key) is Power.MODERATOR


def is_appointed(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person was made a moderator of the course, or of the whole site."""
    return _find_role(user_id, course_key) == Role.MODERATOR


def find_power(user_id: int, course_key: CourseKey) -> Power:
    """What the person may do about others' posts in the course."""
    role = _find_role(user_id, course_key)
    if role == Role.MODERATOR or host.courses().is_staff(user_id, course_key):
        return Power.MODERATOR
    return Power.TRUSTED if role else Power.NONE


def _find_role(user_id: int, course_key: CourseKey) -> str | None:
    """The greater role, in the course or in the pool; in one query."""
    return min((role for (role,) in _ROLES.list_rows(user_id=user_id, course_key=str(course_key))), default=None)


def may_take_part(user_id: int, course_key: CourseKey) -> bool:
    """Whether the person reads and writes in the course's discussions."""
    return host.courses().is_enrolled(user_id, course_key) or bool(find_power(user_id, course_key))


def get_participant(user_id: int, place: Place) -> Participant:
    """The member as one who takes part in ``place``. Raises NotTakingPart."""
    courses = host.courses()
    role = _find_role(user_id, place.course_key)
    membership = courses.get_membership(user_id, place.course_key)
    if not (membership.is_staff or role or membership.is_enrolled):
        raise NotTakingPart
    return Participant(
        id=user_id,
        is_staff=membership.is_staff,
        is_moderator=membership.is_staff or role == Role.MODERATOR,
        is_trusted=role == Role.TRUSTED,
        group_id=courses.find_group(user_id, place.course_key) if place.conduct.is_divided else None,
    )


def find_scope(user_id: int) -> Scope:
    """Where the person moderates, among the courses with an appointment or a thread."""
    rows = list(Moderator.objects.filter(user_id=user_id).values_list("course_key", "role"))
    appointed = {key for key, role in rows if role == Role.MODERATOR}
    trusted = {key for key, role in rows if role == Role.TRUSTED}
    if POOL in appointed:
        return Scope(is_everywhere=True, courses=frozenset(appointed - {POOL}), trusted=frozenset())
    with_threads = set(Thread.objects.order_by().values_list("course_key", flat=True).distinct())
    staffed = {key for key in with_threads - appointed if host.courses().is_staff(user_id, CourseKey.from_string(key))}
    courses = frozenset(appointed | staffed)
    return _make_scope(user_id, courses=courses, trusted=frozenset(trusted - courses))


def find_scope_in(user_id: int, course_key: CourseKey) -> Scope:
    """The same for one course, asked for it alone."""
    power, key = find_power(user_id, course_key), frozenset({str(course_key)})
    return _make_scope(
        user_id,
        courses=key if power is Power.MODERATOR else frozenset(),
        trusted=key if power is Power.TRUSTED else frozenset(),
    )


def _make_scope(user_id: int, *, courses: frozenset[str], trusted: frozenset[str]) -> Scope:
    found = {key: host.courses().find_group(user_id, CourseKey.from_string(key)) for key in trusted if key != POOL}
    groups = {key: group for key, group in found.items() if group is not None}
    return Scope(is_everywhere=False, courses=courses, trusted=trusted, groups=groups)


def list_moderators(course_key: str) -> list[int]:
    """Who was appointed to moderate the course, and the site's pool."""
    rows = Moderator.objects.filter(Q(course_key=course_key) | Q(course_key=POOL), role=Role.MODERATOR)
    return sorted(set(rows.values_list("user_id", flat=True)))


def list_appointed(course_key: str) -> list[int]:
    """Who was appointed to moderate this very course."""
    rows = Moderator.objects.filter(course_key=course_key, role=Role.MODERATOR)
    return sorted(rows.values_list("user_id", flat=True))


def list_pool() -> list[int]:
    """Who moderates the whole site."""
    rows = Moderator.objects.filter(course_key=POOL, role=Role.MODERATOR)
    return sorted(rows.values_list("user_id", flat=True))
