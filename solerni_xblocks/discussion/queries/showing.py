"""From when and until when learners see a thread: asked by every door, of rows and in questions to the database."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import Participant
from solerni_xblocks.discussion.models import Thread
from solerni_xblocks.discussion.rules.arranging import is_shown


def is_thread_shown(thread: Thread) -> bool:
    """Whether learners see the thread now."""
    return is_shown(thread.shown_from, thread.shown_until, now=clock.now())


def is_thread_shown_to(thread: Thread, viewer: Participant) -> bool:
    """Whether the viewer sees the thread now, once it is published: see ``is_shown_to``."""
    return viewer.is_moderator or (thread.group_id in (None, viewer.group_id) and is_thread_shown(thread))


def is_shown_now(path: str = "") -> Q:
    """Threads that learners see now; ``path`` leads to the thread. No index serves it: few rows are left out."""
    return is_shown_at(clock.now(), path)


def is_shown_at(now: datetime, path: str = "") -> Q:
    """The same at a moment that is given: for statements that are written before it comes."""
    begun = Q(**{f"{path}shown_from": None}) | Q(**{f"{path}shown_from__lte": now})
    return begun & (Q(**{f"{path}shown_until": None}) | Q(**{f"{path}shown_until__gt": now}))


def is_shown_to(viewer: Participant, path: str = "") -> Q:
    """Threads for everybody or for the viewer's group, seen now; moderators see all. ``path`` leads to the thread."""
    if viewer.is_moderator:
        return Q()
    everybody = Q(**{f"{path}group_id": None})
    groups = everybody if viewer.group_id is None else everybody | Q(**{f"{path}group_id": viewer.group_id})
    return groups & is_shown_now(path)
