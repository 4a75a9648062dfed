"""How the promise is kept."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache

from solerni_xblocks.core import clock, conf
from solerni_xblocks.discussion.data import QueueStatistics
from solerni_xblocks.discussion.models import Case
from solerni_xblocks.discussion.queries.calendars import get_calendar
from solerni_xblocks.discussion.queries.roles import Scope
from solerni_xblocks.discussion.queries.tallies import Tally
from solerni_xblocks.discussion.rules.promise import measure_working_hours
from solerni_xblocks.discussion.rules.statistics import find_quantile

PERIOD = timedelta(days=30)
SAMPLE = 500
"""The last decisions of the period that are measured: enough for a median, and always the same work."""

SECONDS = 300


def get_statistics(scope: Scope, open_cases: Tally) -> QueueStatistics:
    """``open_cases`` beside how long decisions took within ``scope``, at most five minutes ago."""
    hours = _measure_delays(scope)
    return QueueStatistics(
        waiting=open_cases.waiting,
        overdue=open_cases.overdue,
        decided=len(hours),
        median=find_quantile(hours, 0.5),
        ninetieth=find_quantile(hours, 0.9),
        promised=conf.get("SOLERNI_DISCUSSION_HOLD_HOURS"),
    )


def _measure_delays(scope: Scope) -> list[float]:
    """Working hours between the opening and the closing of cases, in ascending order."""
    now = clock.now()
    courses = "*" if scope.is_everywhere else " ".join(sorted(scope.courses))
    key = f"solerni.discussion.delays.{sha256(courses.encode()).hexdigest()[:20]}.{now:%Y%m%d}"
    kept: list[float] | None = cache.get(key)
    if kept is not None:
        return kept
    closed = Case.objects.filter(is_open=None, closed_at__gt=now - PERIOD)
    if not scope.is_everywhere:
        closed = closed.filter(course_key__in=scope.courses)
    calendar = get_calendar()
    moments = closed.order_by("-closed_at").values_list("opened_at", "closed_at")[:SAMPLE]
    hours = sorted(measure_working_hours(opened, ended, calendar=calendar) for opened, ended in moments)
    cache.set(key, hours, SECONDS)
    return hours
