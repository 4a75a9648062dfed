"""What a registration form says, and what it led to, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from solerni_xblocks.terms.data.answers import Origin
from solerni_xblocks.terms.data.gate import Birth


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A box of a registration form. The name of its field says which version, in which language, it stands under.

    Nothing else has to travel with the form, and a form that is older than the version in force shows it by itself.
    """

    version_uuid: UUID
    language: str

    @property
    def field_name(self) -> str:
        """How the field is called in forms."""
        return f"solerni_terms_{self.version_uuid.hex}_{self.language}"

    @classmethod
    def read(cls, field_name: str) -> Tick | None:
        """The box behind a field, or None. Clients that put names into snake case add underscores before digits.

        >>> tick = Tick(version_uuid=UUID(int=10), language="fr")
        >>> Tick.read(tick.field_name) == Tick.read(tick.field_name.replace("0", "_0_")) == tick
        True
        """
        found = _TICK.fullmatch(field_name.replace("_", "").lower())
        return cls(version_uuid=UUID(found[1]), language=found[2]) if found else None


_TICK = re.compile(r"solerniterms([0-9a-f]{32})([a-z]{2,8})")


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What a registration form said: the boxes that were ticked and, where it is asked, the birth date.

    ``is_by_provider``: the account comes from somebody else's log-in, which may post the form without showing it.
    """

    ticks: tuple[Tick, ...]
    birth: Birth | None
    is_by_provider: bool
    screen_digest: str
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, kw_only=True)
class AcceptedText:
    """A text that was accepted when registering, with its link for ever."""

    title: str
    label: str
    language: str
    digest: str
    decided_at: datetime
    url: str
