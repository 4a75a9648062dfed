"""What moderators and reporters send: rulings with their grounds, filters of the queue, reports. No rule of conduct."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.core.identifiers import parse_uuid
from solerni_xblocks.discussion.api import Clause, Source
from solerni_xblocks.discussion.data import (
    Act,
    Complaint,
    Filters,
    Only,
    Part,
    Passage,
    QueueCursor,
    Ruling,
    Seen,
)
from solerni_xblocks.discussion.inputs.grounds import GroundsField, LawField, require_grounds, to_grounds
from solerni_xblocks.discussion.rules.deciding import EXPLAINED

MAX_MESSAGE = 2000
MAX_ID = 2**63 - 1

ACTS = {
    Act.PUBLISH: _("Publish"),
    Act.REFUSE: _("Refuse"),
    Act.ASK: _("Ask for a correction"),
    Act.KEEP: _("Keep as it is"),
    Act.HIDE: _("Hide"),
    Act.REMOVE: _("Remove"),
    Act.RESTORE: _("Restore"),
}

ACTS_AT_ONCE = {act.value: ACTS[act] for act in (Act.PUBLISH, Act.REFUSE, Act.KEEP, Act.HIDE, Act.REMOVE, Act.RESTORE)}
"""What can be done to several messages at once: asking for a correction needs words for each."""

MOST_AT_ONCE = 51
"""One more than the limit, so that the flow can say no."""


class RulingForm(forms.Form):
    """A moderator's decision. ``passage`` is copied from the message: where it stands there is found again."""

    act = forms.ChoiceField(choices=[(act.value, name) for act, name in ACTS.items()])
    clauses = GroundsField()
    law = LawField()
    passage = forms.CharField(
        label=_("Passage meant"),
        max_length=MAX_MESSAGE,
        required=False,
        help_text=_("Copied from the message, word for word; empty for the whole message."),
    )
    message = forms.CharField(
        label=_("Message to the author"),
        max_length=MAX_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to refuse, to ask for a correction, to hide or remove: say what can be mended, and how."),
    )
    note = forms.CharField(
        label=_("Note for moderators"),
        max_length=MAX_MESSAGE,
        required=False,
        help_text=_("Kept in the log. The author does not see it."),
    )
    case_version = forms.IntegerField(min_value=0, max_value=MAX_ID, required=False, widget=forms.HiddenInput)
    post_version = forms.IntegerField(min_value=1, max_value=MAX_ID, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: Mapping[Part, str] | None = None, **kwargs: Any) -> None:
        """``texts`` are the title and the body in which the passage is looked for; without, none can be named."""
        super().__init__(*args, **kwargs)
        self.texts = texts
        if texts is None:
            del self.fields["passage"]

    def full_clean(self) -> None:
        """Errors are told to assistive technology, and the first field with one takes the focus."""
        super().full_clean()
        wrong = [name for name in self.fields if self.is_bound and name in self.errors and name != "act"]
        for name in wrong:
            field = self[name]
            ids = f"{field.auto_id}_error {field.auto_id}_helptext" if field.help_text else f"{field.auto_id}_error"
            field.field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": ids}
        if wrong:
            self.fields[wrong[0]].widget.attrs["data-solerni-focus"] = ""

    def clean(self) -> dict[str, Any]:
        """What takes something away names a rule and speaks."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("act") in EXPLAINED:
            require_grounds(self, values)
        if values.get("passage") and self._find_passage(values["passage"]) is None:
            self.add_error("passage", _("These words are not in the message: copy them from it."))
        return values

    def to_ruling(self) -> Ruling:
        """The ruling of a valid form."""
        values = self.cleaned_data
        found = self._find_passage(values.get("passage", ""))
        part, passage = found or (Part.BODY, None)
        return Ruling(
            act=Act(values["act"]),
            grounds=to_grounds(values, part=part, passage=passage),
            message=strip_controls(values["message"]),
            note=strip_controls(values["note"]),
            seen=self._get_seen(),
        )

    def _get_seen(self) -> Seen | None:
        case, post = self.cleaned_data["case_version"], self.cleaned_data["post_version"]
        return None if case is None or post is None else Seen(case=case, post=post)

    def _find_passage(self, words: str) -> tuple[Part, Passage] | None:
        for part, text in (self.texts or {}).items():
            start = text.find(words) if words else -1
            if start >= 0:
                return part, Passage(start=start, end=start + len(words))
        return None


class FilterForm(forms.Form):
    """What of the queue is wanted. What cannot be read narrows nothing."""

    only = forms.ChoiceField(
        label=_("Show"),
        choices=[
            (Only.ALL, _("All that waits")),
            (Only.OVERDUE, _("What is overdue")),
            (Only.FREE, _("What nobody works on")),
            (Only.MINE, _("What I work on")),
            (Only.REPORTED, _("What was reported")),
        ],
        required=False,
    )
    course = forms.ChoiceField(label=_("Course"), required=False)
    source = forms.ChoiceField(
        label=_("Why it waits"), choices=[("", _("Any reason")), *Source.choices], required=False
    )
    clause = forms.ChoiceField(label=_("Rule"), choices=[("", _("Any rule")), *Clause.choices], required=False)
    place = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)

    def __init__(self, *args: Any, courses: Mapping[str, str], **kwargs: Any) -> None:
        """``courses``: titles by key."""
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("All courses")), *courses.items()]
        if len(courses) < 2:
            self.fields["course"].widget = forms.HiddenInput()


def parse_filters(data: Mapping[str, Any]) -> Filters:
    """The filters of an address; what is unknown narrows nothing."""
    only = str(data.get("only", ""))
    return Filters(
        course=str(data.get("course", ""))[:255],
        place=str(data.get("place", ""))[:255],
        source=str(data.get("source", "")) if data.get("source") in Source.values else "",
        clause=str(data.get("clause", "")) if data.get("clause") in Clause.values else "",
        only=Only(only) if only in set(Only) else Only.ALL,
    )


def parse_queue_cursor(text: str) -> QueueCursor | None:
    """Where the queue goes on, as ``presenters.format_queue_cursor`` wrote it. Raises Invalid."""
    if not text:
        return None
    try:
        moment, score, number = text.split("~")
        cursor = QueueCursor(due_at=datetime.fromisoformat(moment), score=float(score), id=int(number))
    except (ValueError, OverflowError) as error:
        raise Invalid(_("This list cannot go on from there: reload the page.")) from error
    if cursor.due_at.tzinfo is None or not 0 <= cursor.id <= MAX_ID or not abs(cursor.score) < MAX_ID:
        raise Invalid(_("This list cannot go on from there: reload the page."))
    return cursor


def parse_chosen(data: QueryDict) -> dict[UUID, Seen]:
    """Posts that were ticked, each with what the page showed of it: ``uuid~case~post``. Raises Invalid."""
    chosen = {}
    for text in data.getlist("chosen"):
        uuid, _tilde, versions = text.partition("~")
        case, _tilde, post = versions.partition("~")
        if not (case.isdecimal() and post.isdecimal() and len(versions) < 40):
            raise Invalid(_("This choice cannot be read: reload the page."))
        chosen[parse_uuid(uuid)] = Seen(case=int(case), post=int(post))
    return chosen


def parse_complaint(data: dict[str, Any]) -> Complaint:
    """What a member says is wrong. Raises Invalid."""
    reason, note = data.get("reason", ""), data.get("note", "")
    if not isinstance(reason, str) or not isinstance(note, str) or len(note) > MAX_MESSAGE:
        raise Invalid(_("A short text was expected."), details={"field": "note"})
    return Complaint(reason=reason, note=strip_controls(note).strip())
