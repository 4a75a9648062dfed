"""The form in which members choose when they are mailed of what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.identifiers import parse_course_key
from solerni_xblocks.discussion.data.mailing import OF_MODERATORS, Choice, Frequency, MailSettings
from solerni_xblocks.discussion.inputs.forms import ToldForm

KINDS = {
    "reply": _("Replies in threads that you follow"),
    "mention": _("Somebody mentions you"),
    "answer": _("Your reply is accepted as the answer"),
    "endorsed": _("Your reply is endorsed by staff"),
    "thread": _("New threads in places that you follow"),
    "report": _("Your report is answered"),
    "queue": _("Messages wait for moderators, or are nearly due"),
    "second": _("A contested decision waits for a second reader"),
}
SORTS = {**KINDS, "daily": _("The digest of each day"), "weekly": _("The digest of each week")}
"""What a link in a mail ends."""

FREQUENCIES = {
    Frequency.AT_ONCE: _("At once"),
    Frequency.DAILY: _("Once a day, in a digest"),
    Frequency.WEEKLY: _("Once a week, in a digest"),
    Frequency.NEVER: _("Never by mail"),
}


class MailForm(ToldForm):
    """One answer for each kind; the empty one is "as everywhere", or what the site says."""

    def __init__(self, *args: Any, settings: MailSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for choice in settings.choices:
            self.fields[choice.kind] = _make_field(choice, is_of_course=bool(settings.course_key))

    def to_choices(self) -> dict[str, Frequency | None]:
        """What a valid form says, by kind."""
        return {kind: Frequency(value) if value else None for kind, value in self.cleaned_data.items()}

    @property
    def groups(self) -> list[tuple[bool, list[Any]]]:
        """Fields for everybody, then those for moderators, if there are any."""
        mine = [self[name] for name in self.fields if name not in OF_MODERATORS]
        of_moderators = [self[name] for name in self.fields if name in OF_MODERATORS]
        return [(False, mine), *([(True, of_moderators)] if of_moderators else [])]


def parse_course(text: str) -> str:
    """The key of a course, as text; empty for everywhere. Raises Invalid."""
    return str(parse_course_key(text)) if text else ""


def _make_field(choice: Choice, *, is_of_course: bool) -> forms.ChoiceField:
    fallback = _("As everywhere: %(frequency)s") if is_of_course else _("As this site does: %(frequency)s")
    answers = [("", fallback % {"frequency": FREQUENCIES[choice.fallback]}), *FREQUENCIES.items()]
    return forms.ChoiceField(
        label=KINDS[choice.kind],
        choices=answers,
        required=False,
        initial=choice.own or "",
        error_messages={"invalid_choice": _("Choose one of the answers offered.")},
    )
