"""Rule 4, content in the course's language: held when that language is improbable, whichever other one is likeliest.

Short texts, and those whose every word is in the French dictionary, are not judged: « Merci ! » is Italian, Czech or
Latin to every library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solerni_xblocks.discussion.data.measures import LanguageMeasure
from solerni_xblocks.discussion.data.verdicts import Outcome, Reason, Rule

OTHER_LANGUAGE = "language.other"
PROBABILITY = 0.1
FEWEST_LETTERS = 20
FRENCH = "fr"


def judge_language(
    measure: LanguageMeasure, *, languages: Sequence[str] = (FRENCH,), threshold: float | None = None
) -> Iterator[Reason]:
    """A reason when ``languages`` together are less probable than ``threshold``; ``seen`` is the likeliest one.

    >>> measure = LanguageMeasure(letters=80, probabilities={"en": 0.97, "fr": 0.02})
    >>> [reason.seen for reason in judge_language(measure)], list(judge_language(measure, languages=["fr", "en"]))
    (['en'], [])
    """
    limit = PROBABILITY if threshold is None else threshold
    is_known_french = measure.is_known and FRENCH in languages
    # A language that the library does not know cannot be told from others.
    if (
        measure.letters < FEWEST_LETTERS
        or is_known_french
        or any(name not in measure.probabilities for name in languages)
    ):
        return
    probability = round(sum(measure.probabilities[name] for name in languages), 4)
    if probability < limit:
        yield Reason(
            rule=Rule.LANGUAGE,
            clause=Rule.LANGUAGE.clause,
            code=OTHER_LANGUAGE,
            seen=max(measure.probabilities, key=lambda name: measure.probabilities[name]),
            score=probability,
            threshold=limit,
            outcome=Outcome.HOLD,
        )
