"""Shapes of the terms domain: frozen values that api takes and gives. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

SAMPLES = Path(__file__).parent / "samples"
"""Documents of our own wording in French and English; no lawyer has read them."""


class Audience(StrEnum):
    """Whom a document binds: every member of the site, or those who meet a terms block of one course."""

    MEMBERS = "members"
    COURSE = "course"


class Act(StrEnum):
    """What a member answered."""

    ACCEPT = "accept"
    DECLINE = "decline"


class Channel(StrEnum):
    """Where the answer was given: a terms block of a course, or the document's own page."""

    BLOCK = "block"
    PAGE = "page"


class Stage(StrEnum):
    """Where a published version stands; follows from dates alone."""

    SCHEDULED = "scheduled"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True)
class TextDraft:
    """One language of a version to publish: Markdown ``source``, and the ``title`` that stands outside it."""

    title: str
    source: str


@dataclass(frozen=True, kw_only=True)
class VersionDraft:
    """A version to publish. ``effective_at`` None means at once; ``summary`` says what changed and why."""

    label: str
    texts: dict[str, TextDraft]
    effective_at: datetime | None = None
    requires_acceptance: bool = True
    summary: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """One published version as the rules of time see it, without its text. ``id`` tells which was published last."""

    id: int
    uuid: UUID
    effective_at: datetime
    requires_acceptance: bool


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What one document asks now: acceptance of any version in ``satisfying``; nothing when that is empty."""

    document: str
    audience: Audience
    course_key: str
    satisfying: frozenset[UUID]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version without its text. ``languages`` are sorted codes."""

    uuid: UUID
    document: str
    label: str
    published_at: datetime
    effective_at: datetime
    requires_acceptance: bool
    summary: str
    stage: Stage
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Text:
    """One language of a version; ``html`` is the rendering kept at publish, ``digest`` the sha256 of the source."""

    language: str
    title: str
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
    """Where a member stands with a document now: ``is_due`` when an acceptance is owed; the last answers, if any."""

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
