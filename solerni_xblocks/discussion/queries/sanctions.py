"""What was imposed on members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.preparekit import PreparedRead
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data.sanctions import SanctionRecord
from solerni_xblocks.discussion.errors.sanctioning import SanctionNotFound
from solerni_xblocks.discussion.models import Sanction
from solerni_xblocks.discussion.queries.roles import is_moderator
from solerni_xblocks.discussion.rules.sanctions import is_running

MOST_SHOWN = 10

_OF_DECISION = ("uuid", "act", "clause", "moderator_id", "at")
_NAMES = {**{f"decision.{name}": name for name in _OF_DECISION}, "ends_at": "ends_at", "lifted_at": "lifted_at"}
"""Where a record's values stand, from a sanction on."""

_MUTES = PreparedRead(
    lambda member_id, course_key, now: (
        Sanction.objects.filter(member_id=member_id, course_key=course_key, ends_at__gt=now, lifted_at=None)
        .order_by("-ends_at")
        .values_list(*(name.replace(".", "__") for name in _NAMES))[:1]
    ),
    member_id=int,
    course_key=str,
    now=datetime,
)


def find_mute(member_id: int, course_key: CourseKey) -> SanctionRecord | None:
    """What keeps the member from writing in the course now, the longest."""
    now = clock.now()
    found = _MUTES.find_row(member_id=member_id, course_key=str(course_key), now=now)
    return _make_record(found, now=now) if found else None


def list_running_beside(sanction: Sanction) -> list[Sanction]:
    """What else keeps the member of ``sanction`` from writing in its course now."""
    if sanction.member_id is None:  # forgotten: others are too
        return []
    rows = _with_decision().filter(member_id=sanction.member_id, course_key=sanction.course_key, lifted_at=None)
    return list(rows.filter(ends_at__gt=clock.now()).exclude(pk=sanction.pk))


def list_sanctions(member_id: int, course_key: str) -> tuple[SanctionRecord, ...]:
    """The last ones of the member in the course, the latest first."""
    now = clock.now()
    rows = _with_decision().filter(member_id=member_id, course_key=course_key).order_by("-id")[:MOST_SHOWN]
    return tuple(to_sanction(row, now=now) for row in rows)


def get_sanction(uuid: UUID, *, moderator_id: int) -> Sanction:
    """The sanction of that decision, with its post, in a course that the person moderates. Raises SanctionNotFound."""
    row = _with_decision().select_related("decision__post__thread").filter(decision__uuid=uuid).first()
    if row is None or not is_moderator(moderator_id, CourseKey.from_string(row.course_key)):
        raise SanctionNotFound
    return row


def to_sanction(row: Sanction, *, now: datetime) -> SanctionRecord:
    """``row`` with its ``decision``."""
    return _make_record(attrgetter(*_NAMES)(row), now=now)


def _make_record(values: Iterable[Any], *, now: datetime) -> SanctionRecord:
    """What ``_NAMES`` names."""
    told = dict(zip(_NAMES.values(), values, strict=True))
    told["act"] = data.Act(told["act"])
    return SanctionRecord(**told, is_running=is_running(ends_at=told["ends_at"], lifted_at=told["lifted_at"], now=now))


def _with_decision() -> QuerySet[Sanction]:
    return Sanction.objects.select_related("decision")
