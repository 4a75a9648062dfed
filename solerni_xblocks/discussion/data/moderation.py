"""What moderators read and say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data.states import Act, State
from solerni_xblocks.discussion.data.verdicts import Part, Passage


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why: a clause, and the passage meant (None for the whole). ``terms_url`` is where it stood when it was cited.

    For illegal content ``law`` names the provision.
    """

    clause: str
    part: Part = Part.BODY
    passage: Passage | None = None
    explanation: str = ""
    law: str = ""
    terms_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody had before their eyes: the version of the case (0 for none) and the wording of the post."""

    case: int
    post: int


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a moderator wants: an act, on which grounds, a message to the author, a note for moderators alone.

    ``seen`` None: the case that waits, as it is. What waits no longer is decided anew only by who names what they saw.
    """

    act: Act
    grounds: tuple[Ground, ...] = ()
    message: str = ""
    note: str = ""
    seen: Seen | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionRecord:
    """A decision as kept. ``moderator_id`` is None for software alone; ``is_undone``: it was taken back."""

    uuid: UUID
    moderator_id: int | None
    act: Act
    outcome: State
    clause: str
    message: str
    at: datetime
    grounds: tuple[Ground, ...] = ()
    is_undone: bool = False


@dataclass(frozen=True, kw_only=True)
class MessageTemplate:
    """A message that moderators start from."""

    id: int
    name: str
    act: Act
    clause: str
    text: str
