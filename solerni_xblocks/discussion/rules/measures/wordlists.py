"""Word lists of the courtesy rule: our own French one, in package data, and those of operators and authors.

In our file: one entry a line, its forms separated by commas; ``{a|b} {c|d}`` stands for the four combinations.
``[severe]`` is held; ``[suspect]`` is published and read; ``[allowed]`` are phrases in which a word is innocent;
``[context]`` are phrases of who talks about a word rather than using it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby, product
from typing import NamedTuple

from solerni_xblocks.discussion.data.policies import ListedWord
from solerni_xblocks.discussion.data.verdicts import Outcome
from solerni_xblocks.discussion.rules.folding import fold

Phrase = tuple[str, ...]
SECTIONS = ("severe", "suspect", "allowed", "context")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_NO_PLURAL = ("s", "x", "z")


class Entry(NamedTuple):
    """A phrase, and what finding it asks for: PUBLISH for a suspect, None where it is innocent."""

    phrase: Phrase
    outcome: Outcome | None


@dataclass(kw_only=True, slots=True)
class Node:
    """Where one is in the list after some words: whether that is an entry, and which words may follow."""

    is_entry: bool = False
    outcome: Outcome | None = None
    following: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class WordList:
    """The entries as a tree of words, and the ways to recognise a word that was bent."""

    root: Node
    vocabulary: frozenset[str]
    squeezed: dict[str, frozenset[str]]
    context: re.Pattern[str] | None = None


def squeeze(word: str) -> str:
    """``word`` with every repeated letter once.

    >>> squeeze("oooohhh")
    'oh'
    """
    return "".join(letter for letter, _ in groupby(word))


def parse_word_list(text: str) -> WordList:
    """The word list written in ``text``. Raises KeyError for an unknown section."""
    sections: dict[str, list[Phrase]] = {name: [] for name in SECTIONS}
    current = sections["severe"]
    for line in fold(text).text.splitlines():
        entry = line.split("#")[0].strip()
        if entry.startswith("["):
            current = sections[entry.strip("[]")]
        else:
            current.extend(_split_folded(form) for whole in entry.split(",") if whole.strip() for form in expand(whole))
    outcomes = {"suspect": Outcome.PUBLISH, "severe": Outcome.HOLD, "allowed": None}
    entries = [Entry(phrase, outcomes[name]) for name in outcomes for phrase in sections[name]]
    return make_word_list(entries, context=sections["context"])


def make_word_list(entries: Iterable[Entry], *, context: Iterable[Phrase] = ()) -> WordList:
    """``entries`` made ready; of two with the same phrase, the later one counts."""
    root = Node()
    vocabulary: set[str] = set()
    for entry in entries:
        node = root
        for word in entry.phrase:
            node = node.following.setdefault(word, Node())
        node.is_entry, node.outcome = True, entry.outcome
        vocabulary.update(entry.phrase)
    cues = "|".join(r"[\s'-]+".join(map(re.escape, phrase)) for phrase in context)
    return WordList(
        root=root,
        vocabulary=frozenset(vocabulary),
        squeezed=_squeeze_all(vocabulary),
        context=re.compile(rf"\b(?:{cues})\b") if cues else None,
    )


@cache
def get_french_list() -> WordList:
    """Our own French list, read once a process."""
    return parse_word_list(files(__package__).joinpath("words_fr.txt").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def compile_words(words: tuple[ListedWord, ...]) -> WordList:
    """The list of an operator or an author, with plurals and feminines that they did not write.

    >>> sorted(compile_words((ListedWord("Bidule", Outcome.HOLD),)).vocabulary)
    ['bidule', 'bidulee', 'bidulees', 'bidules']
    """
    entries = [Entry(form, word.outcome) for word in words for form in _inflect(split_phrase(word.phrase)) if form]
    return make_word_list(sorted(entries, key=lambda entry: entry.outcome or 0))


def split_phrase(text: str) -> Phrase:
    """The folded words of ``text``."""
    return _split_folded(fold(text).text)


def _split_folded(text: str) -> Phrase:
    return tuple(text.replace("'", " ").replace("-", " ").split())


def expand(text: str) -> Iterator[str]:
    """Every combination of the choices in ``text``.

    >>> list(expand("{a|b} c"))
    ['a c', 'b c']
    """
    pieces = _CHOICE.split(text)
    choices = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return ("".join(chosen) for chosen in product(*choices))


def _inflect(phrase: Phrase) -> set[Phrase]:
    """``phrase``, all its words in the plural, and a single word in the feminine."""
    forms = {phrase, tuple(_pluralise(word) for word in phrase)}
    if len(phrase) == 1 and phrase[0].isalpha():
        feminine = phrase[0] + "e"
        forms |= {(feminine,), (_pluralise(feminine),)}
    return forms


def _pluralise(word: str) -> str:
    return word if word.endswith(_NO_PLURAL) or len(word) < 3 else word + "s"


def _squeeze_all(vocabulary: Iterable[str]) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for word in vocabulary:
        words.setdefault(squeeze(word), set()).add(word)
    return {short: frozenset(found) for short, found in words.items()}
