"""Criteria: small rules that compose, and what a set of facts makes of them.

As JSON (what a badge version keeps): ``{"count": kind, "at_least": n}``, ``{"has": kind}``, ``{"all": [rule, …]}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from solerni_xblocks.badges.data import FactKind, Requirement

MAX_COUNT = 1000
MAX_DEPTH = 4
MAX_RULES = 20

Tally = Mapping[str, int]
"""How many different facts of each kind count."""


class CriterionError(ValueError):
    """The JSON does not say a criterion."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """At least so many different facts of a kind."""

    kind: FactKind
    at_least: int


@dataclass(frozen=True, kw_only=True)
class All:
    """Every rule of the group."""

    rules: tuple[Criterion, ...]


Criterion = Count | All


@dataclass(frozen=True, kw_only=True)
class Fulfilled:
    """Every leaf has what it needs."""

    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Some leaf needs more."""

    requirements: tuple[Requirement, ...]


def parse_criterion(value: object) -> Criterion:
    """The criterion that JSON ``value`` says. Raises CriterionError.

    >>> parse_criterion({"count": "post.published", "at_least": 3})
    Count(kind=<FactKind.POST_PUBLISHED: 'post.published'>, at_least=3)
    """
    criterion = _parse(value, depth=0)
    if not 0 < len(list_leaves(criterion)) <= MAX_RULES:
        raise CriterionError("rules")
    return criterion


def list_leaves(criterion: Criterion) -> list[Count]:
    """The counting rules of ``criterion``, in their order."""
    if isinstance(criterion, Count):
        return [criterion]
    return [leaf for rule in criterion.rules for leaf in list_leaves(rule)]


def tally_facts(facts: Iterable[tuple[str, str]]) -> Tally:
    """How many different sources each kind has among ``facts`` (kind and source): told twice, counted once."""
    counts: dict[str, int] = {}
    for kind, _source in set(facts):
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def evaluate_criterion(criterion: Criterion, tally: Tally) -> Fulfilled | Missing:
    """What ``tally`` makes of ``criterion``; it depends on the set of facts, never on their order.

    >>> evaluate_criterion(Count(kind=FactKind.POST_PUBLISHED, at_least=2), {"post.published": 3}).requirements
    (Requirement(kind='post.published', needed=2, counted=3),)
    """
    requirements = tuple(
        Requirement(kind=leaf.kind.value, needed=leaf.at_least, counted=tally.get(leaf.kind, 0))
        for leaf in list_leaves(criterion)
    )
    if all(requirement.is_met for requirement in requirements):
        return Fulfilled(requirements=requirements)
    return Missing(requirements=requirements)


def _parse(value: Any, *, depth: int) -> Criterion:
    if not isinstance(value, Mapping) or depth > MAX_DEPTH:
        raise CriterionError("form")
    if set(value) == {"all"} and isinstance(value["all"], list):
        return All(rules=tuple(_parse(item, depth=depth + 1) for item in value["all"]))
    if set(value) == {"count", "at_least"}:
        return Count(kind=_parse_kind(value["count"]), at_least=_parse_number(value["at_least"]))
    if set(value) == {"has"}:
        return Count(kind=_parse_kind(value["has"]), at_least=1)
    raise CriterionError("form")


def _parse_kind(value: object) -> FactKind:
    try:
        return FactKind(str(value))
    except ValueError as error:
        raise CriterionError("kind") from error


def _parse_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_COUNT:
        raise CriterionError("at_least")
    return value
