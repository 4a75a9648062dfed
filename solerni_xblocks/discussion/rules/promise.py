"""The promise to the author of a held post: an answer within so many working hours.

A working day counts 24 hours by the clock of the site's zone; three of them are 72 hours. Which days are working days
is the calendar's business.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from solerni_xblocks.discussion.rules.calendars import Calendar, count_working_days

_DAY = timedelta(days=1)


def compute_due_at(held_at: datetime, *, hours: int, calendar: Calendar) -> datetime:
    """When ``hours`` working hours after ``held_at`` (aware) have passed, in UTC.

    Held on a Friday noon, answered by Wednesday noon; with Christmas on the Friday, a day later than without:

    >>> paris = Calendar(zone="Europe/Paris", country="FR")
    >>> compute_due_at(datetime(2026, 11, 20, 11, 0, tzinfo=UTC), hours=72, calendar=paris).isoformat()
    '2026-11-25T11:00:00+00:00'
    >>> compute_due_at(datetime(2026, 12, 23, 11, 0, tzinfo=UTC), hours=72, calendar=paris).isoformat()
    '2026-12-29T11:00:00+00:00'
    """
    # Hours of the wall clock: the night when clocks change must not move the promise by an hour.
    wall = ZoneInfo(calendar.zone)
    local = held_at.astimezone(wall).replace(tzinfo=None)
    left = timedelta(hours=hours)
    while True:
        midnight = datetime.combine(local.date(), time()) + timedelta(days=1)
        if calendar.is_working(local.date()):
            if local + left <= midnight:
                return (local + left).replace(tzinfo=wall).astimezone(UTC)
            left -= midnight - local
        local = midnight


def measure_working_hours(start: datetime, end: datetime, *, calendar: Calendar) -> float:
    """Working hours from ``start`` to ``end`` (both aware); negative when the end is past.

    >>> paris = Calendar(zone="Europe/Paris", country="FR")
    >>> friday, monday = datetime(2026, 11, 20, 11, 0, tzinfo=UTC), datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    >>> measure_working_hours(friday, monday, calendar=paris), measure_working_hours(monday, friday, calendar=paris)
    (24.0, -24.0)
    """
    if end < start:
        return -measure_working_hours(end, start, calendar=calendar)
    wall = ZoneInfo(calendar.zone)
    local, until = (moment.astimezone(wall).replace(tzinfo=None) for moment in (start, end))
    if until <= local:  # within the hour that clocks repeat
        return 0.0
    if local.date() == until.date():
        return _to_hours(until - local) if calendar.is_working(local.date()) else 0.0
    next_day, last_midnight = (datetime.combine(day, time()) for day in (local.date() + _DAY, until.date()))
    passed = _DAY * count_working_days(calendar, next_day.date(), until.date())
    if calendar.is_working(local.date()):
        passed += next_day - local
    if calendar.is_working(until.date()):
        passed += until - last_midnight
    return _to_hours(passed)


def _to_hours(passed: timedelta) -> float:
    return passed.total_seconds() / 3600


NEARLY_DUE_HOURS = 8.0
"""Working hours that are left when moderators are told a last time."""


def is_half_over(opened_at: datetime, due_at: datetime, *, now: datetime, calendar: Calendar) -> bool:
    """Whether half of the working time of the promise has passed.

    >>> paris = Calendar(zone="Europe/Paris", country="FR")
    >>> monday, thursday = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 26, 9, tzinfo=UTC)
    >>> [is_half_over(monday, thursday, now=monday + timedelta(hours=h), calendar=paris) for h in (35, 36)]
    [False, True]
    """
    whole = measure_working_hours(opened_at, due_at, calendar=calendar)
    return measure_working_hours(opened_at, now, calendar=calendar) * 2 >= whole


def is_nearly_due(due_at: datetime, *, now: datetime, calendar: Calendar) -> bool:
    """Whether little working time is left, or none.

    >>> paris = Calendar(zone="Europe/Paris", country="FR")
    >>> due = datetime(2026, 11, 26, 9, tzinfo=UTC)
    >>> [is_nearly_due(due, now=due - timedelta(hours=h), calendar=paris) for h in (9, 8)]
    [False, True]
    """
    return measure_working_hours(now, due_at, calendar=calendar) <= NEARLY_DUE_HOURS
