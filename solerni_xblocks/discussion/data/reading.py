"""How members read: in which order, which threads, from where on, and what they have read already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from solerni_xblocks.discussion.data.arranging import Lock, Rearrangement
from solerni_xblocks.discussion.data.participants import Participant
from solerni_xblocks.discussion.data.posts import PostRecord, ThreadRecord
from solerni_xblocks.discussion.data.sanctions import SanctionRecord
from solerni_xblocks.discussion.data.states import Kind, State


class Sort(StrEnum):
    """The order of a list of threads; each has its index."""

    ACTIVITY = "activity"
    NEWEST = "newest"
    BEST = "best"
    REPLIES = "replies"
    EMERGING = "emerging"


class Filter(StrEnum):
    """Which threads of a place; the last two are for moderators."""

    ALL = "all"
    UNREAD = "unread"
    UNANSWERED = "unanswered"
    UNRESOLVED = "unresolved"
    MINE = "mine"
    FOLLOWED = "followed"
    HELD = "held"
    REPORTED = "reported"

    @property
    def is_for_moderators(self) -> bool:
        """Whether it tells of what only moderators may know."""
        return self in (Filter.HELD, Filter.REPORTED)


@dataclass(frozen=True, kw_only=True)
class ListCursor:
    """Where a list of threads goes on: after the thread of this value in this order, and of this number."""

    sort: Sort
    value: datetime | int | float
    id: int


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which threads a member wants to see; ``sort`` None: in the order that they chose last."""

    sort: Sort | None = None
    filter: Filter = Filter.ALL
    kind: Kind | None = None
    after: ListCursor | None = None

    @property
    def is_plain(self) -> bool:
        """Whether all threads are meant: then pinned ones stand first."""
        return self.filter is Filter.ALL and self.kind is None


@dataclass(frozen=True, kw_only=True)
class Position:
    """A place in a thread: after the comment ``comment_id`` of the reply ``reply_id``, or after that reply itself."""

    reply_id: int
    comment_id: int = 0


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    """Threads of a place in the order ``sort``; pinned ones first. ``after`` is where the next page begins, if any.

    ``at`` is just before they were read: what happens from then on is news. ``is_behind``: a thread goes by what the
    author of the place chose before.
    """

    viewer: Participant
    threads: tuple[ThreadRecord, ...]
    after: ListCursor | None
    at: datetime
    sort: Sort = Sort.ACTIVITY
    is_behind: bool = False


@dataclass(frozen=True, kw_only=True)
class Shut:
    """What keeps a reader from writing: a sanction, or since ``closed_at`` the place takes no more messages."""

    mute: SanctionRecord | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadReading:
    """A thread and some of its posts as they are read: each reply, then its comments.

    ``after`` is where the next posts begin, if there are any; ``is_start``: nothing stands before. ``read_at`` is until
    when the reader had read, None on a first visit. ``target``: the post to go to, as asked. ``shut``: what keeps the
    reader from writing, if anything does. ``at`` as in ThreadPage.
    ``lock``: why it takes no words. ``past``: how moderators moved, split and merged it.
    """

    viewer: Participant
    thread: ThreadRecord
    posts: tuple[PostRecord, ...]
    after: Position | None
    at: datetime
    is_start: bool = True
    read_at: datetime | None = None
    target: PostRecord | None = None
    shut: Shut | None = None
    lock: Lock | None = None
    past: tuple[Rearrangement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Commenting:
    """A reply on which the viewer may comment, but for what ``shut`` says."""

    viewer: Participant
    reply: PostRecord
    shut: Shut | None = None


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What a reader has before them since ``since``: a list of threads or, with these, one thread as it stood then."""

    since: datetime
    thread: UUID | None = None
    state: State = State.PUBLISHED
    is_locked: bool = False


@dataclass(frozen=True, kw_only=True)
class News:
    """What happened since a glance, counted up to ``limit``: threads with something new, or new posts of the thread.

    ``state`` and ``is_locked`` are the thread's now; ``is_edited``: its opening post reads otherwise; ``edited``: how
    many of its other messages do, counted up to ``limit`` too.
    """

    count: int
    limit: int
    state: State = State.PUBLISHED
    is_locked: bool = False
    is_edited: bool = False
    edited: int = 0


@dataclass(frozen=True, kw_only=True)
class Following:
    """Whether a member follows new threads of a place, and of its course."""

    place: bool
    course: bool


@dataclass(frozen=True, kw_only=True)
class Unread:
    """How many threads hold something new, counted up to ``limit``."""

    place: int
    course: int
    limit: int
