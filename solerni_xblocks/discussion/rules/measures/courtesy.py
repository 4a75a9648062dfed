"""Which phrases of the word lists a wording has, and whether somebody uses them or talks about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from solerni_xblocks.discussion.data.measures import CourtesyMeasure, Insult
from solerni_xblocks.discussion.data.policies import ListedWord
from solerni_xblocks.discussion.data.scenes import Wording
from solerni_xblocks.discussion.data.verdicts import Outcome, Part
from solerni_xblocks.discussion.rules.folding import Folded, fold
from solerni_xblocks.discussion.rules.measures.tokens import Match, find_entries
from solerni_xblocks.discussion.rules.measures.wordlists import WordList, compile_words, get_french_list
from solerni_xblocks.discussion.rules.passages import find_quotations, keep_borrowed_words, keep_own_words

MOST_FOUND = 100
_NEAR = 300
_OTHER_WORD = re.compile(r"salée?s?\b", re.IGNORECASE)
"""What only its accent tells from a word of the list: salted, not dirty."""

_SENTENCE_ENDS = re.compile(r"[.!?…\n\x1f]")


def measure_courtesy(
    wording: Wording, listed: tuple[ListedWord, ...] = (), *, words: WordList | None = None
) -> CourtesyMeasure:
    """The phrases of our list (``words``: another one) and of ``listed``, in title and body, in order of each part."""
    found: list[Insult] = []
    for part, source in ((Part.TITLE, wording.title), (Part.BODY, wording.source)):
        insults = [*_measure_part(source, part, words or get_french_list(), listed)]
        found += sorted(insults, key=lambda insult: (insult.start, insult.end))
    return CourtesyMeasure(found=tuple(found[:MOST_FOUND]))


def _measure_part(source: str, part: Part, words: WordList, listed: tuple[ListedWord, ...]) -> Iterator[Insult]:
    own = fold(keep_own_words(source))
    is_mentioned = _make_mention_test(own.text, words)
    for match in find_entries(own, words):
        insult = _make_insult(source, part, own, match, suspect=is_mentioned(match.start, match.end))
        if not _OTHER_WORD.match(insult.seen):
            yield insult
    if "$" in source or "\\" in source or ">" in source:
        borrowed = fold(keep_borrowed_words(source))
        for match in find_entries(borrowed, words):
            yield _make_insult(source, part, borrowed, match, suspect=True)
    if listed:
        for match in find_entries(own, compile_words(listed)):
            yield _make_insult(source, part, own, match, is_listed=True)


def _make_insult(
    source: str, part: Part, folded: Folded, match: Match, *, suspect: bool = False, is_listed: bool = False
) -> Insult:
    start, end = folded.locate(match.start, match.end)
    outcome = Outcome.PUBLISH if suspect else match.outcome
    return Insult(seen=source[start:end], part=part, start=start, end=end, outcome=outcome, is_listed=is_listed)


def _make_mention_test(text: str, words: WordList) -> Callable[[int, int], bool]:
    """Whether what stands from one place to another of ``text`` is quoted, or talked about in its sentence."""
    quotations = list(find_quotations(text))

    def is_mentioned(start: int, end: int) -> bool:
        if any(first < start and end < last for first, last in quotations):
            return True
        if words.context is None:
            return False
        first, last = _find_sentence(text, start, end)
        return bool(words.context.search(text, first, last))

    return is_mentioned


def _find_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place of ``text``, as far as it is near."""
    first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
    for found in _SENTENCE_ENDS.finditer(text, first, start):
        first = found.end()
    after = _SENTENCE_ENDS.search(text, end, last)
    return first, after.start() if after else last
