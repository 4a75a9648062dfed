"""Shapes of the terms domain: frozen values that api takes and gives. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

SAMPLES = Path(__file__).parent / "samples"
"""Documents of our own wording in French and English; no lawyer has read them."""


class Audience(StrEnum):
    """Whom a document is for. Everyone: visitors read it, members are asked. Course: those who take part in it."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    COURSE = "course"
    MINORS = "minors"


class Kind(StrEnum):
    """What a document is about; notices name it."""

    TERMS = "terms"
    CHARTER = "charter"
    PRICING = "pricing"
    SERVICE = "service"


class Act(StrEnum):
    """What was done about a version."""

    PUBLISH = "publish"
    CANCEL = "cancel"
    NOTIFY = "notify"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    STOP = "stop"


class Channel(StrEnum):
    """Where it was done."""

    BLOCK = "block"
    PAGE = "page"
    REGISTRATION = "registration"
    API = "api"
    GUARDIAN = "guardian"
    OPERATOR = "operator"
    MAIL = "mail"
    BANNER = "banner"


class Actor(StrEnum):
    """Who did it."""

    SELF = "self"
    GUARDIAN = "guardian"
    OPERATOR = "operator"
    SERVICE = "service"


class Stage(StrEnum):
    """Where a published version stands; follows from dates alone, unless it was cancelled before its own."""

    SCHEDULED = "scheduled"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class TextDraft:
    """One language of a version to publish: Markdown ``source``, the ``title`` that stands outside it, and
    ``summary``: what changes, and why."""

    title: str
    source: str
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class VersionDraft:
    """A version to publish. ``effective_at`` None means at once; ``contact``: where questions and complaints go."""

    label: str
    texts: dict[str, TextDraft]
    contact: str
    effective_at: datetime | None = None
    requires_acceptance: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """One published version as the rules of time see it, without its text. ``id`` tells which was published last."""

    id: int
    uuid: UUID
    effective_at: datetime
    requires_acceptance: bool


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What one document asks now: acceptance of any version in ``satisfying``; nothing when that is empty.

    ``renewal``: how long an acceptance counts, None for ever.
    """

    document: str
    audience: Audience
    course_key: str
    is_course_wide: bool
    is_required: bool
    renewal: timedelta | None
    satisfying: frozenset[UUID]


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

    ``confirmed``: those of the guardian. ``birth``: None when unknown.
    """

    accepted: Mapping[UUID, datetime]
    confirmed: Mapping[UUID, datetime]
    birth: Birth | None


class Obstacle(StrEnum):
    """What stands between a member and the service."""

    GUARDIAN = "guardian"
    TERMS = "terms"


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version without its text. ``languages`` are sorted codes."""

    uuid: UUID
    document: str
    label: str
    published_at: datetime
    effective_at: datetime
    requires_acceptance: bool
    contact: str
    digest: str
    stage: Stage
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Text:
    """One language of a version; ``html`` is the rendering kept at publish, ``digest`` the sha256 of the source."""

    language: str
    title: str
    summary: str
    html: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """A version to read: its text in one language, and every version of the document, newest first."""

    version: Version
    text: Text
    versions: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One proof, as its member sees it."""

    uuid: UUID
    act: Act
    document: str
    version_uuid: UUID
    label: str
    language: str
    text_digest: str
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a member stands with a version: ``is_due`` when the document asks for an acceptance that is not there.

    ``accepted``, ``declined``: the answer that stands, if any; at most one of them is given.
    """

    is_due: bool
    accepted: Receipt | None
    declined: Receipt | None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an answer came from, as the server saw it: network address and user agent, empty when unknown."""

    ip: str = ""
    agent: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A member's answer to the version shown. The door fills it; nothing but version and language is the client's.

    ``document`` is the slug that the door shows: a version of another document is refused.
    """

    document: str
    member_id: int
    version_uuid: UUID
    language: str
    channel: Channel
    screen_digest: str
    course_key: str = ""
    origin: Origin = Origin()


@dataclass(frozen=True, kw_only=True)
class DocumentSummary:
    """A document for lists: its slug, the title in force (empty while nothing is), its versions, newest first."""

    slug: str
    audience: Audience
    course_key: str
    title: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True)
class ProofEntry:
    """One act to append to the chain. ``member_id`` None: an act of the service about the version itself.

    ``turn`` numbers acts of one kind by one member about one version: a second row of the same turn is refused.
    ``reference``: the mail's message id of a notice, the uuid of the proof that a guardian's answer belongs to.
    """

    act: Act
    member_id: int | None
    version_uuid: UUID
    version_digest: str
    document: str
    label: str
    channel: Channel
    actor: Actor = Actor.SELF
    turn: int = 0
    language: str = ""
    text_digest: str = ""
    screen_digest: str = ""
    course_key: str = ""
    reference: str = ""
    actor_id: int | None = None
    note: str = ""
    origin: Origin = Origin()
