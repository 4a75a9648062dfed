"""Figures about moderation over a period, for reports (DSA articles 15 and 24) and for those who moderate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Counts = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days on the site, the first and the last included."""

    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What came in and what became of it; hours from coming in to the answer, None when none was answered."""

    received: int
    answered: int
    upheld: int
    median_hours: float | None
    by_reason: Counts = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TransparencyReport:
    """What articles 15(1) and 24(1) ask of a service like ours, in numbers; no person is in it."""

    period: Period
    decisions: Counts
    restrictions: int
    by_clause: Counts
    by_category: Counts
    by_visibility: Counts
    by_provision: Counts
    by_source: Counts
    by_automation: Counts
    found_by_software: int
    notices: Answers
    reports: Answers
    appeals: Answers
    appeals_by_party: Counts
    reversed_of_software: int
    median_decision_hours: float | None
    moderators: int


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """How a team moderates: working hours to a decision against the promise, and volumes.

    A count of None is too small to be shown (``rules.statistics.mask_cells``).
    """

    period: Period
    decided: int
    median: float | None
    ninetieth: float | None
    promised: int
    by_act: Mapping[str, int | None]
    by_clause: Mapping[str, int | None]
    by_reason: Mapping[str, int | None]
    by_moderator: Mapping[int, int | None]
    overturned: int | None


@dataclass(frozen=True, kw_only=True)
class ParticipantRow:
    """What one member wrote in one place."""

    member_id: int
    threads: int
    replies: int
    words: int
    votes: int
    last_on: date
