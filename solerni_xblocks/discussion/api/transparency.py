"""What is told to the public and to those who moderate: statements of reasons, reports, statistics."""

from __future__ import annotations

from collections.abc import Iterator

from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.transparency import ParticipantRow, Period, Statistics, TransparencyReport
from solerni_xblocks.discussion.errors import NotModerator, NotStaff
from solerni_xblocks.discussion.queries import transparency
from solerni_xblocks.discussion.rules.exporting import Fields, to_request
from solerni_xblocks.host import api as host


def list_statements(period: Period) -> Iterator[Fields]:
    """Statements of reasons of the period as the Commission's database takes them; read as they are asked for."""
    return map(to_request, transparency.list_statements(period))


def make_report(period: Period) -> TransparencyReport:
    """The figures of articles 15 and 24 of Regulation (EU) 2022/2065 for the whole site; for operators."""
    return transparency.make_report(period)


def make_statistics(moderator_id: int, period: Period, *, is_operator: bool) -> Statistics:
    """Figures of the courses that the person moderates; counts below ten are for the operator's team alone.

    Raises: NotModerator.
    """
    scope = queries.find_scope(moderator_id)
    if not (scope.is_everywhere or scope.courses):
        raise NotModerator
    return transparency.make_statistics(scope, period, is_operator=is_operator)


def list_participants(staff_id: int, usage_key: UsageKey) -> Iterator[ParticipantRow]:
    """Who published what in a place, who wrote most first. Raises: NotStaff, for all but the course's team."""
    if not host.courses().is_staff(staff_id, usage_key.course_key):
        raise NotStaff
    return transparency.list_participants(usage_key)
