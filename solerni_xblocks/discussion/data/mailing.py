"""How members want to be told by mail, and what a mail says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Frequency(StrEnum):
    """When a member wants to be told by mail."""

    NEVER = "never"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


RHYTHMS = (Frequency.DAILY, Frequency.WEEKLY)
"""Of digests."""

CHOSEN = ("reply", "mention", "answer", "endorsed", "thread", "report")
OF_MODERATORS = ("queue", "second")
"""Kinds of notices that members choose mail for; decisions and contests are always mailed (see models.Letter)."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What holds for one kind of notice. ``own`` is what the member chose here, None for nothing; ``fallback`` what
    holds then."""

    kind: str
    own: Frequency | None
    fallback: Frequency


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """The choices of a member for one course (``course_key`` its key as text) or, with an empty key, everywhere."""

    course_key: str
    course_title: str
    choices: tuple[Choice, ...]
    courses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """What a link in a mail ends: mails of one ``kind`` in a course, or (a rhythm as ``kind``) the digests.

    ``is_stopped``: it has ended already.
    """

    kind: str
    course_title: str
    is_stopped: bool


@dataclass(frozen=True, kw_only=True)
class MailLine:
    """One thing that a mail tells. ``author`` is empty where the voice hides it; ``due_at`` of what waits."""

    id: int
    kind: str
    course_key: str
    thread_uuid: UUID | None
    title: str
    url: str
    at: datetime
    author: str = ""
    voice: str = ""
    excerpt: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MailThread:
    """The lines about one thread, in a digest."""

    title: str
    lines: tuple[MailLine, ...]


@dataclass(frozen=True, kw_only=True)
class MailCourse:
    """The threads of one course, in a digest."""

    title: str
    threads: tuple[MailThread, ...]
