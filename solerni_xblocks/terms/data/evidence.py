"""What a walk over the evidence sees, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with a piece of evidence."""

    ALTERED = "altered"
    MISPLACED = "misplaced"
    REMOVED = "removed"
    INSERTED = "inserted"
    DISOWNED = "disowned"
    REWRITTEN = "rewritten"
    UNREADABLE = "unreadable"
    PERSON_SWAPPED = "person.swapped"
    PERSON_ALTERED = "person.altered"
    VERSION_REMOVED = "version.removed"
    VERSION_ALTERED = "version.altered"
    VERSION_INSERTED = "version.inserted"
    TEXT_ALTERED = "text.altered"
    CANCELLATION_REMOVED = "cancellation.removed"
    CANCELLATION_INSERTED = "cancellation.inserted"
    CHECKPOINT_ALTERED = "checkpoint.altered"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The first piece of evidence that is not as it was written.

    A proof by its place (``partition``, ``seq``) and ``uuid``, as far as they are known. ``about``: the document,
    label and language of a version; the instant of a checkpoint.
    """

    fault: Fault
    partition: int | None = None
    seq: int | None = None
    uuid: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a walk over all evidence saw. ``finding`` None: everything is as it was written."""

    proofs: int
    chains: int
    versions: int
    checkpoints: int
    finding: Finding | None


@dataclass(frozen=True, kw_only=True)
class CheckpointTaken:
    """The ends of every chain at one instant: by partition (as text), length and hash of the last proof."""

    taken_at: datetime
    total: int
    ends: Mapping[str, tuple[int, str]]
    digest: str
