"""What the author of a terms block settles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from solerni_xblocks.terms.data.answers import Standing
from solerni_xblocks.terms.data.documents import DEFAULT_DOCUMENT


class Obligation(StrEnum):
    """What a terms block asks of a learner: to accept; or to answer, be it no."""

    COMPULSORY = "compulsory"
    OPTIONAL = "optional"


class Reach(StrEnum):
    """What a terms block closes: its children; or all else in its section of the course as well."""

    CHILDREN = "children"
    SECTION = "section"

    @classmethod
    def read(cls, written: Any) -> Reach:
        """What the author wrote; the children are closed whatever it was."""
        return cls.SECTION if written == cls.SECTION else cls.CHILDREN


class VersionPolicy(StrEnum):
    """Which answers a terms block takes: those to what is in force; or one to any version, once and for all."""

    IN_FORCE = "in_force"
    ANY = "any"


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """What a terms block asks before it lets a learner pass."""

    document: str
    obligation: Obligation = Obligation.COMPULSORY
    versions: VersionPolicy = VersionPolicy.IN_FORCE

    @classmethod
    def read(cls, *, document: Any, obligation: Any, versions: Any) -> Guard:
        """What the author wrote, None for nothing; what cannot be read asks for the most.

        >>> Guard.read(document=None, obligation="optionnal", versions=None).obligation.value
        'compulsory'
        """
        return cls(
            document=DEFAULT_DOCUMENT if document is None else str(document),
            obligation=Obligation.OPTIONAL if obligation == Obligation.OPTIONAL else Obligation.COMPULSORY,
            versions=VersionPolicy.ANY if versions == VersionPolicy.ANY else VersionPolicy.IN_FORCE,
        )

    def is_answered(self, standing: Standing) -> bool:
        """Whether the learner has said what is asked: yes; or, to an optional document, no."""
        return not standing.is_due or (self.obligation is Obligation.OPTIONAL and standing.declined is not None)
