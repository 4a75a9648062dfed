"""What changed between two versions, or is about to, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from solerni_xblocks.terms.data.documents import Text, Version


class Mark(StrEnum):
    """What became of some words, or of a clause."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"


Passage = tuple[tuple[Mark, str], ...]
"""One paragraph: runs of words, each the same, inserted or deleted."""


@dataclass(frozen=True, kw_only=True)
class ClauseChange:
    """What became of one clause. ``id`` empty: what stands before the first clause. ``is_moved``: it changed place."""

    id: str
    heading: str
    mark: Mark
    is_moved: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What changed from ``old`` to ``new``, in the order of the new text; clauses that went stand where they were."""

    old: Version
    new: Version
    language: str
    clauses: tuple[ClauseChange, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A draft as members will see it: ``texts`` by language; ``reasons`` (rules.publishing) against publishing it.

    ``digest``: of what was previewed, so that nothing else is published.
    """

    document: str
    digest: str
    label: str
    effective_at: datetime | None
    requires_acceptance: bool
    contact: str
    texts: tuple[Text, ...]
    comparisons: Mapping[str, tuple[ClauseChange, ...]]
    reasons: tuple[str, ...]
