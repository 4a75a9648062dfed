"""Rule 6, content that the member may use: what is not one's own words needs a declaration; the member is believed.

Nothing is looked for: the terms leave checking to the member, and the declaration is kept with the wording.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from solerni_xblocks.discussion.data.measures import RightsMeasure
from solerni_xblocks.discussion.data.verdicts import Outcome, Part, Passage, Reason, Rule

UNDECLARED = "rights.claim_missing"
LICENCE_MISSING = "rights.licence_missing"
SOURCE_MISSING = "rights.source_missing"
FILE_HOST = "rights.file_host"
CODES = {"claim": UNDECLARED, "licence": LICENCE_MISSING, "source": SOURCE_MISSING}

_make_reason = partial(Reason, rule=Rule.RIGHTS, clause=Rule.RIGHTS.clause)


def judge_rights(measure: RightsMeasure) -> Iterator[Reason]:
    """One reason for each thing that the declaration still has to say, and an advice for each link to a file host.

    >>> [reason.code for reason in judge_rights(RightsMeasure(images=1, missing=("claim",)))]
    ['rights.claim_missing']
    """
    for name in measure.missing:
        quoted = measure.quotations[0] if measure.quotations else None
        yield _make_reason(
            code=CODES[name],
            part=Part.RIGHTS,
            seen=quoted.seen if quoted else "",
            outcome=Outcome.REFUSE,
        )
    for found in measure.hosts:
        yield _make_reason(
            code=FILE_HOST,
            passage=Passage(start=found.start, end=found.end),
            seen=found.seen,
            outcome=Outcome.NUDGE,
        )
