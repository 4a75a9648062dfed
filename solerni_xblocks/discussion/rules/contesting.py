"""Who may contest a decision and until when, who may read it a second time, and by what it is reversed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from solerni_xblocks.discussion.data import Act, State
from solerni_xblocks.discussion.data.contesting import Party
from solerni_xblocks.discussion.rules.deciding import EXPLAINED, TRANSITIONS

CONTEST_TIME = timedelta(days=184)
"""Six months at least (DSA article 20(1))."""


def find_end(told_at: datetime) -> datetime:
    """Until when somebody who was told at that moment may contest.

    >>> find_end(datetime(2026, 11, 23)).date().isoformat()
    '2027-05-26'
    """
    return told_at + CONTEST_TIME


def refuse_reader(
    reader_id: int,
    *,
    decided_by: int | None,
    author_id: int | None,
    contester_id: int | None,
    reporters: Collection[int],
) -> str:
    """Why the person may not answer, as a code; empty when they may. A second reader has no part in the case.

    >>> people = {"decided_by": 7, "author_id": 3, "contester_id": 3, "reporters": ()}
    >>> refuse_reader(7, **people), refuse_reader(3, **people), refuse_reader(8, **people)
    ('first_reader', 'party', '')
    """
    if reader_id == decided_by:
        return "first_reader"
    return "party" if reader_id in {author_id, contester_id, *reporters} else ""


def choose_readers(appointed: Sequence[int], pool: Sequence[int], *, barred: Collection[int | None]) -> tuple[int, ...]:
    """Who is told that an appeal waits: the course's other moderators, else the pool of the site.

    Staff of the course see it beside the queue in any case.

    >>> choose_readers([7, 8], [1, 2], barred={7, 3}), choose_readers([7], [1, 7], barred={7, 3})
    ((8,), (1,))
    """
    others = tuple(id_ for id_ in appointed if id_ not in barred)
    return others or tuple(id_ for id_ in pool if id_ not in barred)


def list_reversals(party: Party, state: State) -> tuple[Act, ...]:
    """What turns a decision round that left a post in ``state``: for its author, what shows it again; for a reporter,
    what takes it down or asks for a correction.

    >>> [act.value for act in list_reversals(Party.AUTHOR, State.REMOVED)]
    ['restore']
    >>> [act.value for act in list_reversals(Party.REPORTER, State.PUBLISHED)]
    ['ask', 'hide', 'remove']
    """
    if party is Party.AUTHOR:
        return tuple(act for act, after in TRANSITIONS[state].items() if after is State.PUBLISHED)
    return tuple(act for act in TRANSITIONS[state] if act in EXPLAINED)
