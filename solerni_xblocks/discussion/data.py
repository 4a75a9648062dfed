"""Shapes that discussion hands around: drafts, verdicts, what a page shows. No Django, no rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from opaque_keys.edx.keys import CourseKey, UsageKey


class Outcome(IntEnum):
    """What a verdict does to a draft, from light to grave."""

    PUBLISH = 0
    NUDGE = 1
    HOLD = 2
    REFUSE = 3


class State(StrEnum):
    """Where a post stands; a thread stands where its opening post does."""

    PUBLISHED = "published"
    HELD = "held"
    REFUSED = "refused"


class Part(StrEnum):
    """What a passage was found in."""

    TITLE = "title"
    BODY = "body"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The rules that an author set for a place."""

    judges_courtesy: bool = True
    holds_everything: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where threads live: one block, with its policy."""

    course_key: CourseKey
    usage_key: UsageKey
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a member wants to say. ``submission`` names the attempt: sent twice, written once. Replies have no title."""

    submission: UUID
    source: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What the rules may know of the circumstances."""

    is_moderator: bool
    is_staff: bool = False


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Characters ``start`` to ``end`` (excluded) of a text, counted in code points."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a rule spoke: the clause of the terms, and the passage of the title or the body, when there is one."""

    rule: str
    code: str
    clause: str = ""
    part: Part = Part.BODY
    passage: Passage | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the rules together say of a draft."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a moderator wants: the post published or refused, by which clause, and a message to its author."""

    state: State
    clause: str = ""
    message: str = ""

    def __post_init__(self) -> None:
        if self.state is State.HELD:
            raise ValueError("a ruling publishes or refuses")


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """Where a list goes on: after the row of this moment and number."""

    at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class DecisionRecord:
    """A moderator's decision as kept."""

    uuid: UUID
    moderator_id: int
    outcome: State
    clause: str
    message: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ThreadRecord:
    """One line of a list. ``author_id`` is None once the author was forgotten; ``replies`` counts published ones."""

    uuid: UUID
    title: str
    author_id: int | None
    state: State
    replies: int
    created_at: datetime
    last_activity_at: datetime


@dataclass(frozen=True, kw_only=True)
class PostRecord:
    """One post. ``reasons`` and ``decision`` are there only for its author and for moderators."""

    uuid: UUID
    thread_uuid: UUID
    title: str
    author_id: int | None
    is_opening: bool
    by_staff: bool
    source: str
    html: str
    state: State
    created_at: datetime
    published_at: datetime | None
    due_at: datetime | None
    reasons: tuple[Reason, ...] = ()
    decision: DecisionRecord | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    """Threads of a place, latest activity first; ``after`` is where the next page begins, if there is one."""

    threads: tuple[ThreadRecord, ...]
    after: Cursor | None


@dataclass(frozen=True, kw_only=True)
class ThreadReading:
    """A thread and some of its posts, oldest first; ``after`` is where the next posts begin, if there are any."""

    thread: ThreadRecord
    posts: tuple[PostRecord, ...]
    after: Cursor | None


@dataclass(frozen=True, kw_only=True)
class Case:
    """A held post in the moderators' queue, and where it stands."""

    post: PostRecord
    course_key: CourseKey
    usage_key: UsageKey


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for a moderator, oldest first; ``total`` counts what was left out too."""

    cases: tuple[Case, ...]
    total: int
