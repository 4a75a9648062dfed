"""All that the domain holds about a member, for them to take along."""

from __future__ import annotations

from typing import Any

from solerni_xblocks.terms import models
from solerni_xblocks.terms.queries import proofs


def export_member(member_id: int) -> dict[str, Any]:
    """Answers, birth date, requests to guardians, notices, answers put off, drafts written; plain JSON values."""
    return {
        **proofs.export_member(member_id),
        "birth": _export_birth(member_id),
        "guardian_requests": _list(
            models.GuardianRequest, member_id, "email", "language", "state", "asked_at", "expires_at", "answered_at"
        ),
        "notices": _list(
            models.Notice, member_id, "version_uuid", "stage", "channel", "state", "message_id", "queued_at", "sent_at"
        ),
        "put_off": _list(models.Snooze, member_id, "version_uuid", "until", "count"),
        "drafts_written": [
            _write(row)
            for row in models.Draft.objects.filter(writer_id=member_id).values("uuid", "label", "changed_at")
        ],
    }


def _export_birth(member_id: int) -> dict[str, Any] | None:
    found = _list(models.Birth, member_id, "born_on", "country", "stated_at")
    return found[0] if found else None


def _list(model: Any, member_id: int, *fields: str) -> list[dict[str, Any]]:
    return [_write(row) for row in model.objects.filter(member_id=member_id).order_by("id").values(*fields)]


def _write(row: dict[str, Any]) -> dict[str, Any]:
    """Dates in ISO 8601, ids as text."""
    plain = (str, int, type(None))
    return {
        name: value if isinstance(value, plain) else value.isoformat() if hasattr(value, "isoformat") else str(value)
        for name, value in row.items()
    }
