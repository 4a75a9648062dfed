"""What stands between a member and the service: a birth date to state, the guardian's consent, documents due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from solerni_xblocks.terms.data import Audience, Guard, Obligation, Obstacle, Record, Requirement, VersionPolicy


def find_obstacle(
    asked: Sequence[Requirement],
    record: Record,
    now: datetime,
    *,
    needs_birth: bool,
    needs_guardian: bool,
    needs_joint_consent: bool,
) -> tuple[Obstacle, Requirement] | None:
    """The first obstacle with the document that makes it; None when the member may go on.

    A birth date that is asked comes first: until it is known, nobody can tell whether a guardian must agree. A minor's
    guardian must have confirmed every document that the minor must accept; neither answer replaces the other.
    """
    compulsory = [one for one in asked if one.satisfying and not one.may_decline]
    if needs_birth and compulsory:
        return Obstacle.BIRTH, compulsory[0]
    binding = [one for one in asked if binds(one, needs_joint_consent=needs_joint_consent)]
    if needs_guardian:
        for one in binding:
            if not one.may_decline and not counts(one, record.confirmed, now):
                return Obstacle.GUARDIAN, one
    for one in binding:
        if not counts(one, record.accepted, now) and not (one.may_decline and one.satisfying & record.refused):
            return Obstacle.TERMS, one
    return None


def apply_guard(one: Requirement, guard: Guard) -> Requirement:
    """What a terms block asks of its document: in the author's words, *compulsory* or *optional*, and whether a new
    version asks again. A document that asks for no answer asks for none here either."""
    is_any = guard.versions is VersionPolicy.ANY and bool(one.satisfying)
    return replace(
        one,
        satisfying=one.begun if is_any else one.satisfying,
        may_decline=guard.obligation is Obligation.OPTIONAL,
    )


def binds(one: Requirement, *, needs_joint_consent: bool) -> bool:
    """Whether the document asks this member at all."""
    return bool(one.satisfying) and (one.audience is not Audience.MINORS or needs_joint_consent)


def counts(one: Requirement, given: Mapping[UUID, datetime], now: datetime) -> bool:
    """Whether one of the answers given satisfies the document and has not run out."""
    instants = [given[version] for version in one.satisfying if version in given]
    return any(one.renewal is None or instant + one.renewal > now for instant in instants)
