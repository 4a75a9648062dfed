"""The demo's clock (setting SOLERNI_CLOCK): the real time plus an offset that the operator moves.

The offset is one row, read again at most once a second, so that every worker process follows.
"""

from __future__ import annotations

import calendar
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

from solerni_xblocks.demo.models.site import ClockOffset

MAX_AGE_SECONDS = 1.0
ROW_ID = 1

STEPS = ("day", "eight_days", "month", "year")
"""How far one push of a button moves the clock."""


class _Memory(threading.local):
    """What one thread remembers: the offset, when it was read, and a moment that a script pretends it is."""

    offset = timedelta(0)
    read_at = float("-inf")
    pretended: datetime | None = None


_memory = _Memory()


def now() -> datetime:
    """The demo's time, aware, in UTC."""
    return _memory.pretended or timezone.now() + get_offset()


def get_offset() -> timedelta:
    """How far the demo runs ahead of the real time; at most a second old."""
    if time.monotonic() - _memory.read_at > MAX_AGE_SECONDS:
        _remember(ClockOffset.objects.filter(id=ROW_ID).values_list("seconds", flat=True).first() or 0)
    return _memory.offset


def move(step: str) -> datetime:
    """Move the clock forward by one of STEPS and return the new time. Raises KeyError for another step."""
    before = timezone.now() + get_offset()
    _store(round((add_step(before, step) - timezone.now()).total_seconds()))
    return now()


def go_back() -> None:
    """Let the demo run with the real time again."""
    _store(0)


def add_step(moment: datetime, step: str) -> datetime:
    """``moment`` and one step; a month or a year later is the same day, or the last of a shorter month.

    >>> from datetime import datetime
    >>> add_step(datetime(2026, 1, 31), "month").date().isoformat()
    '2026-02-28'
    """
    if step in ("day", "eight_days"):
        return moment + timedelta(days={"day": 1, "eight_days": 8}[step])
    months = moment.month - 1 + {"month": 1, "year": 12}[step]
    year, month = moment.year + months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Within the block, and in this thread only, it is ``moment``: the seed writes a plausible past."""
    before, _memory.pretended = _memory.pretended, moment
    try:
        yield
    finally:
        _memory.pretended = before


def _store(seconds: int) -> None:
    ClockOffset.objects.update_or_create(id=ROW_ID, defaults={"seconds": seconds})
    _remember(seconds)


def _remember(seconds: int) -> None:
    _memory.offset, _memory.read_at = timedelta(seconds=seconds), time.monotonic()
