"""Versions that ask for an answer, and notices of them, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from solerni_xblocks.terms.data.answers import Receipt
from solerni_xblocks.terms.data.documents import WHOLE_SITE, Audience, Kind


class NoticeStage(StrEnum):
    """What a notice of a change says: it is announced, its date is near, it is in force, it was called off."""

    ANNOUNCED = "announced"
    REMINDED = "reminded"
    DUE = "due"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A version that asks members for an answer, now or from ``effective_at`` on.

    ``satisfying``: versions of which an acceptance answers it. ``answer_uuid``: the one to show and to answer, a minor
    one when it has come since. ``is_change``: members are told of it; not so of the
    very first version of a document that is in force at once.
    """

    version_uuid: UUID
    version_digest: str
    answer_uuid: UUID
    document: str
    label: str
    audience: Audience
    kind: Kind
    is_required: bool
    published_at: datetime
    effective_at: datetime
    satisfying: frozenset[UUID]
    is_change: bool

    @property
    def is_for_all(self) -> bool:
        """Whether every member must answer, whatever they have said before."""
        return self.audience in WHOLE_SITE and self.is_required


@dataclass(frozen=True, kw_only=True)
class Change:
    """A version that awaits the answer of one member.

    ``former``: the acceptance that they gave before, None when there is none. ``later_until``: until when Later would
    put the answer off, None when that is no choice. ``snoozed_until``: until when it was put off last.
    """

    asking: Asking
    is_due: bool
    former: Receipt | None
    later_until: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Pending:
    """A change that awaits an answer, for the banner: with the title of the document."""

    change: Change
    title: str


@dataclass(frozen=True, kw_only=True)
class NoticesSettled:
    """What one run over notices did."""

    queued: int
    sent: int
    failed: int
