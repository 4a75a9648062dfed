"""What members are told, and where permalinks lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from solerni_xblocks.discussion.data.states import Voice

if TYPE_CHECKING:
    from opaque_keys.edx.keys import UsageKey


@dataclass(frozen=True, kw_only=True)
class NoticeRecord:
    """One thing that a member is told. ``author_id`` and ``voice`` are of the post, as the member may see them.

    ``decision_uuid``: the decision to read about it; ``appeal_uuid``: the appeal that waits for the member's answer.
    """

    id: int
    kind: str
    about: UUID
    usage_key: UsageKey | None
    thread_uuid: UUID | None
    post_uuid: UUID | None
    title: str
    author_id: int | None
    voice: Voice
    at: datetime
    is_read: bool
    decision_uuid: UUID | None = None
    appeal_uuid: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Notices:
    """The latest notices of a member, and how many are unread, counted up to ``limit``."""

    notices: tuple[NoticeRecord, ...]
    unread: int
    limit: int


@dataclass(frozen=True, kw_only=True)
class Destination:
    """Where a permalink leads; ``post_uuid`` None: to the beginning of the thread."""

    usage_key: UsageKey
    thread_uuid: UUID
    post_uuid: UUID | None = None
