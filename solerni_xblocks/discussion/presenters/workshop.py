"""What the rule workshop shows: figures by rule and by service, and what a trial would have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.api import Clause, list_services
from solerni_xblocks.discussion.data import Rule
from solerni_xblocks.discussion.data.transparency import Period
from solerni_xblocks.discussion.data.trying import Changed, Fate, Figures, RuleFigures, Tally, TrialCursor, TrialPage
from solerni_xblocks.discussion.presenters.explanations import explain_all
from solerni_xblocks.discussion.presenters.queue import find_titles

ENOUGH = 10
"""Decisions of people from which on a share is shown: below, one of them would sway it."""

RULES = {rule.value: Clause(rule.clause).label for rule in Rule}
FATES = {
    Fate.PUBLISHED: _("published"),
    Fate.READ: _("published, then read by a moderator"),
    Fate.NUDGED: _("advice before publication"),
    Fate.HELD: _("held until a moderator has read it"),
    Fate.REFUSED: _("refused by the form"),
}


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule and how it did; shares in percent, None where too little is known."""

    name: Any
    is_dry: bool
    figures: RuleFigures
    precision: int | None
    overturned: int | None


@dataclass(frozen=True, kw_only=True)
class ChangedView:
    """A message that would have been treated otherwise, and why."""

    changed: Changed
    url: str
    course_title: str
    before: Any
    after: Any
    why: list[str]


def view_workshop(figures: Figures, *, course: str) -> dict[str, Any]:
    """How rules and services did."""
    names = {one.service.value: one.name for one in list_services()}
    return {
        "period": figures.period,
        "lines": [_view_rule(one, names) for one in figures.rules],
        "services": [(names.get(one.service, one.service), one) for one in figures.services],
        "courses": {str(key): title for key, title in find_titles(figures.courses).items()},
        "course": course,
    }


def view_rule_trial(page: TrialPage, *, query: str) -> dict[str, Any]:
    """What the trial found so far; ``query`` is the address's own, without where it goes on."""
    titles = find_titles(one.course_key for one in page.examples)
    changes = sorted(page.tally.changes.items(), key=lambda item: (-item[1], item[0]))
    after = {"after": format_trial_cursor(page.after), "so_far": format_so_far(page.tally)} if page.after else {}
    return {
        "tally": page.tally,
        "total": max(page.total, page.tally.looked),
        "changed": sum(page.tally.changes.values()),
        "changes": [(FATES[before], FATES[then], count) for (before, then), count in changes],
        "examples": [_view_changed(one, titles[one.course_key]) for one in page.examples],
        "next_query": f"{query}&{urlencode(after)}" if after else "",
    }


def write_trial_query(period: Period, course: str, values: dict[str, Any]) -> str:
    """The query of an address that asks for the same trial."""
    asked = {"since": period.since.isoformat(), "until": period.until.isoformat(), "course": course, **values}
    return urlencode({name: value for name, value in asked.items() if value not in ("", None)})


def format_trial_cursor(cursor: TrialCursor) -> str:
    """``cursor`` as an address carries it."""
    return f"{cursor.at.isoformat()}~{cursor.id}"


def format_so_far(tally: Tally) -> str:
    """``tally`` as an address carries it."""
    parts = [f"{before}-{after}.{count}" for (before, after), count in sorted(tally.changes.items())]
    return ",".join([f"{tally.looked}.{tally.unmeasured}", *parts])


def _view_rule(figures: RuleFigures, names: dict[str, str]) -> RuleLine:
    is_hidden = figures.upheld is None or figures.overturned is None
    restricted = None if is_hidden else figures.upheld + figures.overturned
    return RuleLine(
        name=RULES.get(figures.rule) or names.get(figures.rule, figures.rule),
        is_dry=figures.is_dry,
        figures=figures,
        precision=_share(figures.upheld, figures.read),
        overturned=_share(figures.overturned, restricted),
    )


def _share(part: int | None, whole: int | None) -> int | None:
    """In percent; None where a part is hidden, or the whole too small to speak of shares."""
    return None if part is None or whole is None or whole < ENOUGH else round(100 * part / whole)


def _view_changed(one: Changed, course_title: str) -> ChangedView:
    return ChangedView(
        changed=one,
        url=reverse("solerni_discussion:case", args=[one.post_uuid]),
        course_title=course_title,
        before=FATES[one.before],
        after=FATES[one.after],
        why=explain_all(one.reasons),
    )
