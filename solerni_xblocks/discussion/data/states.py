"""Where posts stand, what threads are for, and under which name members speak."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class State(StrEnum):
    """Where a post stands; a thread stands where its opening post does."""

    PUBLISHED = "published"
    HELD = "held"
    REVISING = "revising"
    REFUSED = "refused"
    HIDDEN = "hidden"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a thread is for."""

    DISCUSSION = "discussion"
    QUESTION = "question"
    CONTRIBUTION = "contribution"
    ISSUE = "issue"
    """Something of the course is broken or wrong: others have it too, who moderates says that it is mended."""


class Voice(StrEnum):
    """Under which name a post is shown to peers."""

    SELF = "self"
    ANONYMOUS = "anonymous"
    MODERATOR = "moderator"
    UNNAMED_MODERATOR = "unnamed"


class Gesture(StrEnum):
    """What a reader may do with a post."""

    VOTE = "vote"
    ACCEPT = "accept"
    ENDORSE = "endorse"
    QUOTE = "quote"
    COMMENT = "comment"


class Act(StrEnum):
    """What a decision does: to a post, and with the last two to its author."""

    PUBLISH = "publish"
    REFUSE = "refuse"
    ASK = "ask"
    KEEP = "keep"
    HIDE = "hide"
    REMOVE = "remove"
    RESTORE = "restore"
    WARN = "warn"
    MUTE = "mute"
    LOCK = "lock"
    UNLOCK = "unlock"


class Power(IntEnum):
    """What somebody may do about others' posts in one course."""

    NONE = 0
    TRUSTED = 1
    MODERATOR = 2
