"""Which phrases of the word lists a wording has, and whether somebody uses them or talks about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from solerni_xblocks.discussion.data.measures import CourtesyMeasure, Insult
from solerni_xblocks.discussion.data.policies import ListedWords
from solerni_xblocks.discussion.data.scenes import Wording
from solerni_xblocks.discussion.data.verdicts import Outcome, Part
from solerni_xblocks.discussion.rules.folding import Folded, fold
from solerni_xblocks.discussion.rules.measures.inflecting import normalise
from solerni_xblocks.discussion.rules.measures.libraries import LibraryMissing
from solerni_xblocks.discussion.rules.measures.spelling import is_known
from solerni_xblocks.discussion.rules.measures.tokens import Match, find_entries
from solerni_xblocks.discussion.rules.measures.wordlists import WordList, compile_words, get_french_list, split_phrase
from solerni_xblocks.discussion.rules.passages import find_quotations, keep_borrowed_words, keep_own_words

MOST_FOUND = 100
_NEAR = 300
_OTHER_WORD = re.compile(r"salée?s?\b", re.IGNORECASE)
"""What only its accent tells from a word of the list: salted, not dirty."""

_SENTENCE_ENDS = re.compile(r"[.!?…\n\x1f]")


def measure_courtesy(
    wording: Wording, lists: tuple[ListedWords, ...] = (), *, words: WordList | None = None
) -> CourtesyMeasure:
    """The phrases of our list (``words``: another one) and of ``lists``, in title and body, in order of each part.

    What a list calls innocent is so for ours and for those before it, except for what these refuse.
    """
    found: list[Insult] = []
    compiled = [compile_words(listed) for listed in lists if listed.words]
    for part, source in ((Part.TITLE, wording.title), (Part.BODY, wording.source)):
        insults = _measure_part(source, part, words or get_french_list(), compiled)
        found += sorted(insults, key=lambda insult: (insult.start, insult.end))
    return CourtesyMeasure(found=tuple(found[:MOST_FOUND]))


def _measure_part(source: str, part: Part, words: WordList, lists: list[WordList]) -> list[Insult]:
    own = fold(keep_own_words(source))
    innocent: set[int] = set()
    found: list[Insult] = []
    for listed in reversed(lists):
        matches = [match for match in find_entries(own, listed) if not _is_other_word(source, own, match, listed)]
        asking = [match for match in matches if match.outcome and not (_lies_in(match, innocent) and _yields(match))]
        found += [_make_insult(source, part, own, match, is_listed=True) for match in asking]
        for match in matches:
            if match.outcome is None:
                innocent.update(range(match.start, match.end))
    places = {(insult.start, insult.end) for insult in found}
    ours = [*_find_insults(source, part, own, words, innocent), *_find_borrowed(source, part, words)]
    return found + [insult for insult in ours if (insult.start, insult.end) not in places]


def _lies_in(match: Match, innocent: set[int]) -> bool:
    return match.start in innocent and match.end - 1 in innocent


def _yields(match: Match) -> bool:
    """Whether a course may lift what the site's list asks for."""
    return match.outcome is not Outcome.REFUSE


def _find_insults(source: str, part: Part, own: Folded, words: WordList, innocent: set[int]) -> Iterator[Insult]:
    """The phrases of our list in the member's own words."""
    is_mentioned = _make_mention_test(own.text, words)
    for match in find_entries(own, words):
        if match.outcome is not None and not _lies_in(match, innocent):
            insult = _make_insult(source, part, own, match, suspect=is_mentioned(match.start, match.end))
            if not _OTHER_WORD.match(insult.seen):
                yield insult


def _find_borrowed(source: str, part: Part, words: WordList) -> Iterator[Insult]:
    """The phrases of our list in formulas and quotations."""
    if "$" in source or "\\" in source or ">" in source:
        borrowed = fold(keep_borrowed_words(source))
        for match in find_entries(borrowed, words):
            if match.outcome is not None:
                yield _make_insult(source, part, borrowed, match, suspect=True)


def _is_other_word(source: str, folded: Folded, match: Match, listed: WordList) -> bool:
    """Whether only accents make ``match`` a phrase of the list, and the dictionary knows it as it is written."""
    start, end = folded.locate(match.start, match.end)
    seen = normalise(source[start:end])
    written = listed.written.get(split_phrase(seen))
    if written is None or seen in written:
        return False
    try:
        return all(map(is_known, seen.split(" ")))
    except LibraryMissing:
        return False


def _make_insult(
    source: str, part: Part, folded: Folded, match: Match, *, suspect: bool = False, is_listed: bool = False
) -> Insult:
    start, end = folded.locate(match.start, match.end)
    outcome = Outcome.PUBLISH if suspect or match.outcome is None else match.outcome
    seen = source[start:end]
    return Insult(seen=seen, part=part, start=start, end=end, outcome=outcome, is_listed=is_listed, clause=match.clause)


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
