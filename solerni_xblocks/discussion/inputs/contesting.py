"""What those who contest write, and what second readers answer. No rule of conduct."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.core.identifiers import make_uuid
from solerni_xblocks.discussion.data import Act
from solerni_xblocks.discussion.data.contesting import AppealCursor, SecondReading, Words
from solerni_xblocks.discussion.inputs.forms import ToldForm
from solerni_xblocks.discussion.inputs.grounds import GroundsField, LawField, require_grounds, to_grounds
from solerni_xblocks.discussion.inputs.moderating import MAX_ID, MAX_MESSAGE

MAX_TEXT = 4000
UPHOLD = "uphold"
REVERSE = "reverse"
LIFT = "lift"
OUTCOMES = {
    UPHOLD: _("The decision stands"),
    REVERSE: _("The decision was wrong; the message has changed since and stays as it is now"),
    LIFT: _("The decision was wrong: it is lifted"),
    Act.PUBLISH: _("The decision was wrong: publish the message"),
    Act.RESTORE: _("The decision was wrong: show the message again"),
    Act.ASK: _("The decision was wrong: ask the author for a correction"),
    Act.HIDE: _("The decision was wrong: hide the message"),
    Act.REMOVE: _("The decision was wrong: remove the message"),
    Act.REFUSE: _("The decision was wrong: refuse the message"),
    Act.UNLOCK: _("The decision was wrong: open the thread again"),
}


class WordsForm(ToldForm):
    """A complaint, or a message of the dialogue. ``submission`` makes a double click one message."""

    text = forms.CharField(max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        """``label`` says what the text is for."""
        super().__init__(*args, initial={"submission": make_uuid()}, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].error_messages["required"] = _("Write a few words first.")

    def to_words(self) -> Words:
        """The words of a valid form."""
        return Words(submission=self.cleaned_data["submission"], text=strip_controls(self.cleaned_data["text"]))


class AnswerForm(ToldForm):
    """A second reader's answer. Rules and a message to the author belong to what takes something from them."""

    outcome = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Why, to who contested"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The reasons in your own words. What is left to them (article 21, a court) is added."),
        error_messages={"required": _("An answer gives its reasons.")},
    )
    clauses = GroundsField()
    law = LawField()
    message = forms.CharField(
        label=_("Message to the author"),
        max_length=MAX_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.IntegerField(min_value=1, max_value=MAX_ID, widget=forms.HiddenInput)

    def __init__(self, *args: Any, acts: Iterable[Act], is_sanction: bool, **kwargs: Any) -> None:
        """``acts``: by what the decision can be reversed; none: it is lifted, or nothing is left to be changed."""
        super().__init__(*args, **kwargs)
        values = [UPHOLD, *(acts or [LIFT if is_sanction else REVERSE])]
        self.fields["outcome"].choices = [(str(value), OUTCOMES[value]) for value in values]
        self.takes = {str(act) for act in acts if act not in (Act.PUBLISH, Act.RESTORE, Act.UNLOCK)}
        if not self.takes:
            del self.fields["clauses"], self.fields["law"], self.fields["message"]

    def clean(self) -> dict[str, Any]:
        """What takes something from the author names a rule and speaks."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("outcome") in self.takes:
            require_grounds(self, values)
        return values

    def to_reading(self) -> SecondReading:
        """The answer of a valid form."""
        values = self.cleaned_data
        outcome = values["outcome"]
        takes = outcome in self.takes
        return SecondReading(
            is_reversed=outcome != UPHOLD,
            text=strip_controls(values["text"]),
            seen=values["seen"],
            act=None if outcome in (UPHOLD, REVERSE, LIFT) else Act(outcome),
            grounds=to_grounds(values) if takes else (),
            message=strip_controls(values["message"]) if takes else "",
        )


def parse_appeal_cursor(text: str) -> AppealCursor | None:
    """Where the list of appeals goes on. Raises Invalid."""
    if not text:
        return None
    moment, _tilde, number = text.partition("~")
    try:
        cursor = AppealCursor(due_at=datetime.fromisoformat(moment), id=int(number))
    except (ValueError, OverflowError) as error:
        raise Invalid(_("This list cannot go on from there: reload the page.")) from error
    if cursor.due_at.tzinfo is None or not 0 <= cursor.id <= MAX_ID:
        raise Invalid(_("This list cannot go on from there: reload the page."))
    return cursor
