"""Decisions about privacy requests and about accounts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sized
from datetime import datetime, timedelta
from typing import Any

from solerni_xblocks.members.data import Outcome, Reason, State

FINAL = frozenset({Reason.GUARDIAN_SILENT})
"""An account that was never opened has nothing to wait for: it is sealed at once (S22)."""


def may_export(done_today: int, limit: int) -> bool:
    """Exports are free but not endless: ``limit`` finished ones within 24 hours."""
    return done_today < limit


def list_missing(performers: Collection[str], outcomes: Iterable[Outcome]) -> list[str]:
    """Performers that have not succeeded yet; the request is done when there is none.

    >>> failed, done = Outcome(performer="a", counts={}, error="OSError"), Outcome(performer="a", counts={}, error="")
    >>> list_missing(["a", "b"], [failed]), list_missing(["a"], [failed, done])
    (['a', 'b'], [])
    """
    succeeded = {outcome.performer for outcome in outcomes if not outcome.error}
    return [performer for performer in performers if performer not in succeeded]


def count_items(value: Mapping[str, Any]) -> dict[str, int]:
    """How much a performer returned, without what it returned: numbers as they are, lists and texts by their size.

    >>> count_items({"posts": ["a", "b"], "rows": 3, "name": "Léa"})
    {'posts': 2, 'rows': 3, 'name': 1}
    """
    return {key: _count(item) for key, item in value.items()}


def _count(item: Any) -> int:
    if isinstance(item, int):
        return item
    return len(item) if isinstance(item, Sized) and not isinstance(item, str) else 1


def decide_closing(reason: Reason, now: datetime, days: int) -> tuple[State, datetime | None]:
    """The state in which a closing puts the account, and until when it may be withdrawn.

    >>> from datetime import UTC
    >>> decide_closing(Reason.OWN_WISH, datetime(2026, 2, 25, tzinfo=UTC), 7)[1].isoformat()
    '2026-03-04T00:00:00+00:00'
    >>> decide_closing(Reason.GUARDIAN_SILENT, datetime(2026, 2, 25, tzinfo=UTC), 7)
    (<State.SEALED: 'sealed'>, None)
    """
    return (State.SEALED, None) if reason in FINAL else (State.CLOSING, now + timedelta(days=days))


def may_withdraw(state: State, ends_at: datetime | None, now: datetime) -> bool:
    """A closing can be taken back until its last second; then it is final, whether or not the job has run."""
    return state is State.CLOSING and ends_at is not None and now < ends_at
