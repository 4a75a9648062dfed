"""What waits for moderators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from solerni_xblocks.discussion.data.moderation import DecisionRecord
from solerni_xblocks.discussion.data.posts import PostRecord
from solerni_xblocks.discussion.data.reports import ReportView
from solerni_xblocks.discussion.data.sanctions import SanctionRecord
from solerni_xblocks.discussion.data.states import Act, Power, State, Voice
from solerni_xblocks.discussion.data.verdicts import Reason

if TYPE_CHECKING:
    from opaque_keys.edx.keys import CourseKey, UsageKey


class Only(StrEnum):
    """What a queue is narrowed to."""

    ALL = "all"
    OVERDUE = "overdue"
    MINE = "mine"
    FREE = "free"
    REPORTED = "reported"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of the queue is wanted; keys as text, empty for all."""

    course: str = ""
    place: str = ""
    source: str = ""
    clause: str = ""
    only: Only = Only.ALL


EVERYTHING = Filters()
"""Nothing is left out."""


@dataclass(frozen=True, kw_only=True)
class QueueCursor:
    """Where a queue goes on: after the case of this deadline, score and number."""

    due_at: datetime
    score: float
    id: int


@dataclass(frozen=True, kw_only=True)
class Lease:
    """Who works on a case, and until when at the latest."""

    member_id: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Case:
    """One line of the queue. ``version`` is the case's, ``post_version`` the wording that waits.

    ``takers``: of an overdue line, who can take it on; None where that is not told.
    """

    uuid: UUID
    version: int
    post_uuid: UUID
    post_version: int
    thread_uuid: UUID
    title: str
    excerpt: str
    author_id: int | None
    voice: Voice
    is_opening: bool
    state: State
    source: str
    score: float
    clauses: tuple[str, ...]
    reports: int
    opened_at: datetime
    due_at: datetime
    claim: Lease | None
    course_key: CourseKey
    usage_key: UsageKey
    takers: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class QueueStatistics:
    """How the promise is kept: what waits, what is late, and working hours to a decision in the last thirty days.

    ``median`` and ``ninetieth`` are None when nothing was decided; nine of ten took no longer than the latter.
    """

    waiting: int
    overdue: int
    decided: int
    median: float | None
    ninetieth: float | None
    promised: int


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A page of what waits for a moderator, due first; ``total`` counts all that the filters let through."""

    cases: tuple[Case, ...]
    total: int
    statistics: QueueStatistics
    after: QueueCursor | None
    courses: tuple[CourseKey, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits in one place, due first; ``total`` counts also what is not listed."""

    cases: tuple[Case, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class PastWording:
    """One wording of a post."""

    number: int
    editor_id: int | None
    title: str
    source: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A message of the same thread, for context."""

    uuid: UUID
    author_id: int | None
    voice: Voice
    state: State
    is_opening: bool
    is_parent: bool
    plain: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AuthorRecord:
    """What moderators of these courses may know of an author: numbers, the last decisions, and sanctions.

    ``may_be_sanctioned``: not by who moderates with them.
    """

    published: int
    restricted: int
    upheld_reports: int
    decisions: tuple[DecisionRecord, ...]
    sanctions: tuple[SanctionRecord, ...]
    may_be_sanctioned: bool


@dataclass(frozen=True, kw_only=True)
class CaseReading:
    """All that a moderator needs to decide on one post. ``case`` is None when nothing waits.

    ``record`` is None for who is only trusted with what is not published.
    """

    post: PostRecord
    case: Case | None
    case_version: int
    power: Power
    acts: tuple[Act, ...]
    reasons: tuple[Reason, ...]
    wordings: tuple[PastWording, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]
    reports: tuple[ReportView, ...]
    decisions: tuple[DecisionRecord, ...]
    record: AuthorRecord | None
    course_key: CourseKey
    usage_key: UsageKey


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What became of several posts decided on, or taken back, at once; ``failed`` says why, by post."""

    uuid: UUID
    done: tuple[UUID, ...]
    failed: tuple[tuple[UUID, str], ...]
