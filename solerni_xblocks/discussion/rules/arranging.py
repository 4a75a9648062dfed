"""Threads under the care of moderators: when a lock holds, where a thread may go, how lively it is by its messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import exp, log

from solerni_xblocks.discussion.data.arranging import Cohorts

HALF_LIFE = timedelta(days=2)
"""After this a message counts half for what is *emerging*."""

SCALE = HALF_LIFE.total_seconds() / log(2)


def is_locked(locked_at: datetime | None, locked_until: datetime | None, *, now: datetime) -> bool:
    """Whether a lock holds: from its beginning on, until its end if it has one.

    >>> noon, one = datetime(2026, 11, 23, 12), datetime(2026, 11, 23, 13)
    >>> is_locked(noon, None, now=one), is_locked(noon, one, now=one)
    (True, False)
    >>> is_locked(None, None, now=noon)
    False
    """
    return locked_at is not None and (locked_until is None or now < locked_until)


def is_quiet(moments: Iterable[datetime | None], *, days: int, now: datetime) -> bool:
    """Whether nothing happened to a thread for so many days: none of the ``moments`` is later. 0 days: never.

    >>> first, fourth, fifth = (datetime(2026, 11, day, 12) for day in (1, 4, 5))
    >>> is_quiet([first], days=3, now=fourth), is_quiet([first, None], days=4, now=fourth)
    (True, False)
    >>> is_quiet([first, fourth], days=3, now=fifth), is_quiet([first], days=0, now=fifth)
    (False, False)
    """
    return days > 0 and max(at for at in moments if at is not None) <= now - timedelta(days=days)


def is_shown(shown_from: datetime | None, shown_until: datetime | None, *, now: datetime) -> bool:
    """Whether learners see a thread: from its first moment on, until its last, where there are such.

    >>> nine, noon, one = (datetime(2026, 11, 23, hour) for hour in (9, 12, 13))
    >>> is_shown(noon, None, now=nine), is_shown(noon, one, now=noon), is_shown(noon, one, now=one)
    (False, True, False)
    >>> is_shown(None, None, now=noon)
    True
    """
    return (shown_from is None or shown_from <= now) and (shown_until is None or now < shown_until)


def may_enter(group_id: int | None, *, is_divided: bool) -> Cohorts:
    """Whether a thread of a cohort (None: of everybody) keeps its readers in a place, divided by cohort or not.

    >>> may_enter(None, is_divided=True).name, may_enter(7, is_divided=True).name, may_enter(7, is_divided=False).name
    ('KEPT', 'KEPT', 'OPENED')
    """
    return Cohorts.OPENED if group_id is not None and not is_divided else Cohorts.KEPT


def measure_heat(moments: Iterable[datetime]) -> float:
    """How lively a thread is: ln Σ exp(t / scale) over the moments of its messages, as ``flows.appear`` adds them.

    Two messages at once are livelier than one by ln 2, whenever they were written.

    >>> at = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
    >>> round(measure_heat([at, at]) - measure_heat([at]), 4)
    0.6931
    >>> measure_heat([])
    0.0
    """
    heats = [moment.timestamp() / SCALE for moment in moments]
    most = max(heats, default=0.0)
    return most + log(sum(exp(heat - most) for heat in heats)) if heats else 0.0


def merge_reading(
    read_at: datetime | None, *, other_read_at: datetime | None, since: datetime, until: datetime
) -> datetime | None:
    """Until when a thread counts as read once another's messages, of ``since`` to ``until``, stand in it too.

    What somebody has not read stays new to them, even where that shows again some of what they know.

    >>> nine, ten, noon = (datetime(2026, 11, 23, hour) for hour in (9, 10, 12))
    >>> merge_reading(noon, other_read_at=noon, since=nine, until=ten) == noon
    True
    >>> merge_reading(noon, other_read_at=None, since=nine, until=ten) < nine
    True
    >>> merge_reading(None, other_read_at=noon, since=nine, until=ten) is None
    True
    """
    if read_at is None or (other_read_at is not None and other_read_at >= until):
        return read_at
    return min(read_at, other_read_at or since - timedelta(microseconds=1))
