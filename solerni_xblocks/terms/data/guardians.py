"""Minors and their guardians, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from solerni_xblocks.terms.data.answers import Origin
from solerni_xblocks.terms.data.gate import Birth


class GuardianState(StrEnum):
    """What became of a request to a guardian."""

    UNNAMED = "unnamed"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    OF_AGE = "of_age"


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A version that a minor accepted and of which the guardian is asked; ``reference``: the minor's own proof."""

    document: str
    version_uuid: UUID
    effective_at: datetime
    reference: UUID


@dataclass(frozen=True, kw_only=True)
class GuardianRequest:
    """A request as the minor sees it: the address is masked."""

    state: GuardianState
    address: str
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Guardianship:
    """Where a member stands as a minor. ``due``: documents to accept themselves first; ``asked``: those that wait
    for the guardian; ``is_pending``: a guardian's consent is missing now; ``request``: the last one, if any."""

    birth: Birth | None
    is_minor: bool
    is_pending: bool
    due: tuple[str, ...]
    asked: tuple[Consent, ...]
    request: GuardianRequest | None


@dataclass(frozen=True, kw_only=True)
class GuardianLink:
    """What a guardian's link says, and from where it was opened."""

    request_uuid: UUID
    secret: str
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, kw_only=True)
class GuardianVisit:
    """What a guardian's link opens: an answer to give (``sent``) or a consent to withdraw (``confirmed``).

    ``child``: the public name of the minor. ``asked``: what waits for the answer; empty for a consent given.
    """

    state: GuardianState
    child: str
    language: str
    expires_at: datetime
    asked: tuple[Consent, ...]


@dataclass(frozen=True, kw_only=True)
class GuardianAnswer:
    """What a guardian said on the page of a link: the versions that were shown, each in its language, and on which
    screen."""

    link: GuardianLink
    versions: Mapping[UUID, str]
    screen_digest: str
