"""What members report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ReportRecord:
    """How many of a person's reports were answered, and how many of those upheld."""

    upheld: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What a reporter says: a reason of ReportReason, and a note."""

    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """A report as moderators read it. ``reporter_id`` is None without an account, or once forgotten."""

    uuid: UUID
    reason: str
    note: str
    reporter_id: int | None
    weight: float
    is_open: bool
    is_upheld: bool | None
    at: datetime
