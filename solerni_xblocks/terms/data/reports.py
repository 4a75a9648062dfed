"""Figures for operators, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from solerni_xblocks.terms.data.documents import Version


@dataclass(frozen=True, kw_only=True)
class VersionFigures:
    """How many members said last what of a version; ``told`` by mail or banner; mails that ``failed``, ``bounced``."""

    version: Version
    accepted: int
    declined: int
    withdrawn: int
    stopped: int
    told: int
    failed: int
    bounced: int


@dataclass(frozen=True, kw_only=True)
class AnswerCount:
    """How many answers of one kind were the members' last, by version, language, course, channel and day (UTC)."""

    label: str
    language: str
    course_key: str
    channel: str
    act: str
    day: date
    count: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """A document in figures: of ``active`` accounts, ``accepted`` have agreed to what it asks now."""

    document: str
    active: int
    accepted: int
    figures: tuple[VersionFigures, ...]
    answers: tuple[AnswerCount, ...]

    @property
    def pending(self) -> int:
        """Active accounts without an acceptance that counts."""
        return max(0, self.active - self.accepted)
