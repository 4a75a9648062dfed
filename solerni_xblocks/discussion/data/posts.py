"""Threads and posts as readers see them, and what a member wants to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data.moderation import DecisionRecord
from solerni_xblocks.discussion.data.states import Kind, State, Voice
from solerni_xblocks.discussion.data.verdicts import Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a member wants to say. ``submission`` names the attempt: sent twice, written once. Replies have no title.

    ``insists``: the member has seen what rules advise, and sends it all the same.
    """

    submission: UUID
    source: str
    title: str = ""
    kind: Kind = Kind.DISCUSSION
    voice: Voice = Voice.SELF
    insists: bool = False


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A draft that was not written: rules ask its author to read again (NUDGE), or will not have it (REFUSE)."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    title: str
    source: str
    may_insist: bool


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """Where a list goes on: after the row of this moment and number."""

    at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class ThreadRecord:
    """One line of a list. ``replies`` counts published ones.

    ``author_id`` is None once the author was forgotten, and where ``voice`` hides them from the viewer.
    """

    uuid: UUID
    kind: Kind
    title: str
    author_id: int | None
    voice: Voice
    state: State
    replies: int
    created_at: datetime
    last_activity_at: datetime


@dataclass(frozen=True, kw_only=True)
class PostRecord:
    """One post. ``reasons`` and ``decision`` are there only for its author and for moderators.

    ``parent_uuid``: the reply that it comments on. ``version`` numbers the wording. ``author_id`` as in ThreadRecord.
    """

    uuid: UUID
    thread_uuid: UUID
    parent_uuid: UUID | None
    title: str
    author_id: int | None
    voice: Voice
    version: int
    is_opening: bool
    by_staff: bool
    source: str
    html: str
    state: State
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
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
