"""Trying a rule otherwise on what was written: what is tried, what would have become of messages; and how rules did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion.data.policies import RuleSetting
from solerni_xblocks.discussion.data.transparency import Period
from solerni_xblocks.discussion.data.verdicts import Reason, Rule


class Fate(StrEnum):
    """What a verdict makes of a message, from light to grave."""

    PUBLISHED = "published"
    READ = "read"
    """Published, and on the list of what a moderator should read."""

    NUDGED = "nudged"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One rule, as it is to be tried."""

    rule: Rule
    setting: RuleSetting


Changes = Mapping[tuple[Fate, Fate], int]
"""How many messages would have gone from one fate to another."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a trial found so far. ``unmeasured``: the rule had measured nothing in them that could be judged anew."""

    looked: int = 0
    unmeasured: int = 0
    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One message that another setting would have treated otherwise; ``reasons`` are what the rule would have said."""

    post_uuid: UUID
    title: str
    excerpt: str
    course_key: CourseKey
    at: datetime
    before: Fate
    after: Fate
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrialCursor:
    """Where a trial goes on, with earlier messages."""

    at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class TrialPage:
    """A part of a trial: the tally so far, messages of this part, and how many there are to look at in all."""

    tally: Tally
    examples: tuple[Changed, ...]
    total: int
    after: TrialCursor | None


@dataclass(frozen=True, kw_only=True)
class RuleFigures:
    """How one rule did: in how many messages it spoke, how many of these a person decided on, and how.

    ``upheld``: restricted by a person who named the rule, and not reversed. ``overturned``: the same, and reversed by
    a second reader. A count of None is too small to be shown.
    """

    rule: str
    is_dry: bool
    raised: int | None
    read: int | None
    upheld: int | None
    overturned: int | None


@dataclass(frozen=True, kw_only=True)
class ServiceFigures:
    """How one external service did."""

    service: str
    asked: int | None
    rated: int | None
    flagged: int | None
    failed: int | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How rules and services did in a period."""

    period: Period
    rules: tuple[RuleFigures, ...]
    services: tuple[ServiceFigures, ...]
    courses: tuple[CourseKey, ...]
