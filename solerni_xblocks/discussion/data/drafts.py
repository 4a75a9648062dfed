"""What a member is typing, as kept on the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from solerni_xblocks.discussion.data.states import Kind, Voice


@dataclass(frozen=True, kw_only=True)
class TypedText:
    """What stands in a form at one moment. ``slot`` names the form, ``revision`` what the window knew (0: nothing)."""

    slot: str
    revision: int
    title: str = ""
    source: str = ""
    kind: Kind = Kind.DISCUSSION
    voice: Voice = Voice.SELF

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not (self.title.strip() or self.source.strip())


@dataclass(frozen=True, kw_only=True)
class SavedDraft:
    """A draft as it stands on the server; ``revision`` 0: there is none any more."""

    slot: str
    revision: int
    title: str
    source: str
    kind: Kind
    voice: Voice
    updated_at: datetime
