"""What a report counts for, and when reports hide a post until somebody has read it."""

from __future__ import annotations

from solerni_xblocks.discussion.data.reports import ReportRecord

CLAUSES = {
    "posts.spelling": "posts.spelling",
    "posts.courtesy": "posts.courtesy",
    "posts.on_topic": "posts.on_topic",
    "posts.language": "posts.language",
    "posts.template": "posts.template",
    "posts.rights": "posts.rights",
    "posts.promotion": "posts.promotion",
    "posts.plagiarism": "posts.plagiarism",
    "abusive": "posts.courtesy",
    "harassment": "posts.courtesy",
    "obscene": "posts.courtesy",
    "libellous": "posts.courtesy",
    "copyright": "posts.rights",
}
"""The clause that a reason for a report points at, where there is one."""

NEEDS_NOTE = frozenset({"other", "illegal"})
"""Reasons that mean nothing without words."""

STAFF_WEIGHT = 2.0
LEAST, MOST = 0.25, 1.5
_BENEFIT = 2
"""A newcomer is taken at their word: as if two earlier reports had been right."""


def weigh_report(record: ReportRecord, *, is_staff: bool) -> float:
    """By the share of a member's answered reports that were upheld; staff weigh more, the frivolous little.

    >>> weigh_report(ReportRecord(upheld=0, answered=0), is_staff=False)
    1.0
    >>> weigh_report(ReportRecord(upheld=8, answered=8), is_staff=False)
    1.4
    >>> weigh_report(ReportRecord(upheld=0, answered=6), is_staff=False)
    0.25
    >>> weigh_report(ReportRecord(upheld=0, answered=6), is_staff=True)
    2.0
    """
    if is_staff:
        return STAFF_WEIGHT
    share = (record.upheld + _BENEFIT) / (record.answered + _BENEFIT)
    # Who was right more often than not gains a little with each proof; who was wrong loses by the square.
    gained = min(MOST - 1, 0.05 * record.upheld) if record.upheld * 2 >= record.answered else 0.0
    return round(max(LEAST, share**2 + gained), 2)


def reaches_threshold(weights: list[float], threshold: float) -> bool:
    """Whether open reports together weigh enough to hide a post; a threshold of 0 never does.

    >>> reaches_threshold([1.0, 1.0, 1.0], 3), reaches_threshold([1.0, 1.0, 0.25], 3), reaches_threshold([9.0], 0)
    (True, False, False)
    """
    return 0 < threshold <= sum(weights)
