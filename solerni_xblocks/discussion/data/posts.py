"""Threads and posts as readers see them, and what a member wants to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data.moderation import DecisionRecord
from solerni_xblocks.discussion.data.states import State
from solerni_xblocks.discussion.data.verdicts import Reason


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a member wants to say. ``submission`` names the attempt: sent twice, written once. Replies have no title."""

    submission: UUID
    source: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """Where a list goes on: after the row of this moment and number."""

    at: datetime
    id: int


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
