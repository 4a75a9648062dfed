"""What may be imposed on a member, by whom and for how long; what it leaves them."""

from __future__ import annotations

from datetime import datetime, timedelta

from solerni_xblocks.discussion.data import Act, Power

SANCTIONS = frozenset({Act.WARN, Act.MUTE})
"""Acts that touch the author, not the post."""

LONGEST_DAYS = 90

STILL_REPORTED = frozenset({"illegal"})
"""What a member who may not write still reports: a notice of illegal content is everybody's (DSA article 16)."""


def find_end_of_mute(at: datetime, days: int) -> datetime | None:
    """Until when a member may not write; None for a number of days that nobody may impose.

    >>> find_end_of_mute(datetime(2026, 11, 23, 9, 30), 7)
    datetime.datetime(2026, 11, 30, 9, 30)
    >>> find_end_of_mute(datetime(2026, 11, 23), 0) is find_end_of_mute(datetime(2026, 11, 23), 91) is None
    True
    """
    return at + timedelta(days=days) if 1 <= days <= LONGEST_DAYS else None


def may_sanction(power: Power, *, author_power: Power) -> bool:
    """Moderators, and nobody else, impose on those who do not moderate with them.

    >>> may_sanction(Power.MODERATOR, author_power=Power.NONE), may_sanction(Power.TRUSTED, author_power=Power.NONE)
    (True, False)
    >>> may_sanction(Power.MODERATOR, author_power=Power.MODERATOR)
    False
    """
    return power is Power.MODERATOR and author_power is not Power.MODERATOR


def is_running(*, ends_at: datetime | None, lifted_at: datetime | None, now: datetime) -> bool:
    """Whether it keeps the member from writing: it ends by itself, or is lifted.

    >>> end = datetime(2026, 11, 30)
    >>> is_running(ends_at=end, lifted_at=None, now=datetime(2026, 11, 29))
    True
    >>> is_running(ends_at=end, lifted_at=None, now=end)
    False
    >>> is_running(ends_at=end, lifted_at=datetime(2026, 11, 24), now=datetime(2026, 11, 29))
    False
    """
    return ends_at is not None and lifted_at is None and now < ends_at
