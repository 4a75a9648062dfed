"""Shapes of the members domain. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Kind(StrEnum):
    """What a privacy request asks for; the names of the duties that it discharges."""

    EXPORT = "export"
    FORGET = "forget"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one performer did at one attempt; ``error`` is empty when it succeeded. Counts, no content."""

    performer: str
    counts: dict[str, int]
    error: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """One privacy request; ``done_at`` is None until every performer has succeeded."""

    uuid: UUID
    kind: Kind
    requested_at: datetime
    done_at: datetime | None
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Export:
    """All that is held about a member: a JSON document, and the name of the file it makes."""

    filename: str
    document: dict[str, Any]


class State(StrEnum):
    """Where an account stands. Closing: shut at once, may still be withdrawn; sealed: shut for good."""

    ACTIVE = "active"
    CLOSING = "closing"
    SEALED = "sealed"


class Reason(StrEnum):
    """Why an account changed its state."""

    OWN_WISH = "own_wish"
    TERMS_STOP = "terms_stop"
    GUARDIAN_SILENT = "guardian_silent"
    GUARDIAN_WITHDREW = "guardian_withdrew"
    WITHDRAWN = "withdrawn"
    TIME = "time"


class Motive(StrEnum):
    """What a member who leaves may say of it; nothing is asked beyond."""

    NO_NEED = "no_need"
    PRIVACY = "privacy"
    CONTENT = "content"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Where an account stands, since when and why; ``ends_at``: when a closing becomes final."""

    state: State
    reason: Reason | None = None
    since: datetime | None = None
    ends_at: datetime | None = None
    may_withdraw: bool = False
