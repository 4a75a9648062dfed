"""What moderators impose on members, and what members learn of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data.moderation import Ground
from solerni_xblocks.discussion.data.states import Act


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """What a moderator wants to impose: WARN, or MUTE for so many ``days``; on which grounds, with which message.

    ``note`` is for moderators alone.
    """

    act: Act
    grounds: tuple[Ground, ...]
    message: str
    days: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SanctionRecord:
    """A sanction as kept; ``uuid`` is the decision's. ``ends_at`` is None for a warning.

    ``is_running``: it keeps the member from writing now.
    """

    uuid: UUID
    act: Act
    clause: str
    moderator_id: int | None
    at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None
    is_running: bool
