"""What keeps somebody who reads from writing, so that no form invites them in vain."""

from __future__ import annotations

from datetime import datetime

from solerni_xblocks.discussion.data import Participant, Place, Shut
from solerni_xblocks.discussion.queries.sanctions import find_mute


def find_shut(place: Place, viewer: Participant, *, at: datetime) -> Shut | None:
    """A moderator lets the viewer only read for now, or the place takes no more messages; None for who may write.

    Who moderates is not asked. Whether they may write is asked again when they do (``flows/admitting.py``).
    """
    if viewer.is_moderator:
        return None
    mute, closes_at = find_mute(viewer.id, place.course_key), place.conduct.closes_at
    if mute:
        return Shut(mute=mute)
    return Shut(closed_at=closes_at) if closes_at and closes_at <= at else None
