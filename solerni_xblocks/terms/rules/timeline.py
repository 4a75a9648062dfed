"""Which version governs, and which acceptances count. State follows from dates; nothing is ever switched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from solerni_xblocks.terms.data import Stage, TimelineEntry


def find_governing(entries: Iterable[TimelineEntry], now: datetime) -> TimelineEntry | None:
    """The version in force: among those whose instant has come, the latest; published last wins a tie.

    >>> from datetime import UTC
    >>> day = lambda n: datetime(2026, 6, n, tzinfo=UTC)
    >>> old, new = (
    ...     TimelineEntry(id=n, uuid=UUID(int=n), effective_at=day(n), requires_acceptance=True) for n in (1, 5)
    ... )
    >>> [find_governing([old, new], day(n)).id for n in (1, 4, 5)]
    [1, 1, 5]
    """
    begun = list_begun(entries, now)
    return begun[-1] if begun else None


def find_satisfying(entries: Iterable[TimelineEntry], now: datetime) -> frozenset[UUID]:
    """Versions of which an acceptance counts now: the last that asked for one, and the minor ones since.

    A minor version asks nobody, so who accepted the major one before it still passes. Empty when no version has
    ever asked.
    """
    satisfying: set[UUID] = set()
    for entry in list_begun(entries, now):
        if entry.requires_acceptance:
            satisfying = {entry.uuid}
        elif satisfying:
            satisfying.add(entry.uuid)
    return frozenset(satisfying)


def list_answerable(entries: Iterable[TimelineEntry], now: datetime) -> frozenset[UUID]:
    """Versions that a member may answer now: the one in force, and the major ones that are announced for later."""
    listed = list(entries)
    governing = find_governing(listed, now)
    ahead = {entry.uuid for entry in listed if entry.effective_at > now and entry.requires_acceptance}
    return frozenset(ahead | ({governing.uuid} if governing else set()))


def find_next_change(entries: Iterable[TimelineEntry], now: datetime) -> datetime | None:
    """The next instant at which a scheduled version comes into force."""
    return min((entry.effective_at for entry in entries if entry.effective_at > now), default=None)


def decide_stage(entry: TimelineEntry, entries: Iterable[TimelineEntry], now: datetime) -> Stage:
    """Scheduled before its instant, in force, or superseded."""
    if entry.effective_at > now:
        return Stage.SCHEDULED
    return Stage.IN_FORCE if entry == find_governing(entries, now) else Stage.SUPERSEDED


def list_begun(entries: Iterable[TimelineEntry], now: datetime) -> list[TimelineEntry]:
    """Versions whose instant has come, in the order in which they came into force."""
    begun = (entry for entry in entries if entry.effective_at <= now)
    return sorted(begun, key=lambda entry: (entry.effective_at, entry.id))
