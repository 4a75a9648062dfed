"""What somebody asks the rule workshop: a period, a course, a rule as it is to be tried, and where a trial goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.discussion.api import Clause
from solerni_xblocks.discussion.data import Outcome, Rule, RuleSetting, Run
from solerni_xblocks.discussion.data.trying import Fate, Tally, Trial, TrialCursor
from solerni_xblocks.discussion.inputs.forms import ToldForm
from solerni_xblocks.discussion.inputs.moderating import MAX_ID
from solerni_xblocks.discussion.rules.trying import THRESHOLDS

CEILINGS = (
    (str(Outcome.REFUSE.value), _("As the rule says")),
    (str(Outcome.PUBLISH.value), _("A look by a moderator, after publication")),
    (str(Outcome.NUDGE.value), _("Advice to the author")),
    (str(Outcome.HOLD.value), _("A hold until a moderator has read it")),
)
_SO_FAR = re.compile(r"(\d{1,7})\.(\d{1,7})((?:,[a-z]+-[a-z]+\.\d{1,7}){0,25})", re.ASCII)


class TrialForm(ToldForm):
    """One rule, set otherwise. What is left empty is as usual."""

    rule = forms.ChoiceField(label=_("Rule"), choices=[(rule.value, Clause(rule.clause).label) for rule in Rule])
    run = forms.ChoiceField(
        label=_("How it runs"),
        choices=[(Run.ON.value, _("It acts")), (Run.OFF.value, _("It is switched off"))],
        required=False,
    )
    threshold = forms.FloatField(
        label=_("Threshold"),
        required=False,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=_(
            "From when on it speaks: shares and probabilities between 0 and 1, signs of promotion from 1 to 6."
        ),
    )
    ceiling = forms.ChoiceField(label=_("It asks at most for"), choices=CEILINGS, required=False)

    def clean(self) -> dict[str, Any]:
        """A threshold belongs to a rule that decides by a number, within its bounds."""
        values: dict[str, Any] = super().clean() or {}
        threshold, rule = values.get("threshold"), values.get("rule")
        if threshold is None or not rule:
            return values
        bounds = THRESHOLDS.get(Rule(rule))
        if bounds is None:
            self.add_error("threshold", _("This rule decides by what it finds, not by a number: leave this empty."))
        elif not bounds[0] <= threshold <= bounds[1]:
            text = _("Between %(least)s and %(most)s for this rule.") % {"least": bounds[0], "most": bounds[1]}
            self.add_error("threshold", text)
        return values

    def to_trial(self) -> Trial:
        """The trial of a valid form."""
        values = self.cleaned_data
        return Trial(
            rule=Rule(values["rule"]),
            setting=RuleSetting(
                run=Run(values["run"] or Run.ON),
                ceiling=Outcome(int(values["ceiling"] or Outcome.REFUSE)),
                threshold=values["threshold"],
            ),
        )


def parse_course(data: Mapping[str, Any]) -> str:
    """The key of the course that figures are asked for; empty for all."""
    return str(data.get("course", ""))[:255]


def parse_trial_cursor(text: str) -> TrialCursor | None:
    """Where a trial goes on. Raises Invalid."""
    if not text:
        return None
    moment, _tilde, number = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        cursor = TrialCursor(at=at.astimezone(UTC), id=int(number))
    except (ValueError, OverflowError) as error:
        raise Invalid(_("This trial cannot go on from there: begin it again.")) from error
    if at.tzinfo is None or not 0 <= cursor.id <= MAX_ID:
        raise Invalid(_("This trial cannot go on from there: begin it again."))
    return cursor


def parse_so_far(text: str) -> Tally | None:
    """The tally that the page before showed. Raises Invalid."""
    if not text:
        return None
    found = _SO_FAR.fullmatch(text)
    if found is None:
        raise Invalid(_("This trial cannot go on from there: begin it again."))
    looked, unmeasured, listed = found.groups()
    try:
        parts = [part.partition(".") for part in listed.split(",")[1:]]
        changes = {_read_pair(pair): int(count) for pair, _dot, count in parts}
    except ValueError as error:
        raise Invalid(_("This trial cannot go on from there: begin it again.")) from error
    return Tally(looked=int(looked), unmeasured=int(unmeasured), changes=changes)


def _read_pair(text: str) -> tuple[Fate, Fate]:
    before, _dash, after = text.partition("-")
    return Fate(before), Fate(after)
