"""Rule 8, no plagiarism: a passage that another member wrote first holds the post; the course's is to be cited.

One's own post again is a double post. The author sees only the passage in their own text: never whose it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from solerni_xblocks.discussion.data.measures import CopiesMeasure
from solerni_xblocks.discussion.data.scenes import Origin
from solerni_xblocks.discussion.data.verdicts import Outcome, Passage, Reason, Rule

SHARE = 0.25
CODES = {Origin.OTHER: "plagiarism.other", Origin.OWN: "plagiarism.own", Origin.COURSE: "plagiarism.course"}
OUTCOMES = {Origin.OTHER: Outcome.HOLD, Origin.OWN: Outcome.NUDGE, Origin.COURSE: Outcome.NUDGE}


def judge_plagiarism(measure: CopiesMeasure, *, threshold: float | None = None) -> Iterator[Reason]:
    """The largest copy from each origin whose share is ``threshold`` or more.

    >>> from solerni_xblocks.discussion.data.measures import Copy
    >>> copy = Copy(origin=Origin.OTHER, name="12", share=0.8, words=40, start=0, end=200)
    >>> [reason.outcome.name for reason in judge_plagiarism(CopiesMeasure(copies=(copy,)))]
    ['HOLD']
    """
    limit = SHARE if threshold is None else threshold
    told: set[Origin] = set()
    for copy in measure.copies:
        if copy.share >= limit and copy.origin not in told:
            told.add(copy.origin)
            yield Reason(
                rule=Rule.PLAGIARISM,
                clause=Rule.PLAGIARISM.clause,
                code=CODES[copy.origin],
                passage=Passage(start=copy.start, end=copy.end),
                score=copy.share,
                threshold=limit,
                outcome=OUTCOMES[copy.origin],
            )
