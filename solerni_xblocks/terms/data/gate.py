"""What the gate weighs, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from solerni_xblocks.terms.data.documents import Audience


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What one document asks now: acceptance of any version in ``satisfying``; nothing when that is empty.

    ``begun``: every version that is or was in force. ``renewal``: how long an acceptance counts, None for ever.
    ``may_decline``: a refusal is an answer too.
    """

    document: str
    audience: Audience
    course_key: str
    is_course_wide: bool
    is_required: bool
    renewal: timedelta | None
    satisfying: frozenset[UUID]
    begun: frozenset[UUID]
    may_decline: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Birth:
    """When somebody was born, and the country (two letters) whose limits hold."""

    born_on: date
    country: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Ages, in years, below which a guardian must agree: to ``use`` of the service, to ``data`` jointly (S18)."""

    use: int
    data: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What a member has said until now: acceptances that stand, by version, with their instant.

    ``refused``: versions that they declined, or withdrew from, last. ``confirmed``: the guardian's acceptances.
    ``birth``: None when unknown.
    """

    accepted: Mapping[UUID, datetime]
    refused: frozenset[UUID]
    confirmed: Mapping[UUID, datetime]
    birth: Birth | None


class Obstacle(StrEnum):
    """What stands between a member and the service."""

    BIRTH = "birth"
    GUARDIAN = "guardian"
    TERMS = "terms"
