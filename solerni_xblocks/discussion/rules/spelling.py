"""Rule 1, meticulous spelling and vocabulary: an advice when too many words are unknown, or texting forms are used.

Words of the course's glossary and of the member's own list are known. Only French has a dictionary here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from solerni_xblocks.discussion.data.measures import Found, SpellingMeasure
from solerni_xblocks.discussion.data.verdicts import Outcome, Passage, Reason, Rule
from solerni_xblocks.discussion.rules.measures.words import fold_word

UNKNOWN = "spelling.unknown"
TEXTING = "spelling.texting"
UNKNOWN_SHARE = 0.08


def judge_spelling(
    measure: SpellingMeasure, *, accepted: tuple[str, ...] = (), threshold: float | None = None
) -> Iterator[Reason]:
    """One reason for each unknown word when their share is ``threshold`` or more, and for each texting form.

    >>> from solerni_xblocks.discussion.data.verdicts import Part
    >>> measure = SpellingMeasure(words=10, unknown=(Found(seen="docker", part=Part.BODY, start=0, end=6),))
    >>> [reason.score for reason in judge_spelling(measure)], list(judge_spelling(measure, accepted=("Docker",)))
    ([0.1], [])
    """
    limit = UNKNOWN_SHARE if threshold is None else threshold
    known = index_words(accepted) if measure.unknown or measure.texting else {}
    texting = {(found.part, found.start): found for found in measure.texting if _fold(found) not in known}
    unknown = [found for found in measure.unknown if _fold(found) not in known]
    share = round(len(unknown) / max(1, measure.words), 3)
    for found in texting.values():
        yield _make_reason(TEXTING, found)
    if unknown and share >= limit:
        for found in unknown:
            if (found.part, found.start) not in texting:
                yield _make_reason(UNKNOWN, found, score=share, threshold=limit)


@lru_cache(maxsize=64)
def index_words(accepted: tuple[str, ...]) -> Mapping[str, str]:
    """The accepted words, and each word of a phrase, by what they are without case and accents.

    >>> index_words(("Pull Request",))
    {'pull request': 'Pull Request', 'pull': 'Pull', 'request': 'Request'}
    """
    return {fold_word(word): word for phrase in accepted for word in (phrase, *phrase.split())}


def _fold(found: Found) -> str:
    return fold_word(found.seen)


def _make_reason(code: str, found: Found, *, score: float | None = None, threshold: float | None = None) -> Reason:
    return Reason(
        rule=Rule.SPELLING,
        clause=Rule.SPELLING.clause,
        code=code,
        part=found.part,
        passage=Passage(start=found.start, end=found.end),
        seen=found.seen,
        score=score,
        threshold=threshold,
        outcome=Outcome.NUDGE,
    )
