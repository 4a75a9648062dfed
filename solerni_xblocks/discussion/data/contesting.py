"""What members contest, and what second readers answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from solerni_xblocks.discussion.data.moderation import DecisionRecord, Ground
from solerni_xblocks.discussion.data.queues import Lease
from solerni_xblocks.discussion.data.reports import ReportView
from solerni_xblocks.discussion.data.sanctions import SanctionRecord
from solerni_xblocks.discussion.data.states import Act, State
from solerni_xblocks.discussion.data.verdicts import Reason

if TYPE_CHECKING:
    from opaque_keys.edx.keys import CourseKey


class Party(StrEnum):
    """As what somebody contests a decision."""

    AUTHOR = "author"
    REPORTER = "reporter"


@dataclass(frozen=True, kw_only=True)
class Contester:
    """Who asks about a decision: an account, or somebody without one who holds the ``seal`` of their notice."""

    member_id: int | None = None
    seal: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody writes in the dialogue; ``submission`` names the attempt, so that it counts once."""

    submission: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class SecondReading:
    """What a second reader answers: the decision stands, or is reversed by ``act``.

    ``text`` goes to who contested. ``grounds`` and ``message`` go to the post's author, when ``act`` takes something
    from them. ``seen`` is the version of the appeal that was read.
    """

    is_reversed: bool
    text: str
    seen: int
    act: Act | None = None
    grounds: tuple[Ground, ...] = ()
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class AppealMessage:
    """One message of the dialogue. ``writer_id`` is None without an account, or once forgotten."""

    writer_id: int | None
    by_moderation: bool
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AppealRecord:
    """One complaint as both sides read it. ``is_reversed`` is None until a person answered."""

    uuid: UUID
    party: Party
    contester_id: int | None
    is_open: bool
    version: int
    claim: Lease | None
    is_reversed: bool | None
    answer: str
    second_reader_id: int | None
    outcome: DecisionRecord | None
    at: datetime
    due_at: datetime
    answered_at: datetime | None
    messages: tuple[AppealMessage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StatementRecord:
    """A statement of reasons as kept (DSA article 17), in the codes of the Commission's database."""

    uuid: UUID
    visibility: str
    provision: str
    ends_on: date | None
    territory: tuple[str, ...]
    facts: str
    source_type: str
    automated_detection: bool
    automated_decision: str
    ground: str
    ground_reference: str
    ground_url: str
    explanation: str
    is_also_illegal: bool
    category: str
    keywords: tuple[str, ...]
    content_types: tuple[str, ...]
    content_language: str
    content_on: date
    applied_on: date


@dataclass(frozen=True, kw_only=True)
class DecisionReading:
    """A decision as its author or a reporter reads it. What is the author's own is empty for a reporter.

    ``report`` is the reporter's own. ``may_contest`` until ``closes_at``, once; ``is_moved``: the post is no longer as
    this decision left it. ``reasons``: what rules saw in the wording that was judged. ``sanction``: what it imposed.
    """

    party: Party
    decision: DecisionRecord
    statement: StatementRecord | None
    title: str
    source: str
    reasons: tuple[Reason, ...]
    state: State
    is_moved: bool
    thread_uuid: UUID
    post_uuid: UUID
    course_key: CourseKey
    written_at: datetime
    report: ReportView | None
    by_notice: bool
    closes_at: datetime | None
    may_contest: bool
    appeal: AppealRecord | None
    sanction: SanctionRecord | None = None


@dataclass(frozen=True, kw_only=True)
class AppealLine:
    """One line of the list of appeals; ``may_answer``: the reader is a second person. ``takers`` as of a case."""

    uuid: UUID
    title: str
    party: Party
    act: Act
    decided_by: int | None
    claim: Lease | None
    messages: int
    at: datetime
    due_at: datetime
    course_key: CourseKey
    may_answer: bool
    takers: tuple[int, ...] | None


@dataclass(frozen=True, kw_only=True)
class AppealCursor:
    """Where a list of appeals goes on."""

    due_at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class AppealPage:
    """A page of open appeals, due first."""

    lines: tuple[AppealLine, ...]
    total: int
    after: AppealCursor | None


@dataclass(frozen=True, kw_only=True)
class AppealReading:
    """All that a second reader needs. ``refusal`` is the code of why this person may not answer, or empty.

    ``acts`` are the decisions by which this one can be reversed; none when the post has moved on since.
    """

    appeal: AppealRecord
    decision: DecisionRecord
    statement: StatementRecord | None
    report: ReportView | None
    title: str
    source: str
    reasons: tuple[Reason, ...]
    state: State
    post_uuid: UUID
    thread_uuid: UUID
    author_id: int | None
    course_key: CourseKey
    acts: tuple[Act, ...]
    refusal: str
    sanction: SanctionRecord | None = None
