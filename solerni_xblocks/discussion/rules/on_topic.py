"""Rule 3, a direct link to the course: an advice when hardly any content word is one of the course; people decide.

Short answers, thanks and introductions have too few content words to be judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from solerni_xblocks.discussion.data.measures import TopicMeasure
from solerni_xblocks.discussion.data.verdicts import Outcome, Reason, Rule

OFF_TOPIC = "on_topic.few_shared"
SHARED = 0.15
FEWEST_WORDS = 5
FEWEST_COURSE_WORDS = 50


def judge_topic(measure: TopicMeasure, *, threshold: float | None = None) -> Iterator[Reason]:
    """A reason when the share of the course's words is below ``threshold``.

    >>> [reason.score for reason in judge_topic(TopicMeasure(words=20, shared=1, course=500))]
    [0.05]
    >>> list(judge_topic(TopicMeasure(words=3, shared=0, course=500)))
    []
    """
    limit = SHARED if threshold is None else threshold
    if measure.words < FEWEST_WORDS or measure.course < FEWEST_COURSE_WORDS:
        return
    share = round(measure.shared / measure.words, 3)
    if share < limit:
        yield Reason(
            rule=Rule.ON_TOPIC,
            clause=Rule.ON_TOPIC.clause,
            code=OFF_TOPIC,
            score=share,
            threshold=limit,
            outcome=Outcome.NUDGE,
        )
