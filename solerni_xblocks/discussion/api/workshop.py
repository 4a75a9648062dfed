"""The rule workshop: how each rule did, and what another setting of one would have done. Nothing changes by it."""

from __future__ import annotations

from dataclasses import replace

from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.transparency import Period
from solerni_xblocks.discussion.data.trying import Figures, Tally, Trial, TrialCursor, TrialPage
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.queries import workshop


def make_rule_figures(moderator_id: int, period: Period, *, course: str = "", is_operator: bool) -> Figures:
    """How rules and services did in the courses that the person moderates, or in one of them; all for operators.

    Counts below ten are for the operator's team alone. Raises: NotModerator.
    """
    scope = _require_scope(moderator_id, course, is_operator=is_operator)
    return workshop.make_figures(scope, period, course=course, is_operator=is_operator)


def try_rule_on_past(
    moderator_id: int,
    period: Period,
    trial: Trial,
    *,
    course: str = "",
    after: TrialCursor | None = None,
    so_far: Tally | None = None,
    is_operator: bool,
) -> TrialPage:
    """What ``trial`` would have made of the next 200 messages of the period, of 10,000 at the most, the latest first.

    Judged on what was measured when they were written; a rule that needs the words alone measures what it did not.
    Raises: NotModerator.
    """
    scope = _require_scope(moderator_id, course, is_operator=is_operator)
    return workshop.try_on_past(scope, period, trial, course=course, after=after, so_far=so_far or Tally())


def _require_scope(moderator_id: int, course: str, *, is_operator: bool) -> queries.Scope:
    """The courses that the person moderates, all of them for operators. Raises NotModerator."""
    scope = queries.find_scope(moderator_id)
    if is_operator:
        return replace(scope, is_everywhere=True)
    is_theirs = course in scope.courses if course else bool(scope.courses)
    if not (scope.is_everywhere or is_theirs):
        raise NotModerator
    return scope
