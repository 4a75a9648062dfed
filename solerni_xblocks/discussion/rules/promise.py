"""The promise to the author of a held post: an answer within so many working hours.

Monday to Friday count 24 hours each, by the clock of the site's zone; three working days are 72 hours. Public
holidays are not known here.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


def compute_due_at(held_at: datetime, *, hours: int, zone: str) -> datetime:
    """When ``hours`` working hours after ``held_at`` (aware) have passed in the zone of that name, in UTC.

    Held on a Friday noon, answered by Wednesday noon:

    >>> compute_due_at(datetime(2026, 11, 20, 11, 0, tzinfo=UTC), hours=72, zone="Europe/Paris").isoformat()
    '2026-11-25T11:00:00+00:00'
    """
    # Hours of the wall clock: the night when clocks change must not move the promise by an hour.
    wall = ZoneInfo(zone)
    local = held_at.astimezone(wall).replace(tzinfo=None)
    left = timedelta(hours=hours)
    while True:
        midnight = datetime.combine(local.date(), time()) + timedelta(days=1)
        if local.weekday() < _SATURDAY:
            if local + left <= midnight:
                return (local + left).replace(tzinfo=wall).astimezone(UTC)
            left -= midnight - local
        local = midnight
