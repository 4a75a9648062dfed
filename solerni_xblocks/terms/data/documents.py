"""Documents, their versions and texts, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

SAMPLES = Path(__file__).parents[1] / "samples"
"""Documents of our own wording in French and English; no lawyer has read them."""


DEFAULT_DOCUMENT = "terms"
"""The document of a terms block whose author chose none."""


class Audience(StrEnum):
    """Whom a document is for. Everyone: visitors read it, members are asked. Course: those who take part in it."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    COURSE = "course"
    MINORS = "minors"


WHOLE_SITE = (Audience.EVERYONE, Audience.MEMBERS)
"""Documents that every member is asked for, when they are required."""


class Kind(StrEnum):
    """What a document is about; notices name it."""

    TERMS = "terms"
    CHARTER = "charter"
    PRICING = "pricing"
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
    is_required: bool = True


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
class DocumentSettings:
    """Whom a document is for and what it asks of them, as api.save_document takes it."""

    audience: Audience = Audience.MEMBERS
    kind: Kind = Kind.TERMS
    course_key: str = ""
    is_course_wide: bool = False
    is_required: bool = True
    renewal_days: int | None = None
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class ExportedDocument:
    """A document as files hold it: the exact sources in force, by language."""

    slug: str
    settings: DocumentSettings
    requires_acceptance: bool
    sources: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause of a document: ``id`` stays the same through versions, ``heading`` may be renumbered or reworded."""

    id: str
    heading: str
    level: int


@dataclass(frozen=True, kw_only=True)
class DocumentSummary:
    """A document for lists: its slug, the title in force (empty while nothing is), its versions, newest first."""

    slug: str
    audience: Audience
    course_key: str
    title: str
    versions: tuple[Version, ...]
