"""The demo's clock: real time plus an offset that every process follows within a second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from solerni_xblocks.core import clock as core_clock
from solerni_xblocks.demo import clock
from solerni_xblocks.demo.models import ClockOffset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """Each test starts as a process that has not read the offset yet."""
    clock._memory.read_at = float("-inf")
    yield
    clock._memory.read_at = float("-inf")


@pytest.fixture
def monotonic(monkeypatch: Any) -> dict[str, float]:
    """The process's stopwatch, which the test turns."""
    watch = {"now": 1000.0}
    monkeypatch.setattr(clock.time, "monotonic", lambda: watch["now"])
    return watch


def is_about(moment: datetime, expected: datetime) -> bool:
    return abs(moment - expected) < timedelta(seconds=5)


def test_an_unmoved_clock_shows_the_real_time() -> None:
    assert is_about(clock.now(), timezone.now())


def test_a_moved_clock_is_what_solerni_reads(settings: Any) -> None:
    settings.SOLERNI_CLOCK = "solerni_xblocks.demo.clock.now"
    clock.move("eight_days")
    assert is_about(core_clock.now(), timezone.now() + timedelta(days=8))


def test_steps_add_up_and_go_back_to_now() -> None:
    clock.move("day")
    clock.move("eight_days")
    assert is_about(clock.now(), timezone.now() + timedelta(days=9))
    clock.go_back()
    assert is_about(clock.now(), timezone.now())
    assert ClockOffset.objects.count() == 1


def test_another_process_follows_within_a_second(monotonic: dict[str, float]) -> None:
    clock.now()
    ClockOffset.objects.create(id=clock.ROW_ID, seconds=86_400)
    monotonic["now"] += 0.9
    assert is_about(clock.now(), timezone.now())
    monotonic["now"] += 0.2
    assert is_about(clock.now(), timezone.now() + timedelta(days=1))


def test_the_time_is_asked_of_the_database_once_a_second(
    monotonic: dict[str, float], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        for _ in range(100):
            clock.now()


@pytest.mark.parametrize(
    ("moment", "step", "expected"),
    [
        ("2026-01-31", "month", "2026-02-28"),
        ("2027-12-15", "month", "2028-01-15"),
        ("2028-02-29", "year", "2029-02-28"),
        ("2026-03-25", "eight_days", "2026-04-02"),
    ],
)
def test_a_month_or_a_year_later_is_a_day_that_exists(moment: str, step: str, expected: str) -> None:
    later = clock.add_step(datetime.fromisoformat(moment).replace(tzinfo=UTC), step)
    assert later.date().isoformat() == expected


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(KeyError):
        clock.move("century")


def test_a_pretended_moment_ends_with_its_block() -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.pretend(past):
        assert clock.now() == past
    assert is_about(clock.now(), timezone.now())
