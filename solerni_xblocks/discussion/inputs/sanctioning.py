"""What moderators send to impose or to lift a sanction. No rule of conduct."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.discussion.api import Clause
from solerni_xblocks.discussion.data import Act, Ground
from solerni_xblocks.discussion.data.sanctions import Penalty
from solerni_xblocks.discussion.inputs.forms import ToldForm
from solerni_xblocks.discussion.inputs.moderating import MAX_MESSAGE

DAYS = (1, 3, 7, 14, 30, 90)
_DAYS = ngettext_lazy("%d day", "%d days")
KINDS = {Act.WARN: _("A warning"), Act.MUTE: _("Reading only, for some days")}


class PenaltyForm(ToldForm):
    """A warning, or reading only for some days: by which rules, and in which words to the member."""

    prefix = "penalty"
    act = forms.ChoiceField(
        label=_("What the author gets"),
        choices=[(act.value, name) for act, name in KINDS.items()],
        widget=forms.RadioSelect,
        initial=Act.WARN.value,
    )
    days = forms.TypedChoiceField(
        label=_("For how long, if only reading"),
        choices=[(days, _DAYS % days) for days in DAYS],
        coerce=int,
        initial=3,
        help_text=_("It ends by itself, and can be lifted before."),
    )
    clauses = forms.MultipleChoiceField(
        label=_("Rules that the author breaks"),
        choices=Clause.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the rule that this message breaks.")},
    )
    message = forms.CharField(
        label=_("Message to the author"),
        max_length=MAX_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tell the author why, in a sentence or two.")},
    )
    note = forms.CharField(
        label=_("Note for moderators"),
        max_length=MAX_MESSAGE,
        required=False,
        help_text=_("Kept in the log. The author does not see it."),
    )

    def to_penalty(self) -> Penalty:
        """The penalty of a valid form."""
        values = self.cleaned_data
        act = Act(values["act"])
        return Penalty(
            act=act,
            grounds=tuple(Ground(clause=clause) for clause in values["clauses"]),
            message=strip_controls(values["message"]),
            days=values["days"] if act is Act.MUTE else 0,
            note=strip_controls(values["note"]),
        )


class LiftForm(ToldForm):
    """Why a sanction ends before its time."""

    why = forms.CharField(
        label=_("Why you lift it"),
        max_length=MAX_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The member reads it."),
    )

    def get_why(self) -> str:
        """The words, or nothing: whether they are enough is not asked here."""
        self.full_clean()
        values: dict[str, Any] = self.cleaned_data
        return strip_controls(values.get("why", ""))
