"""How many cases wait, and how many of them are late.

The number is exact up to a thousand. Of more it is up to five minutes old: counting them all, the database walks over
each, whenever somebody looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.models import Case

MANY = 1_000
SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Cases that wait, and those of them that are due."""

    waiting: int
    overdue: int


def tally_cases(cases: QuerySet[Case], *, name: str) -> Tally:
    """How many open ``cases`` there are; ``name`` tells them from other sets of cases."""
    first = _count(cases.order_by("due_at", "-score", "id")[:MANY])
    if first.waiting < MANY:
        return first
    key = f"solerni.discussion.tally.{sha256(name.encode()).hexdigest()[:20]}"
    kept: Tally | None = cache.get(key)
    if kept is None:
        kept = _count(cases)
        cache.set(key, kept, SECONDS)
    return kept


def _count(cases: QuerySet[Case]) -> Tally:
    return Tally(**cases.aggregate(waiting=Count("pk"), overdue=Count("pk", filter=Q(due_at__lte=clock.now()))))
