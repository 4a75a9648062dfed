"""The word list of the courtesy rule: package data, one entry a line, its forms separated by commas.

Sections: ``[severe]`` is held; ``[allowed]`` are phrases in which a severe word is innocent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from solerni_xblocks.discussion.rules.folding import fold

Phrase = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WordList:
    """Phrases by their first word, longest first, and the ways to recognise a word that was bent."""

    severe: dict[str, tuple[Phrase, ...]]
    allowed: dict[str, tuple[Phrase, ...]]
    vocabulary: frozenset[str]
    squeezed: dict[str, frozenset[str]]


def squeeze(word: str) -> str:
    """``word`` with every repeated letter once.

    >>> squeeze("oooohhh")
    'oh'
    """
    return "".join(letter for letter, _ in groupby(word))


def parse_word_list(text: str) -> WordList:
    """The word list written in ``text``. Raises KeyError for an unknown section."""
    sections: dict[str, list[Phrase]] = {"severe": [], "allowed": []}
    current = sections["severe"]
    for line in text.splitlines():
        entry = line.split("#")[0].strip()
        if entry.startswith("["):
            current = sections[entry.strip("[]")]
        else:
            current.extend(_split(form) for form in entry.split(",") if form.strip())
    vocabulary = frozenset(word for phrases in sections.values() for phrase in phrases for word in phrase)
    return WordList(
        severe=_index(sections["severe"]),
        allowed=_index(sections["allowed"]),
        vocabulary=vocabulary,
        squeezed=_squeeze_all(vocabulary),
    )


@cache
def get_french_list() -> WordList:
    """Our own French list, read once a process."""
    return parse_word_list(files(__package__).joinpath("words_fr.txt").read_text(encoding="utf-8"))


def _split(form: str) -> Phrase:
    return tuple(fold(form).text.replace("'", " ").replace("-", " ").split())


def _index(phrases: list[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    by_first: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(found) for first, found in by_first.items()}


def _squeeze_all(vocabulary: frozenset[str]) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for word in vocabulary:
        words.setdefault(squeeze(word), set()).add(word)
    return {short: frozenset(found) for short, found in words.items()}
