"""What is shown to who writes, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class SimilarThread:
    """A thread whose title is much like the one being typed."""

    uuid: UUID
    title: str
    replies: int
    is_answered: bool
