"""The words of a text, with where they stand: what a reader takes for one, apostrophes and inclusive endings too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from solerni_xblocks.discussion.rules.folding import fold
from solerni_xblocks.discussion.rules.passages import keep_own_words

_LETTERS = r"(?:[^\W\d_][\u0300-\u036f\u00ad\u200b-\u200d\u2060]*+)++"
_ENDINGS = r"(?:e|s|es|ne|nes|le|les|te|tes|se|ses|ve|ves|he|hes|euse|euses|rice|rices|trice|trices|ère|ères)"
_WORD = re.compile(
    rf"(?<![\w@#]){_LETTERS}(?:['’ʼ‑·•⋅-]{_LETTERS})*+(?:\.{_ENDINGS}(?:\.s)?(?![^\W_]))?(?![\w@])", re.IGNORECASE
)
_PIECE = re.compile(r"[^\W\d_]+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‑": "-"})
_SHORTEST_CONTENT = 4
_ENDING = re.compile(
    r"(?<=\w{4})(?:ements?|ations?|ieres?|aient|antes?|ants?|ees?|ent|ons|ait|aux|iers?|er|ez|es|al|e|s|x)$"
)


class Word(NamedTuple):
    """A word in NFC, with plain apostrophes, and where it stands in the original."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=8)
def list_words(source: str) -> tuple[Word, ...]:
    """The member's own words in ``source``. Remembered shortly: several rules ask for the same text.

    >>> [word.text for word in list_words("L’été des étudiant·e·s, H2O et `git`")]
    ["L'été", 'des', 'étudiant·e·s', 'et']
    """
    return tuple(find_words(keep_own_words(source)))


def find_words(text: str) -> Iterator[Word]:
    """The words of ``text``, whosever they are."""
    for found in _WORD.finditer(text):
        yield Word(clean_word(found[0]), found.start(), found.end())


@lru_cache(maxsize=4096)
def clean_word(word: str) -> str:
    """``word`` as dictionaries write it.

    >>> clean_word("L’e\\u0301te\\u0301\\u00ad")
    "L'été"
    """
    if word.isascii():
        return word
    kept = "".join(character for character in word if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFC", kept).translate(_APOSTROPHES)


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """``word`` without case and accents."""
    return fold(word).text


def make_vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The content words of a course's texts, glossary and titles, as ``on_topic`` compares them.

    >>> sorted(make_vocabulary(["Les nuages se forment en montagne"]))
    ['form', 'montagn', 'nuag']
    """
    return frozenset(stem for text in texts for stem in list_stems(text))


def list_stems(text: str) -> list[str]:
    """The stems of the words of ``text`` that carry its content, each as often as it stands there."""
    stems = (make_stem(piece) for piece in _PIECE.findall(fold(text).text))
    return [stem for stem in stems if stem]


@lru_cache(maxsize=8192)
def make_stem(word: str) -> str:
    """The folded ``word`` without its French ending, empty for a word that says nothing of the subject.

    >>> make_stem("nuages"), make_stem("nuage"), make_stem("merci")
    ('nuag', 'nuag', '')
    """
    if len(word) < _SHORTEST_CONTENT or is_common(word):
        return ""
    return _ENDING.sub("", word)


def is_common(word: str) -> bool:
    """Whether the folded ``word`` says nothing of a subject."""
    return word in read_words("common_fr.txt")


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of a list of ours, which stands beside this module; read once a process."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() for word in line.split("#")[0].split())
