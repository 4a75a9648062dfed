"""The form of a wording: how long it is, which headings it has, and under which of them nothing stands."""

from __future__ import annotations

import re

from solerni_xblocks.discussion.data.measures import Section, TemplateMeasure
from solerni_xblocks.discussion.data.scenes import Wording
from solerni_xblocks.discussion.rules.folding import fold
from solerni_xblocks.discussion.rules.passages import BLANK, keep_own_words

_HEADING = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]+(?P<marked>[^\n]*?)[ \t#]*|\*\*(?P<bold>[^*\n]+)\*\*[ \t]*:?[ \t]*)$", re.MULTILINE
)
_NOT_SAID = re.compile(r"[\W_]+")


def measure_template(wording: Wording) -> TemplateMeasure:
    """The form of ``wording``. A line all in bold is a heading too: that is how many people write one."""
    found = find_headings(wording)
    ends = [*(heading.start() for heading in found[1:]), len(wording.source)]
    sections = [
        Section(heading=fold_heading(heading["marked"] or heading["bold"] or ""), letters=_count(wording, heading, end))
        for heading, end in zip(found, ends, strict=False)  # no heading has no end
    ]
    return TemplateMeasure(
        is_opening=wording.is_opening,
        title=len(wording.title.strip()),
        words=count_words(wording.source),
        sections=tuple(sections),
        fields=wording.fields,
        tags=wording.tags,
    )


def find_headings(wording: Wording) -> list[re.Match[str]]:
    """The headings of the member's own text, in order."""
    return list(_HEADING.finditer(keep_own_words(wording.source)))


def count_words(source: str) -> int:
    """How many of ``source``'s own words are there.

    >>> count_words("> cité\\nAujourd'hui, j'ai 3 idées !")
    4
    """
    pieces = keep_own_words(source).replace(BLANK, " ").split()
    return sum(any(character.isalnum() for character in piece) for piece in pieces)


def fold_heading(text: str) -> str:
    """``text`` without case, accents and punctuation.

    >>> fold_heading("  Problème rencontré : ") == fold_heading("PROBLEME — rencontre")
    True
    """
    return _NOT_SAID.sub(" ", fold(text).text).strip()


def _count(wording: Wording, heading: re.Match[str], end: int) -> int:
    """How many letters and figures stand under ``heading``, quoted ones too."""
    return len(_NOT_SAID.sub("", wording.source[heading.end() : end]))
