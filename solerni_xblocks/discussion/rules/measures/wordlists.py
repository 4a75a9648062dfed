"""Word lists of the courtesy rule: our own French one, in package data, and those of sites and courses.

In our file: one entry a line, its forms separated by commas; ``{a|b} {c|d}`` stands for the four combinations.
``[severe]`` is held; ``[suspect]`` is published and read; ``[allowed]`` are phrases in which a word is innocent;
``[context]`` are phrases of who talks about a word rather than using it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby, product
from typing import NamedTuple, TypeVar

from solerni_xblocks.discussion.data.policies import ListedWords
from solerni_xblocks.discussion.data.verdicts import Outcome
from solerni_xblocks.discussion.rules.folding import fold
from solerni_xblocks.discussion.rules.measures.inflecting import inflect, normalise

Phrase = tuple[str, ...]
Key = TypeVar("Key")
SECTIONS = ("severe", "suspect", "allowed", "context")
_CHOICE = re.compile(r"\{([^{}]*)\}")


class Entry(NamedTuple):
    """A phrase, and what finding it asks for: PUBLISH for a suspect, None where it is innocent."""

    phrase: Phrase
    outcome: Outcome | None
    clause: str = ""


_LEAF: dict[str, Node] = {}


@dataclass(kw_only=True, slots=True)
class Node:
    """Where one is in the list after some words: whether that is an entry, and which words may follow."""

    is_entry: bool = False
    outcome: Outcome | None = None
    clause: str = ""
    following: dict[str, Node] = field(default_factory=lambda: _LEAF)

    def lead_to(self, word: str) -> Node:
        """The node that ``word`` leads to, made when nothing did. Most nodes lead nowhere and share an empty map."""
        if self.following is _LEAF:
            self.following = {}
        return self.following.setdefault(word, Node())


@dataclass(frozen=True, kw_only=True)
class WordList:
    """The entries as a tree of words, and the ways to recognise a word that was bent.

    ``starred``: the words by their length and their ends. ``written``: of a phrase without accents, how the list
    writes it; nothing in a list where accents never make another word.
    """

    root: Node
    vocabulary: frozenset[str]
    squeezed: dict[str, frozenset[str]]
    starred: dict[tuple[int, str, str], frozenset[str]]
    context: re.Pattern[str] | None = None
    written: dict[Phrase, frozenset[str]] = field(default_factory=dict)


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


def make_word_list(
    entries: Iterable[Entry], *, context: Iterable[Phrase] = (), written: dict[Phrase, frozenset[str]] | None = None
) -> WordList:
    """``entries`` made ready; of two with the same phrase, the later one counts."""
    root = Node()
    vocabulary: set[str] = set()
    for entry in entries:
        node = root
        for word in entry.phrase:
            node = node.lead_to(word)
        node.is_entry, node.outcome, node.clause = True, entry.outcome, entry.clause
        vocabulary.update(entry.phrase)
    cues = "|".join(r"[\s'-]+".join(map(re.escape, phrase)) for phrase in context)
    return WordList(
        root=root,
        vocabulary=frozenset(vocabulary),
        squeezed=_group(vocabulary, squeeze),
        starred=_group(vocabulary, lambda word: (len(word), word[:1], word[-1:])),
        written=written or {},
        context=re.compile(rf"\b(?:{cues})\b") if cues else None,
    )


@cache
def get_french_list() -> WordList:
    """Our own French list, read once a process."""
    return parse_word_list(files(__package__).joinpath("words_fr.txt").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def compile_words(listed: ListedWords) -> WordList:
    """The list of a site or a course, with plurals and feminines that nobody wrote.

    What somebody wrote counts more than what we made of another entry, and an innocent phrase more than any other.

    >>> from solerni_xblocks.discussion.data.policies import ListedWord
    >>> sorted(compile_words(ListedWords(words=(ListedWord("Bidule", Outcome.HOLD),))).vocabulary)
    ['bidule', 'bidulee', 'bidulees', 'bidules']
    """
    entries: list[tuple[bool, bool, Entry]] = []
    written: dict[Phrase, set[str]] = {}
    for word in listed.words:
        phrase = normalise(word.phrase)
        for form in inflect(phrase):
            folded = split_phrase(form)
            entries.append((word.outcome is None, form == phrase, Entry(folded, word.outcome, word.clause)))
            written.setdefault(folded, set()).add(form)
    entries.sort(key=lambda made: (made[0], made[1], made[2].outcome or 0))
    kept = {folded: frozenset(forms) for folded, forms in written.items()}
    return make_word_list((entry for _, _, entry in entries), written=kept)


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


def _group(vocabulary: Iterable[str], make_key: Callable[[str], Key]) -> dict[Key, frozenset[str]]:
    words: dict[Key, set[str]] = {}
    for word in vocabulary:
        words.setdefault(make_key(word), set()).add(word)
    return {key: frozenset(found) for key, found in words.items()}
