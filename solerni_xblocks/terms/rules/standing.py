"""What stands between a member and the service: first the guardian's consent, then documents that are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from solerni_xblocks.terms.data import Audience, Obstacle, Record, Requirement


def find_obstacle(
    asked: Iterable[Requirement], record: Record, now: datetime, *, needs_guardian: bool, needs_joint_consent: bool
) -> tuple[Obstacle, Requirement] | None:
    """The first obstacle with the document that makes it; None when the member may go on.

    A minor's guardian must have confirmed every document that the minor must accept; neither answer replaces the
    other.
    """
    binding = [one for one in asked if binds(one, needs_joint_consent=needs_joint_consent)]
    if needs_guardian:
        for one in binding:
            if not counts(one, record.confirmed, now):
                return Obstacle.GUARDIAN, one
    for one in binding:
        if not counts(one, record.accepted, now):
            return Obstacle.TERMS, one
    return None


def binds(one: Requirement, *, needs_joint_consent: bool) -> bool:
    """Whether the document asks this member at all."""
    return bool(one.satisfying) and (one.audience is not Audience.MINORS or needs_joint_consent)


def counts(one: Requirement, given: Mapping[UUID, datetime], now: datetime) -> bool:
    """Whether one of the answers given satisfies the document and has not run out."""
    instants = [given[version] for version in one.satisfying if version in given]
    return any(one.renewal is None or instant + one.renewal > now for instant in instants)
