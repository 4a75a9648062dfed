"""Refusals of who changes a list of words; what is wrong with a line of it, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.errors import Conflict, Invalid, Refused


class TooManySuggestions(Refused):
    """The member asked again and again within a minute what words may have meant."""

    code = "word.too_many"
    status = 429
    default_message = _("You have looked at many suggestions: wait a minute. Your text is kept here.")


FAULTS = {
    "words.no_heading": _("Line %(line)d: write a heading such as [hold] above “%(seen)s”."),
    "words.unknown_heading": _("Line %(line)d: “%(seen)s” is no heading. Known are %(headings)s."),
    "words.too_long": _("Line %(line)d: this is too long, 100 characters at most."),
    "words.never_found": _("Line %(line)d: “%(seen)s” would never be found. Write letters and figures alone."),
    "words.twice": _("Line %(line)d: “%(seen)s” stands in the list already."),
    "words.too_many": _("Line %(line)d: the list is full, 3,000 entries at most."),
}
HEADINGS = "[block], [hold], [nudge], [allow], [glossary]"


def say_fault(code: str, *, line: int, seen: str) -> str:
    """What is wrong with the line in which ``seen`` stands, and how to mend it."""
    return str(FAULTS[code]) % {"line": line, "seen": seen, "headings": HEADINGS}


class WordsInvalid(Invalid):
    """Lines of a list cannot be as they are: nothing of it was written."""

    code = "words.invalid"
    default_message = _("Nothing was changed: some lines cannot be as they are.")

    @classmethod
    def tell(cls, sentences: Iterable[str]) -> WordsInvalid:
        """With a sentence for each line."""
        return cls(details={"faults": list(sentences)})


class WordsChanged(Conflict):
    """Somebody else changed the list since it was read."""

    code = "words.changed"
    default_message = _("Somebody else changed this list meanwhile. Your lines are kept below: compare, then save.")


class WordsFull(Invalid):
    """The list would hold more entries than one list may: nothing of what was brought was written."""

    code = "words.full"
    default_message = _("Nothing was changed: with these entries, the list would hold more than 3,000.")


class NotWordEditor(Refused):
    """The person is neither on the course's team nor an operator of the site."""

    code = "words.not_yours"
    default_message = _("Only the course team can change the words of a course, only operators those of the site.")
