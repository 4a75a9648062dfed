"""Whether a thread takes words of members: a moderator locked it, or its place locks what has long been quiet."""

from __future__ import annotations

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.models import State, Thread
from solerni_xblocks.discussion.rules.arranging import is_locked, is_quiet


def is_thread_locked(thread: Thread) -> bool:
    """Whether a moderator's lock holds now."""
    return is_locked(thread.locked_at, thread.locked_until, now=clock.now())


def find_quiet_days(thread: Thread, place: Place) -> int:
    """After how many days without a message the rule of ``place`` closed the thread; 0 when it did not.

    Nobody could write while a lock held, nor before the thread was published: such time counts for nothing.
    """
    days = place.conduct.quiet_days
    if thread.state != State.PUBLISHED or is_thread_locked(thread):
        return 0
    moments = (thread.last_activity_at, thread.locked_until, thread.reopened_at)
    return days if is_quiet(moments, days=days, now=clock.now()) else 0


def is_thread_shut(thread: Thread, place: Place) -> bool:
    """Whether the thread takes words of moderators only, for one reason or the other."""
    return is_thread_locked(thread) or find_quiet_days(thread, place) > 0
