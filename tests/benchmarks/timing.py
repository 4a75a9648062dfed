"""How a thing is timed: warmed up, repeated, one figure a repetition. Standard library only: peers import it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median_low
from time import perf_counter
from typing import Any


def _nothing() -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Something to be timed.

    ``run`` gets what ``prepare`` made; only ``run`` is timed, ``check`` then looks at its answer and raises when the
    work was not done. ``batch`` runs share one reading of the clock, for what takes microseconds. ``pieces``: how many
    equal things one run does; a reading is the time of one. ``count`` runs the thing once and returns the number of
    queries; None where there is no database, or where it says nothing.
    """

    run: Callable[[Any], Any]
    prepare: Callable[[], Any] = _nothing
    check: Callable[[Any], None] = lambda answer: None
    batch: int = 1
    pieces: int = 1
    warm_up: int = 3
    count: Callable[[Callable[[], Any]], int] | None = None


@dataclass(frozen=True, kw_only=True)
class Share:
    """Something that is counted rather than timed, in percent."""

    percent: float

    def read(self, times: int) -> list[float]:
        """The same figure each time."""
        return [self.percent] * times

    def count_queries(self) -> None:
        """No database."""
        return None


class Runner:
    """Takes readings of one subject, round after round."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        for _ in range(subject.warm_up):
            self._read()

    def read(self, times: int) -> list[float]:
        """Seconds of one run, for each of ``times`` readings."""
        return [self._read() for _ in range(times)]

    def count_queries(self) -> int | None:
        """Queries of one run: the median of five, since some runs also look whether something changed."""
        subject = self._subject
        if subject.count is None:
            return None
        counts = []
        for _ in range(5):
            made = subject.prepare()
            counts.append(subject.count(lambda made=made: subject.check(subject.run(made))))
        return median_low(counts)

    def _read(self) -> float:
        subject = self._subject
        made = subject.prepare()
        run, repetitions = subject.run, range(subject.batch)
        started = perf_counter()
        for _ in repetitions:
            answer = run(made)
        spent = perf_counter() - started
        subject.check(answer)
        return spent / subject.batch / subject.pieces
