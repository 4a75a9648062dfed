"""Fingerprints of a text, and the passages that two texts share.

Winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003) with four words and a window of four: any eight words in a row that
two texts share leave one fingerprint that both have. Fingerprints find candidates in the database; here the candidates'
words are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from rapidfuzz.distance import LCSseq

from solerni_xblocks.discussion.data.measures import CopiesMeasure, Copy
from solerni_xblocks.discussion.data.scenes import Candidate, Scene, Wording
from solerni_xblocks.discussion.rules.folding import fold
from solerni_xblocks.discussion.rules.measures.template import fold_heading
from solerni_xblocks.discussion.rules.passages import BLANK, blank_quotations, keep_own_words

_WORD = re.compile(r"[^\W_]+")
GRAM = 4
WINDOW = 4
MOST_WORDS = 4_000
FEWEST_WORDS = 6
"""A text shorter than that is nobody's."""

SHORT_WORDS = 12
"""A text shorter than that leaves too few fingerprints: it is a copy only when it is the same, word for word."""

RUN = 3
"""Equal words in a row that count as shared."""

GAP = 3
"""Changed words within a passage that is shared all the same."""

PASSAGE = 8
"""Words of the shortest passage that is shown."""


def fingerprint(source: str, *, headings: Iterable[str] = (), assignment: str = "") -> frozenset[int]:
    """The numbers (unsigned, 32 bits) to keep for ``source``, to be written with each wording.

    Quotes, code, ``headings`` of the template and what ``assignment`` says too are left out. A text that is too short
    for four of its own words in a row has one number, of the whole.

    >>> first = fingerprint("Le petit chat noir dort sur le grand tapis rouge du salon")
    >>> first == fingerprint("LE PETIT CHAT NOIR, dort sur le grand tapis rouge du salon !")
    True
    """
    words = list_own(source, headings)
    if len(words) < SHORT_WORDS:
        return frozenset({_hash(words)}) if len(words) >= FEWEST_WORDS else frozenset()
    grams = _hash_grams(words)
    theirs = frozenset(_hash_grams(list_own(assignment)))
    return frozenset(_winnow(grams)) - theirs


def measure_copies(wording: Wording, scene: Scene, headings: tuple[str, ...] = ()) -> CopiesMeasure:
    """The candidates of ``scene`` that ``wording`` really shares a passage with, the largest share first."""
    own = list_own(wording.source, headings)
    if len(own) < FEWEST_WORDS or not scene.candidates:
        return CopiesMeasure()
    places = _list_places(wording.source, headings)
    is_given = _find_given(own, list_own(scene.assignment))
    shared = [
        (candidate, _compare(own, list_own(candidate.source, headings), is_given)) for candidate in scene.candidates
    ]
    copies = [_make_copy(candidate, found, places) for candidate, found in shared if found]
    return CopiesMeasure(copies=tuple(sorted(copies, key=lambda copy: copy.share, reverse=True)))


def list_own(source: str, headings: Iterable[str] = ()) -> list[str]:
    """The folded words of ``source`` that its author claims to have written; those of ``headings`` are not."""
    return _WORD.findall(fold(_keep_claimed(source, headings)).text)[:MOST_WORDS]


def _list_places(source: str, headings: Iterable[str]) -> list[tuple[int, int]]:
    """Where each word of ``list_own`` stands in ``source``."""
    folded = fold(_keep_claimed(source, headings))
    spans = [found.span() for found in _WORD.finditer(folded.text)][:MOST_WORDS]
    return [folded.locate(start, end) for start, end in spans]


def _keep_claimed(source: str, headings: Iterable[str]) -> str:
    text = blank_quotations(keep_own_words(source))
    given = frozenset(fold_heading(heading) for heading in headings)
    if not given:
        return text
    lines = text.splitlines(keepends=True)
    return "".join(BLANK * len(line) if fold_heading(line) in given else line for line in lines)


class _Shared(NamedTuple):
    """The longest passage that two texts share, by the places of its words; how many words they share, of how many."""

    first: int
    last: int
    words: int
    smaller: int


def _compare(own: list[str], theirs: list[str], is_given: list[bool]) -> _Shared | None:
    smaller = min(len(own), len(theirs))
    if smaller < SHORT_WORDS:
        return _Shared(0, len(own), len(own), smaller) if own == theirs else None
    passages = [passage for passage in _join(_find_runs(own, theirs), is_given) if passage[2] >= PASSAGE]
    if not passages:
        return None
    first, last, _ = max(passages, key=lambda passage: passage[2])
    return _Shared(first, last, sum(words for _, _, words in passages), smaller)


def _make_copy(candidate: Candidate, shared: _Shared, places: list[tuple[int, int]]) -> Copy:
    return Copy(
        origin=candidate.origin,
        name=candidate.name,
        share=round(shared.words / shared.smaller, 3),
        words=shared.words,
        start=places[shared.first][0],
        end=places[shared.last - 1][1],
    )


def _find_runs(own: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    """Equal words in a row: from where to where in ``own``, and in ``theirs``. Halves that changed places count too."""
    runs = _align(own, theirs)
    rest_own = _without(own, [(first, last) for first, last, _, _ in runs], "\x00")
    rest_theirs = _without(theirs, [(first, last) for _, _, first, last in runs], "\x01")
    return sorted(runs + _align(rest_own, rest_theirs))


def _align(own: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    blocks = LCSseq.editops(own, theirs).as_matching_blocks()
    return [(a, a + size, b, b + size) for a, b, size in blocks if size >= RUN]


def _without(words: list[str], spans: Iterable[tuple[int, int]], mark: str) -> list[str]:
    rest = list(words)
    for first, last in spans:
        rest[first:last] = [mark] * (last - first)
    return rest


def _join(runs: list[tuple[int, int, int, int]], is_given: list[bool]) -> Iterator[tuple[int, int, int]]:
    """Runs that few changed words part, as one passage: from where to where in the own text, and words shared."""
    first, last, shared = 0, 0, 0
    for start, end, _, _ in runs:
        words = is_given[start:end].count(False)
        if shared and start - last > GAP:
            yield first, last, shared
            shared = 0
        if words:
            first, last, shared = first if shared else start, end, shared + words
    yield first, last, shared


def _find_given(own: list[str], assignment: list[str]) -> list[bool]:
    """Which of the ``own`` words stand in a gram that the assignment has too."""
    theirs = {tuple(assignment[place : place + GRAM]) for place in range(len(assignment) - GRAM + 1)}
    given = [False] * len(own)
    for place in range(len(own) - GRAM + 1):
        if tuple(own[place : place + GRAM]) in theirs:
            given[place : place + GRAM] = [True] * GRAM
    return given


def _hash_grams(words: list[str]) -> list[int]:
    return [_hash(words[place : place + GRAM]) for place in range(len(words) - GRAM + 1)]


def _winnow(grams: list[int]) -> Iterator[int]:
    """The least number of each window of ``grams``."""
    return (min(grams[place : place + WINDOW]) for place in range(max(1, len(grams) - WINDOW + 1)))


def _hash(words: Iterable[str]) -> int:
    return crc32(" ".join(words).encode())
