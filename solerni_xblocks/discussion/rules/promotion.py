"""Rule 7, no open promotion or slur of a product: two signs of promotion hold a newcomer's post, have others' read.

A slur cannot be told from criticism by words: it is a suspect, never held.
"""

from __future__ import annotations

from collections.abc import Iterator

from solerni_xblocks.discussion.data.measures import PromotionMeasure, Sign
from solerni_xblocks.discussion.data.verdicts import Outcome, Passage, Reason, Rule

PROMOTION = "promotion.signs"
SLUR = "promotion.slur"
SIGNS = 2
NEWCOMER_POSTS = 3
"""Whoever has fewer upheld posts is a newcomer."""

_STRONG = frozenset({"affiliate", "repeat"})
"""Signs that are worth reading alone."""


def judge_promotion(
    measure: PromotionMeasure, *, upheld_posts: int = 0, threshold: float | None = None
) -> Iterator[Reason]:
    """One reason for each sign when there are ``threshold`` kinds of them, or a strong one; one for each slur.

    >>> from solerni_xblocks.discussion.data.verdicts import Part
    >>> signs = tuple(Sign(kind=kind, seen="", part=Part.BODY, start=0, end=1) for kind in ("link", "price"))
    >>> {reason.outcome.name for reason in judge_promotion(PromotionMeasure(signs=signs))}
    {'HOLD'}
    >>> {reason.outcome.name for reason in judge_promotion(PromotionMeasure(signs=signs), upheld_posts=9)}
    {'PUBLISH'}
    """
    limit = SIGNS if threshold is None else threshold
    signs = [sign for sign in measure.signs if sign.kind != "slur"]
    kinds = {sign.kind for sign in signs}
    outcome = Outcome.HOLD if len(kinds) >= limit and upheld_posts < NEWCOMER_POSTS else Outcome.PUBLISH
    if len(kinds) >= limit or kinds & _STRONG:
        for sign in signs:
            yield _make_reason(PROMOTION, sign, outcome, score=float(len(kinds)), threshold=float(limit))
    for sign in measure.signs:
        if sign.kind == "slur":
            yield _make_reason(SLUR, sign, Outcome.PUBLISH)


def _make_reason(
    code: str, sign: Sign, outcome: Outcome, *, score: float | None = None, threshold: float | None = None
) -> Reason:
    return Reason(
        rule=Rule.PROMOTION,
        clause=Rule.PROMOTION.clause,
        code=code,
        part=sign.part,
        passage=Passage(start=sign.start, end=sign.end),
        seen=sign.seen,
        score=score,
        threshold=threshold,
        outcome=outcome,
    )
