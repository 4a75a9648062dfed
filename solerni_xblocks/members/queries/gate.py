"""Whether an account is open. Warm, it asks nobody: no query, no cache call.

A process remembers the closed accounts, and looks at the transitions since its last look at most every MAX_AGE, with
one query. Transitions become visible in the order of their numbers (models.TransitionCount), so that none is missed,
however late its transaction commits. Who is closed here is shut at once; every other process follows within MAX_AGE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error as DatabaseTrouble
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.members import models
from solerni_xblocks.members.data import State
from solerni_xblocks.members.errors import AccountClosed, AccountUnknown

MAX_AGE = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """Accounts that are not open, as of ``since``; ``reached``: the number of the last transition seen."""

    members: frozenset[int]
    reached: int
    since: datetime
    stale_at: datetime


class _Memory:
    """What this process remembers; replaced whole, so that threads never see half of it."""

    closed: Closed | None = None


def require_open_account(member_id: int, course_key: CourseKey | None) -> None:
    """Returns when the account is open. Raises: AccountClosed; AccountUnknown when the database cannot be asked."""
    now = clock.now()
    closed = _Memory.closed
    if closed is None or not closed.since <= now < closed.stale_at:
        closed = _look(now)
    if member_id in closed.members:
        raise AccountClosed(where_to_go=reverse("solerni_members:my_data"))


def forget_accounts() -> None:
    """Forget what this process remembers: the next question reads all transitions again."""
    _Memory.closed = None


def look_again() -> None:
    """Let the next question look at the transitions, whenever the last look was."""
    closed = _Memory.closed
    if closed:
        _Memory.closed = Closed(
            members=closed.members, reached=closed.reached, since=closed.since, stale_at=closed.since
        )


def _look(now: datetime) -> Closed:
    known = _Memory.closed
    reached = known.reached if known else 0
    try:
        rows = models.AccountTransition.objects.filter(id__gt=reached).order_by("id")
        changes = list(rows.values_list("id", "member_id", "to_state"))
    except DatabaseTrouble as error:
        raise AccountUnknown from error
    last = {member_id: state for _, member_id, state in changes}
    members = (known.members if known else frozenset()) - last.keys()
    members |= {member_id for member_id, state in last.items() if state != State.ACTIVE}
    reached = changes[-1][0] if changes else reached
    closed = Closed(members=frozenset(members), reached=reached, since=now, stale_at=now + MAX_AGE)
    _Memory.closed = closed
    return closed
