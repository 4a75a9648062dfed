"""What search found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data.states import Voice
from solerni_xblocks.discussion.data.verdicts import Passage


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One post that holds the words. Passages count code points of ``title`` and ``text``, as they were written."""

    post_uuid: UUID
    thread_uuid: UUID
    usage_key: str
    title: str
    title_passages: tuple[Passage, ...]
    text: str
    passages: tuple[Passage, ...]
    author_id: int | None
    voice: Voice
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Hits:
    """A page of them, the latest first; ``after`` numbers the last. ``is_capped``: only the latest were looked at."""

    hits: tuple[Hit, ...]
    after: int | None
    is_capped: bool
