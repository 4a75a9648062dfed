"""Words as search compares them: folded, whole or (the last one) as a beginning; and where a text holds them.

Every word is kept twice, behind its course, and behind its course and bucket (twenty thousand posts): whatever a
database takes for a stop word or for too short is found all the same, and so is a common word among the latest posts
without reading what all others hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase, digits
from zlib import crc32

from solerni_xblocks.discussion.data import Passage
from solerni_xblocks.discussion.rules.folding import fold

BUCKET = 20_000
MOST_WORDS = 8
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_DIGITS = digits + ascii_lowercase


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is looked for: all of ``words``, the last one as a beginning unless something follows it."""

    words: tuple[str, ...]
    is_open: bool


def parse_terms(typed: str) -> Terms:
    """What ``typed`` asks for; no words when nothing of two letters is there.

    >>> parse_terms("L'été, Ça ma")
    Terms(words=('l', 'ete', 'ca', 'ma'), is_open=True)
    >>> parse_terms("été ").is_open
    False
    """
    words = tuple(dict.fromkeys(_find_words(typed)))[:MOST_WORDS]
    if all(len(word) < 2 for word in words):
        return Terms(words=(), is_open=False)
    return Terms(words=words, is_open=bool(re.search(r"[^\W_]$", typed)))


def make_search_text(title: str, plain: str, *, course: str, number: int) -> str:
    """What is kept of the post of this number to be searched.

    >>> make_search_text("Été", "l'été", course="course-v1:A+B+C", number=41_000)
    'zs0by8qkdete zs0by8qkdl zk0by8qkd2xete zk0by8qkd2xl'
    """
    words = tuple(dict.fromkeys((*_find_words(title), *_find_words(plain))))
    before = (name_course(course), name_bucket(course, number))
    return " ".join(f"{mark}{word}" for mark in before for word in words)


def name_course(course: str) -> str:
    """What stands before each word of a course."""
    return f"zs{_digest(course)}"


def name_bucket(course: str, number: int) -> str:
    """What stands before each word of a course in the bucket of the post of this number."""
    return f"zk{_digest(course)}{number // BUCKET}x"


def _digest(course: str) -> str:
    """Seven letters and digits for a course: two courses that share them cost time, no more."""
    number, found = crc32(course.encode()), ""
    for _ in range(7):
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
    return found


def find_passages(text: str, terms: Terms) -> tuple[Passage, ...]:
    """Where ``text``, as it was written, holds the words of ``terms``.

    >>> find_passages("Un Café noir", Terms(words=("caf",), is_open=True))
    (Passage(start=3, end=7),)
    """
    folded = fold(text)
    last = terms.words[-1] if terms.is_open else None
    found = []
    for match in _WORD.finditer(folded.text):
        word = match.group()[:LONGEST_WORD]
        if word in terms.words or (last and word.startswith(last)):
            found.append(Passage(start=folded.origins[match.start()], end=folded.origins[match.end() - 1] + 1))
    return tuple(found)


def _find_words(text: str) -> Iterator[str]:
    return (match.group()[:LONGEST_WORD] for match in _WORD.finditer(fold(text).text))
