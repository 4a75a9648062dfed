"""On what a decision against a message rests: rules of the terms, or the law; the same fields in every form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.discussion.api import GROUND_CHOICES, ILLEGAL
from solerni_xblocks.discussion.data import Ground, Part, Passage

MAX_LAW = 300


class GroundsField(forms.MultipleChoiceField):
    """The eight rules and illegal content, to be ticked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Rules that this message breaks"),
            choices=GROUND_CHOICES,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class LawField(forms.CharField):
    """The provision that illegal content breaks."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Law that it breaks, for illegal content"),
            help_text=_("The law and its article, such as “Code pénal, 222-17”. It is published: write no name."),
            max_length=MAX_LAW,
            required=False,
            **kwargs,
        )


def require_grounds(form: forms.Form, values: Mapping[str, Any]) -> None:
    """What takes something from the author names a rule or the law, and speaks; errors go to the fields."""
    if not values.get("clauses") and "clauses" not in form.errors:
        form.add_error("clauses", _("Choose the rule that this message breaks."))
    law = strip_controls(values.get("law") or "").strip()
    if ILLEGAL in values.get("clauses", ()) and not law and "law" not in form.errors:
        form.add_error("law", _("Name the law and the article that it breaks."))
    if not values.get("message") and "message" not in form.errors:
        form.add_error("message", _("Tell the author why, in a sentence or two."))


def to_grounds(
    values: Mapping[str, Any], *, part: Part = Part.BODY, passage: Passage | None = None
) -> tuple[Ground, ...]:
    """The grounds of a valid form."""
    law = strip_controls(values["law"]).strip()
    return tuple(
        Ground(clause=clause, part=part, passage=passage, law=law if clause == ILLEGAL else "")
        for clause in values["clauses"]
    )
