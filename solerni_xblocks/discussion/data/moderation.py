"""What moderators read and say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data.states import State


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a moderator wants: the post published or refused, by which clause, and a message to its author."""

    state: State
    clause: str = ""
    message: str = ""

    def __post_init__(self) -> None:
        if self.state is State.HELD:
            raise ValueError("a ruling publishes or refuses")


@dataclass(frozen=True, kw_only=True)
class DecisionRecord:
    """A moderator's decision as kept."""

    uuid: UUID
    moderator_id: int
    outcome: State
    clause: str
    message: str
    at: datetime
