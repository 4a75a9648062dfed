"""What one who registers must accept: every required document of the site, as it stands and as it is announced."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from solerni_xblocks.terms.data import Stage, Version


class Verdict(StrEnum):
    """Whether the boxes ticked suffice."""

    ENOUGH = "enough"
    MISSING = "missing"
    OUTDATED = "outdated"


def list_asked(versions: Iterable[Version]) -> list[Version]:
    """Among the versions of one document: the one in force, if it asks, then the major ones announced for later.

    Who joins after a publication has accepted the new text, so that nobody asks them again at its date.
    """
    listed = sorted(versions, key=lambda version: version.effective_at)
    begun = [version for version in listed if version.stage in (Stage.IN_FORCE, Stage.SUPERSEDED)]
    asks = any(version.requires_acceptance for version in begun)
    in_force = [version for version in begun if version.stage is Stage.IN_FORCE and asks]
    return in_force + [
        version for version in listed if version.stage is Stage.SCHEDULED and version.requires_acceptance
    ]


def judge_ticks(ticked: Iterable[UUID], asked: Iterable[UUID]) -> Verdict:
    """A box for a version that is not asked was shown too long ago; else every version asked needs its box.

    >>> old, new = UUID(int=1), UUID(int=2)
    >>> [judge_ticks(boxes, [new]).value for boxes in ([new], [], [old], [old, new])]
    ['enough', 'missing', 'outdated', 'outdated']
    """
    given, wanted = set(ticked), set(asked)
    if given - wanted:
        return Verdict.OUTDATED
    return Verdict.MISSING if wanted - given else Verdict.ENOUGH
