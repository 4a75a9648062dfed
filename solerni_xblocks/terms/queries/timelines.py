"""What documents ask, and when: versions as the rules of time see them, without their texts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Audience, Requirement, TimelineEntry
from solerni_xblocks.terms.rules import timeline

_DOCUMENT = tuple(
    f"document__{name}" for name in ("slug", "audience", "course_key", "is_course_wide", "is_required", "renewal_days")
)
_ENTRY = ("id", "uuid", "effective_at", "requires_acceptance")


def list_requirements(now: datetime) -> tuple[tuple[Requirement, ...], datetime | None]:
    """What every document asks at ``now``, in order, and the next instant at which that changes. One query."""
    return _read(models.Version.objects.all(), now)


def find_requirement(slug: str, now: datetime) -> Requirement | None:
    """What one document asks at ``now``; None when no version of it is in force. One query."""
    found, _next_change = _read(models.Version.objects.filter(document__slug=slug), now)
    return found[0] if found else None


def _read(versions: QuerySet[models.Version], now: datetime) -> tuple[tuple[Requirement, ...], datetime | None]:
    rows = versions.filter(cancellation=None).order_by("document__order", "document__slug")
    entries: dict[tuple[Any, ...], list[TimelineEntry]] = {}
    for *document, number, uuid, effective_at, asks in rows.values_list(*_DOCUMENT, *_ENTRY):
        entries.setdefault(tuple(document), []).append(make_entry(number, uuid, effective_at, asks))
    requirements = tuple(
        _to_requirement(
            *document,
            satisfying=timeline.find_satisfying(listed, now),
            begun=frozenset(entry.uuid for entry in timeline.list_begun(listed, now)),
        )
        for document, listed in entries.items()
        if timeline.find_governing(listed, now)
    )
    return requirements, timeline.find_next_change((entry for listed in entries.values() for entry in listed), now)


def _to_requirement(
    slug: str,
    audience: str,
    course_key: str,
    is_course_wide: bool,
    is_required: bool,
    renewal_days: int | None,
    *,
    satisfying: frozenset[UUID],
    begun: frozenset[UUID],
) -> Requirement:
    return Requirement(
        document=slug,
        audience=Audience(audience),
        course_key=course_key,
        is_course_wide=is_course_wide,
        is_required=is_required,
        renewal=to_renewal(renewal_days),
        satisfying=satisfying,
        begun=begun,
    )


def list_timeline(slug: str) -> list[TimelineEntry]:
    """Every version of a document that was published and not called off, as the rules of time see it. One query."""
    rows = models.Version.objects.filter(document__slug=slug, cancellation=None)
    return [make_entry(*row) for row in rows.values_list(*_ENTRY)]


def to_renewal(days: int | None) -> timedelta | None:
    """How long an acceptance counts; None for ever."""
    return timedelta(days=days) if days else None


def make_entry(id: int, uuid: UUID, effective_at: datetime, requires_acceptance: bool) -> TimelineEntry:
    """A version as the rules of time see it, from its columns in this order."""
    return TimelineEntry(id=id, uuid=uuid, effective_at=effective_at, requires_acceptance=requires_acceptance)
