"""When mail leaves: at once, with the next digest, later again when nobody took it, or never."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from solerni_xblocks.discussion.data.mailing import Frequency

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=12)
MONDAY = 0


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many failures: twice as long each time, half a day at most.

    >>> [str(wait_after(tries)) for tries in (1, 2, 3, 9, 200)]
    ['0:05:00', '0:10:00', '0:20:00', '12:00:00', '12:00:00']
    """
    return min(FIRST_WAIT * 2 ** min(max(tries, 1) - 1, 16), LONGEST_WAIT)


def find_digest(at: datetime, frequency: Frequency, *, hour: int, zone: str) -> datetime:
    """When the digest leaves that tells what happened ``at`` (aware): at that hour of the site's clock, on Mondays
    when it is weekly. In UTC.

    >>> monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> find_digest(monday, Frequency.DAILY, hour=7, zone="Europe/Paris").isoformat()
    '2026-11-24T06:00:00+00:00'
    >>> find_digest(monday, Frequency.WEEKLY, hour=7, zone="Europe/Paris").isoformat()
    '2026-11-30T06:00:00+00:00'
    """
    wall = ZoneInfo(zone)
    local = at.astimezone(wall)
    day = local.date()
    if local.timetz().replace(tzinfo=None) >= time(hour):
        day += timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.combine(day, time(hour), tzinfo=wall).astimezone(UTC)


def choose_frequency(
    chosen: Mapping[tuple[str, str], Frequency], defaults: Mapping[str, Frequency], *, kind: str, course_key: str
) -> Frequency:
    """What holds for ``kind`` in a course: the member's choice there, else their choice everywhere, else the site's.

    >>> chosen = {("", "reply"): Frequency.NEVER, ("c", "reply"): Frequency.DAILY}
    >>> [choose_frequency(chosen, {}, kind="reply", course_key=key).value for key in ("c", "d")]
    ['daily', 'never']
    >>> choose_frequency({}, {}, kind="reply", course_key="c").value
    'at_once'
    """
    own = chosen.get((course_key, kind)) or chosen.get(("", kind))
    return own or defaults.get(kind, Frequency.AT_ONCE)
