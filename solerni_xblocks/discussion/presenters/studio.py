"""What authors see in Studio: their choices in words, and the form that makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.api import Clause
from solerni_xblocks.discussion.data import FileKind, Kind, Mode, Outcome, Place, Rule, Run

MODES = {
    Mode.REACTIVE: _("Messages appear at once; moderators read what rules and members point at"),
    Mode.AFTER: _("Messages appear at once; moderators read every one afterwards"),
    Mode.FIRST: _("The first messages of each learner wait for a moderator"),
    Mode.BEFORE: _("Every message waits for a moderator"),
}
KINDS = {
    Kind.DISCUSSION: _("Discussion: an exchange"),
    Kind.QUESTION: _("Question: one reply can be accepted as the answer"),
    Kind.CONTRIBUTION: _("Contribution: a text in the parts that you name"),
    Kind.ISSUE: _("Course issue: others say “Me too”, the course team marks it as resolved"),
}
FILE_KINDS = {
    FileKind.IMAGE: _("Images (JPEG, PNG, WebP, GIF)"),
    FileKind.PDF: _("PDF"),
    FileKind.TEXT: _("Plain text"),
}
RUNS = {Run.ON: _("On"), Run.DRY: _("Tried: seen by moderators, without effect"), Run.OFF: _("Off")}
CEILINGS = {
    "nudge": _("advises the author"),
    "hold": _("may hold the message"),
    "refuse": _("may refuse the message"),
}
NAMES = {Outcome.NUDGE: "nudge", Outcome.HOLD: "hold", Outcome.REFUSE: "refuse"}


@dataclass(frozen=True, kw_only=True)
class RuleView:
    """One of the eight rules, as it runs here; ``threshold`` None: the rule's own."""

    name: str
    label: Any
    run: str
    ceiling: str
    threshold: float | None
    is_set: bool


def view_choices(place: Place) -> dict[str, Any]:
    """What Studio's preview says of the author's choices."""
    running = [Clause(rule.clause).label for rule in Rule if place.policy.get_setting(rule).run is Run.ON]
    return {"mode": MODES[place.policy.mode], "running": running, "conduct": place.conduct}


def view_settings(block: Any) -> dict[str, Any]:
    """What the form shows; labels and help come from the fields."""
    return {
        "fields": {name: _view_field(block, name) for name in block.editable_fields},
        "headings": "\n".join(block.place.policy.template.headings),
        "modes": MODES,
        "kinds": KINDS,
        "file_kinds": FILE_KINDS,
        "runs": RUNS,
        "ceilings": CEILINGS,
        "rules": [_view_rule(block, rule) for rule in Rule],
    }


def _view_field(block: Any, name: str) -> dict[str, Any]:
    field, value = block.fields[name], getattr(block, name)
    return {
        "name": name,
        "label": _(field.display_name),
        "help": _(field.help) if field.help else "",
        "value": value,
        "lines": "\n".join(map(str, value)) if isinstance(value, list) else "",
        "moment": value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "strftime") else "",
    }


def _view_rule(block: Any, rule: Rule) -> RuleView:
    setting = block.place.policy.get_setting(rule)
    return RuleView(
        name=rule.value,
        label=Clause(rule.clause).label,
        run=setting.run.value,
        ceiling=NAMES[setting.ceiling],
        threshold=setting.threshold,
        is_set=rule.value in block.place.policy.rules,
    )
