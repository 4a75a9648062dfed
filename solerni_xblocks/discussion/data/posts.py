"""Threads and posts as readers see them, and what a member wants to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data.attachments import FileRecord
from solerni_xblocks.discussion.data.moderation import DecisionRecord
from solerni_xblocks.discussion.data.scenes import Declaration
from solerni_xblocks.discussion.data.states import Gesture, Kind, State, Voice
from solerni_xblocks.discussion.data.verdicts import Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a member wants to say. ``submission`` names the attempt: sent twice, written once. Replies have no title.

    ``insists``: the member has seen what rules advise, and sends it all the same. ``files``: all that the message is to
    show; None: those that it shows already.
    """

    submission: UUID
    source: str
    title: str = ""
    kind: Kind = Kind.DISCUSSION
    voice: Voice = Voice.SELF
    rights: Declaration = field(default_factory=Declaration)
    insists: bool = False
    files: tuple[UUID, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A draft that was not written: rules ask its author to read again (NUDGE), or will not have it (REFUSE)."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    title: str
    source: str
    may_insist: bool


@dataclass(frozen=True, kw_only=True)
class Window:
    """From when and until when learners see a thread; None: from the first, without an end."""

    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadRecord:
    """One line of a list. ``replies`` counts published ones.

    ``author_id`` is None once the author was forgotten, and where ``voice`` hides them from the viewer. What follows
    ``last_activity_at`` is what a list shows; ``is_unread`` and ``follows`` are the viewer's own. ``hides_replies``:
    those of others show once the viewer has written here.
    ``quiet_days``: it is locked because nobody wrote for so many days; 0: for another reason, or not at all.
    ``window``: when learners see it; they are told of its end alone.
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
    last_author_id: int | None = None
    excerpt: str = ""
    votes: int = 0
    open_reports: int = 0
    answer_uuid: UUID | None = None
    is_answered: bool = False
    resolved_at: datetime | None = None
    resolved_by: int | None = None
    is_pinned: bool = False
    is_locked: bool = False
    quiet_days: int = 0
    window: Window = Window()
    is_unread: bool = False
    follows: bool = False
    hides_replies: bool = False


@dataclass(frozen=True, kw_only=True)
class PostRecord:
    """One post. ``reasons`` and ``decision`` are there only for its author and for moderators.

    ``parent_uuid``: the reply that it comments on. ``version`` numbers the wording. ``author_id`` as in ThreadRecord.
    ``gestures``: what the viewer may do. ``is_voted``, ``is_reported``: by the viewer. ``is_new``: since their last
    visit.
    ``is_issue``: it tells of a course issue, and a vote says that one has it too.
    ``is_veiled``: the viewer learns only that a message stood here.
    ``may_change``: the viewer may open it to write it otherwise (its time is asked then); ``may_look_back``: to read
    its earlier wordings, or as its author to withdraw it; ``may_decide``: to rule on it. ``files``: those that show.
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
    votes: int = 0
    is_voted: bool = False
    is_reported: bool = False
    is_accepted: bool = False
    is_endorsed: bool = False
    is_new: bool = False
    is_veiled: bool = False
    gestures: frozenset[Gesture] = frozenset()
    may_change: bool = False
    may_look_back: bool = False
    is_issue: bool = False
    files: tuple[FileRecord, ...] = ()
    may_decide: bool = False
