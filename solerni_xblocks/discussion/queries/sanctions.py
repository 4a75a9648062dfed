"""What was imposed on members."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data.sanctions import SanctionRecord
from solerni_xblocks.discussion.errors.sanctioning import SanctionNotFound
from solerni_xblocks.discussion.models import Sanction
from solerni_xblocks.discussion.queries.roles import is_moderator
from solerni_xblocks.discussion.rules.sanctions import is_running

MOST_SHOWN = 10


def find_mute(member_id: int, course_key: CourseKey) -> SanctionRecord | None:
    """What keeps the member from writing in the course now, the longest."""
    now = clock.now()
    rows = _with_decision().filter(member_id=member_id, course_key=str(course_key), ends_at__gt=now, lifted_at=None)
    row = rows.order_by("-ends_at").first()
    return to_sanction(row, now=now) if row else None


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
    return SanctionRecord(
        uuid=row.decision.uuid,
        act=data.Act(row.decision.act),
        clause=row.decision.clause,
        moderator_id=row.decision.moderator_id,
        at=row.decision.at,
        ends_at=row.ends_at,
        lifted_at=row.lifted_at,
        is_running=is_running(ends_at=row.ends_at, lifted_at=row.lifted_at, now=now),
    )


def _with_decision() -> QuerySet[Sanction]:
    return Sanction.objects.select_related("decision")
