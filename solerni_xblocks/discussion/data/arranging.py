"""What moderators do with threads: lock them with reasons, move, split and merge them; what readers learn of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from solerni_xblocks.discussion.data.moderation import Ground
from solerni_xblocks.discussion.data.posts import ThreadRecord, Window
from solerni_xblocks.discussion.data.states import Kind, State, Voice

if TYPE_CHECKING:
    from opaque_keys.edx.keys import UsageKey


class Cohorts(Enum):
    """What becomes of a thread's readers where it goes."""

    KEPT = 1
    OPENED = 2


class Move(StrEnum):
    """What happened to a thread as a whole."""

    MOVED = "move"
    LEFT = "split"
    MADE = "split_off"
    TOOK_IN = "take_in"


@dataclass(frozen=True, kw_only=True)
class LockRequest:
    """Why a moderator locks a thread: clauses, words for everybody who reads it, an end if there is to be one."""

    grounds: tuple[Ground, ...] = ()
    message: str = ""
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Lock:
    """The lock that holds. ``decision_uuid`` only for who may contest it."""

    at: datetime
    until: datetime | None
    grounds: tuple[Ground, ...]
    message: str
    decision_uuid: UUID | None


@dataclass(frozen=True, kw_only=True)
class Rearrangement:
    """What readers learn of a thread's past. ``thread_uuid`` and ``title`` are the other thread's, ``place`` a name."""

    move: Move
    at: datetime
    thread_uuid: UUID | None = None
    title: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class SplitRequest:
    """Which messages become a thread of their own, under which title."""

    posts: tuple[UUID, ...]
    title: str
    kind: Kind = Kind.DISCUSSION


@dataclass(frozen=True, kw_only=True)
class OtherPlace:
    """Another discussion of the course, with what its author chose: see ``Conduct``."""

    usage_key: UsageKey
    name: str
    is_divided: bool
    replies_after_own: bool


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """A message that can be split off, in short."""

    uuid: UUID
    author_id: int | None
    voice: Voice
    is_comment: bool
    state: State
    excerpt: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """What a moderator may do with a thread: where it can go, what can be split off, into what it can be merged.

    ``is_own``: the moderator opened it, so that locking it takes nothing from anybody else.
    ``window``: when learners see it, for staff, who may change that.
    """

    thread: ThreadRecord
    is_own: bool
    window: Window | None
    places: tuple[OtherPlace, ...]
    posts: tuple[PostLine, ...]
    has_more_posts: bool
    others: tuple[ThreadRecord, ...]
