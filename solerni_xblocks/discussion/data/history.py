"""The wordings of a post, as its author and moderators read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from solerni_xblocks.discussion.data.attachments import FileRecord


@dataclass(frozen=True, kw_only=True)
class VersionRecord:
    """One wording, and the files that showed with it. ``is_by_author``: a moderator wrote it otherwise."""

    number: int
    title: str
    source: str
    is_by_author: bool
    at: datetime
    files: tuple[FileRecord, ...] = ()


class Change(StrEnum):
    """What became of a piece of text between two wordings."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of the earlier or the later wording, or of both."""

    text: str
    change: Change
