"""Shapes of the badges domain: frozen values that doors, rules and flows hand to one another. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class FactKind(StrEnum):
    """What can happen to a member and count."""

    POST_PUBLISHED = "post.published"
    TERMS_ACCEPTED = "terms.accepted"


@dataclass(frozen=True, kw_only=True)
class FactData:
    """What happened once: ``source`` names the thing (a post, a proof) and is unique with ``kind``.

    ``course_key`` is text; empty counts in every course. ``at`` is aware.
    """

    kind: FactKind
    source: str
    member_id: int
    course_key: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BadgeDefinition:
    """A badge as its author wrote it. ``criterion`` is the rule as JSON; ``sentences`` say it, one for each leaf."""

    usage_key: str
    course_key: str
    name: str
    description: str
    language: str
    criterion: Mapping[str, Any]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadgeToWin:
    """A badge that a member does not hold, as its current version says what is to be done."""

    id: int
    uuid: UUID
    course_key: str
    version_id: int
    rule_version: int
    criterion: Any


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """One version of a badge, as the world sees it."""

    uuid: UUID
    badge_uuid: UUID
    course_key: str
    number: int
    name: str
    description: str
    language: str
    criterion: Mapping[str, Any]
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One leaf of a criterion beside what the member has: ``counted`` of ``needed`` facts of ``kind``."""

    kind: str
    needed: int
    counted: int

    @property
    def is_met(self) -> bool:
        """Whether enough was counted."""
        return self.counted >= self.needed


@dataclass(frozen=True, kw_only=True)
class Award:
    """One badge held by one member. ``counted`` explains it: the leaves of the rule and what they counted then."""

    uuid: UUID
    achievement: Achievement
    awarded_at: datetime
    state: str
    is_public: bool
    published_at: datetime | None
    is_signed: bool
    counted: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a member stands with a badge; ``award`` once it is held."""

    achievement: Achievement
    requirements: tuple[Requirement, ...]
    award: Award | None


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who signs: the did:web, the name shown, the site."""

    did: str
    name: str
    url: str


class Outcome(StrEnum):
    """How one check of a credential ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


class CheckName(StrEnum):
    """What is checked about a credential, in order."""

    STRUCTURE = "structure"
    CONTEXTS = "contexts"
    TERMS = "terms"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    DATES = "dates"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: ``code`` says why it failed or was not made, ``detail`` where (text of the document: escape it)."""

    name: CheckName
    outcome: Outcome
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found about one credential. ``shown`` holds what the document says of itself, as plain text."""

    checks: tuple[Check, ...]
    shown: Mapping[str, str]

    @property
    def verdict(self) -> Outcome:
        """Failed when any check failed; not checked when any could not be made; else passed."""
        outcomes = {check.outcome for check in self.checks}
        return next((o for o in (Outcome.FAILED, Outcome.NOT_CHECKED) if o in outcomes), Outcome.PASSED)


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Public addresses under ``base_url``. They are promised inside credentials, so they never change."""

    base_url: str

    @property
    def issuer(self) -> str:
        """The issuer's page; its did.json stands below."""
        return f"{self.base_url}/solerni/badges/issuer/"

    def get_award(self, uuid: UUID) -> str:
        """The id of a credential, and the public page of the award when its holder publishes it."""
        return f"{self.base_url}/solerni/badges/awards/{uuid}/"

    def get_achievement(self, uuid: UUID) -> str:
        """The id of an achievement (one version of a badge)."""
        return f"{self.base_url}/solerni/badges/achievements/{uuid}/"

    def get_image(self, uuid: UUID) -> str:
        """The picture of an achievement."""
        return f"{self.get_achievement(uuid)}image.svg"


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What a settling run did: awards made, credentials signed, awards that still wait for a signature."""

    awarded: int
    signed: int
    waiting: int
