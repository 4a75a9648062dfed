"""Rule 2, correct and non-insulting language: a severe phrase of the list holds the post, a suspect one has it read.

Quoted, or talked about in its sentence (« le mot … »), a severe phrase is a suspect. The lists of site and course ask
for what they say, advice, a hold, a refusal, and may name another rule of the terms as the one that they serve.
"""

from __future__ import annotations

from collections.abc import Iterator

from solerni_xblocks.discussion.data.measures import CourtesyMeasure, Insult
from solerni_xblocks.discussion.data.verdicts import Outcome, Passage, Reason, Rule

INSULT = "courtesy.insult"
SUSPECT = "courtesy.suspect"
LISTED = "courtesy.listed"


def judge_courtesy(measure: CourtesyMeasure) -> Iterator[Reason]:
    """One reason for each phrase found.

    >>> from solerni_xblocks.discussion.data.verdicts import Part
    >>> found = Insult(seen="zut", part=Part.BODY, start=4, end=7, outcome=Outcome.HOLD)
    >>> [reason.outcome.name for reason in judge_courtesy(CourtesyMeasure(found=(found,)))]
    ['HOLD']
    """
    for insult in measure.found:
        yield Reason(
            rule=Rule.COURTESY,
            clause=insult.clause or Rule.COURTESY.clause,
            code=_choose_code(insult),
            part=insult.part,
            passage=Passage(start=insult.start, end=insult.end),
            seen=insult.seen,
            outcome=insult.outcome,
        )


def _choose_code(insult: Insult) -> str:
    if insult.is_listed:
        return LISTED
    return INSULT if insult.outcome >= Outcome.HOLD else SUSPECT
