"""Decisions about privacy requests. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sized
from typing import Any

from solerni_xblocks.members.data import Outcome


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
