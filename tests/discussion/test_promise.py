"""Working hours of the promise: five days a week, by the clock on the wall of the site's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.discussion.rules.calendars import Calendar
from solerni_xblocks.discussion.rules.promise import compute_due_at, measure_working_hours

PARIS = Calendar(zone="Europe/Paris", country="FR")


@pytest.mark.parametrize(
    ("held_at", "due_at"),
    [
        ("2026-11-23T10:00:00+01:00", "2026-11-26T10:00:00+01:00"),
        ("2026-11-20T12:00:00+01:00", "2026-11-25T12:00:00+01:00"),
        ("2026-11-21T12:00:00+01:00", "2026-11-26T00:00:00+01:00"),
        ("2026-11-22T23:59:00+01:00", "2026-11-26T00:00:00+01:00"),
        ("2026-12-23T12:00:00+01:00", "2026-12-29T12:00:00+01:00"),
        ("2026-04-03T12:00:00+02:00", "2026-04-09T12:00:00+02:00"),
        ("2026-03-27T12:00:00+01:00", "2026-04-01T12:00:00+02:00"),
        ("2026-10-23T12:00:00+02:00", "2026-10-28T12:00:00+01:00"),
    ],
)
def test_three_working_days_later(held_at: str, due_at: str) -> None:
    assert compute_due_at(datetime.fromisoformat(held_at), hours=72, calendar=PARIS) == datetime.fromisoformat(due_at)


def test_the_weekend_is_that_of_the_zone() -> None:
    """Friday 23:30 in Paris is Saturday 07:30 in Tokyo: there, the first hour that counts is on Monday."""
    held_at = datetime.fromisoformat("2026-11-20T23:30:00+01:00")
    assert compute_due_at(held_at, hours=1, calendar=PARIS) == datetime.fromisoformat("2026-11-23T00:30:00+01:00")
    assert compute_due_at(held_at, hours=1, calendar=Calendar(zone="Asia/Tokyo")) == datetime.fromisoformat(
        "2026-11-23T01:00:00+09:00"
    )


@given(st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2035, 1, 1)), st.integers(1, 500))
def test_the_promise_never_ends_before_it_could_nor_within_a_weekend(moment: datetime, hours: int) -> None:
    held_at = moment.replace(tzinfo=UTC)
    due_at = compute_due_at(held_at, hours=hours, calendar=PARIS).astimezone(ZoneInfo(PARIS.zone))
    assert (due_at - held_at).total_seconds() >= (hours - 1) * 3600
    assert PARIS.is_working(due_at.date()) or (due_at.hour, due_at.minute) == (0, 0)
    # The night when clocks change may count an hour more or less.
    assert abs(measure_working_hours(held_at, due_at, calendar=PARIS) - hours) <= 1


def test_a_day_on_which_nobody_moderates_is_the_operators_choice() -> None:
    friday = datetime.fromisoformat("2026-11-20T12:00:00+01:00")
    closed = Calendar(zone="Europe/Paris", country="", closed=frozenset({datetime(2026, 11, 23).date()}))
    due_at = compute_due_at(friday, hours=72, calendar=closed)
    assert due_at == datetime.fromisoformat("2026-11-26T12:00:00+01:00")
