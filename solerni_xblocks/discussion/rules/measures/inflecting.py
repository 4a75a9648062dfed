"""Plurals and feminines of what somebody put on a list, which they need not write themselves."""

from __future__ import annotations

import re

from solerni_xblocks.discussion.rules.measures.words import clean_word

SHORTEST = 3
"""Letters of a word from which on it has other forms."""

_GAPS = re.compile(r"[\s'_-]+")
_NO_PLURAL = ("s", "x", "z")
_PLURALS = (("al", "aux"), ("au", "aux"), ("eu", "eux"))
_FEMININES = (
    ("teur", "trice"),
    ("eur", "euse"),
    ("eux", "euse"),
    ("if", "ive"),
    ("er", "ère"),
    ("en", "enne"),
    ("on", "onne"),
    ("el", "elle"),
    ("et", "ette"),
)


def normalise(phrase: str) -> str:
    """``phrase`` in lower case, its accents kept, one space between two words.

    >>> normalise("  Grand-Émoi ")
    'grand émoi'
    """
    return _GAPS.sub(" ", clean_word(phrase).lower()).strip()


def inflect(phrase: str) -> set[str]:
    """The normalised ``phrase``, in the plural (all of it, or its first word), and a single word in the feminine.

    >>> sorted(inflect("pot de vin"))
    ['pot de vin', 'pots de vin', 'pots de vins']
    >>> sorted(inflect("tricheur"))
    ['tricheur', 'tricheure', 'tricheures', 'tricheurs', 'tricheuse', 'tricheuses']
    """
    words = phrase.split(" ")
    if len(words) > 1:
        first = _pluralise(words[0])
        return {phrase, " ".join([first, *words[1:]]), " ".join(map(_pluralise, words))}
    feminines = {phrase + "e", *(phrase.removesuffix(end) + put for end, put in _FEMININES if phrase.endswith(end))}
    made = {form for form in feminines if phrase.isalpha() and len(phrase) >= SHORTEST}
    return {phrase, *made, *(_pluralise(form) for form in (phrase, *made))}


def _pluralise(word: str) -> str:
    if word.endswith(_NO_PLURAL) or len(word) < SHORTEST:
        return word
    return next((word.removesuffix(end) + put for end, put in _PLURALS if word.endswith(end)), word + "s")
