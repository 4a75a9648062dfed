"""Reading privacy requests, as data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from solerni_xblocks.members import models
from solerni_xblocks.members.data import Kind, Outcome, Request
from solerni_xblocks.members.queries import accounts


def list_requests(member_id: int) -> list[Request]:
    """The member's requests, the latest first, with what was done. Two queries, whatever their number."""
    rows = models.PrivacyRequest.objects.filter(member_id=member_id).order_by("-id")
    return [to_request(row) for row in rows.prefetch_related("results")]


def count_exports_before(row: models.PrivacyRequest, since: datetime) -> int:
    """Exports that the member has received since, or that were under way when ``row`` was opened."""
    earlier = models.PrivacyRequest.objects.filter(member_id=row.member_id, kind=Kind.EXPORT, id__lt=row.id)
    return (
        earlier.filter(Q(done_at__gte=since) | Q(requested_at__gte=since, done_at=None, results=None))
        .distinct()
        .count()
    )


def find_open_forget(member_id: int) -> models.PrivacyRequest | None:
    """The row of a request to forget that is not carried out yet, or None."""
    rows = models.PrivacyRequest.objects.filter(member_id=member_id, kind=Kind.FORGET, done_at=None)
    return rows.order_by("id").first()


def list_outcomes(row: models.PrivacyRequest) -> list[Outcome]:
    """Every attempt of a request, in order."""
    return [_to_outcome(result) for result in row.results.order_by("id")]


def export_member(member_id: int) -> dict[str, Any]:
    """What this domain holds about the member, as plain JSON values."""
    return {
        "requests": [_export(request) for request in list_requests(member_id)],
        "account": accounts.export_transitions(member_id),
        "wrong_passwords": _export_wrong_passwords(member_id),
    }


def _export_wrong_passwords(member_id: int) -> dict[str, Any]:
    row = models.WrongPassword.objects.filter(member_id=member_id).first()
    return {"tries": row.tries, "since": row.since.isoformat()} if row else {}


def to_request(row: models.PrivacyRequest) -> Request:
    """A row as data."""
    return Request(
        uuid=row.uuid,
        kind=Kind(row.kind),
        requested_at=row.requested_at,
        done_at=row.done_at,
        outcomes=tuple(_to_outcome(result) for result in row.results.all()),
    )


def _to_outcome(result: models.DutyResult) -> Outcome:
    return Outcome(performer=result.performer, counts=result.counts, error=result.error)


def _export(request: Request) -> dict[str, Any]:
    return {
        "request": str(request.uuid),
        "kind": request.kind.value,
        "requested_at": request.requested_at.isoformat(),
        "done_at": request.done_at.isoformat() if request.done_at else "",
    }
