"""Who takes part in a course, and as what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A member who may read and write in a course. ``group_id`` is their cohort where the place is divided."""

    id: int
    is_staff: bool = False
    is_moderator: bool = False
    is_trusted: bool = False
    group_id: int | None = None
