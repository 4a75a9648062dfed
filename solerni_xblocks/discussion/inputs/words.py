"""Lists of words as forms and files bring them: lines become entries, or say why they cannot."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.core.identifiers import parse_course_key
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data.lexicons import SITE, Effect, WordLine, WordsReading
from solerni_xblocks.discussion.errors.words import WordsInvalid, say_fault
from solerni_xblocks.discussion.inputs.forms import ToldForm

MOST_BYTES = 1_000_000


def _make_box(label: Any, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 6, "dir": "auto", "spellcheck": "false", "autocapitalize": "off"})
    return forms.CharField(label=label, help_text=help_text, required=False, strip=False, widget=area)


class WordsForm(ToldForm):
    """The list, a box for each effect, one word or phrase a line; and a text to try it on."""

    block = _make_box(_("Refuse"), _("The message is not taken; its author is told the word and can change it."))
    hold = _make_box(_("Hold"), _("The message waits for a moderator."))
    nudge = _make_box(_("Ask the author to read again"), _("The author may publish all the same."))
    allow = _make_box(
        _("Innocent here"),
        _("Let through, though our list or that of the site names it; what the site refuses is refused here too."),
    )
    glossary = _make_box(_("Words of the subject"), _("The spelling rule knows them, and they speak of the course."))
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    sample = forms.CharField(
        label=_("Try it on a sentence"),
        help_text=_("Nothing is saved or published by trying."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    lines: ClassVar[list[WordLine]] = []

    @classmethod
    def show(cls, reading: WordsReading) -> WordsForm:
        """The list as it stands."""
        boxes = {
            effect.value: "\n".join(line.phrase for line in reading.lines if line.effect is effect) for effect in Effect
        }
        return cls(initial={**boxes, "digest": reading.digest})

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The fields of the list itself, in order."""
        return [self[effect.value] for effect in Effect]

    def clean(self) -> dict[str, Any]:
        """Each line that cannot be is told at its box, with its number."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.lines, faults = api.read_word_boxes({effect: cleaned.get(effect.value, "") for effect in Effect})
        for fault in faults:
            self.add_error(
                fault.effect.value if fault.effect else None, say_fault(fault.code, line=fault.line, seen=fault.seen)
            )
        return cleaned


def parse_word_file(upload: Any) -> list[WordLine]:
    """The entries of an uploaded file. Raises Invalid, WordsInvalid with a sentence for each wrong line."""
    if upload is None or upload.size > MOST_BYTES:
        raise Invalid(_("Choose a text file of at most one megabyte."), code="words.no_file")
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(_("This file is not plain text in UTF-8."), code="words.not_text") from error
    lines, faults = api.read_word_file(text)
    if faults:
        raise WordsInvalid.tell(say_fault(fault.code, line=fault.line, seen=fault.seen) for fault in faults)
    return lines


def parse_list_key(text: str) -> CourseKey | None:
    """Whose list an address names: a course, or (None) the site. Raises Invalid."""
    return None if text == SITE else parse_course_key(text)
