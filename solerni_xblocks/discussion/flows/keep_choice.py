"""Keep a choice: what the author of a place chose stands with its threads, for doors that do not know the place."""

from __future__ import annotations

from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.models import Thread


def keep_choice(place: Place) -> None:
    """The threads of ``place`` go by what its author chose last."""
    chosen = place.conduct.replies_after_own
    behind = Thread.objects.filter(usage_key=str(place.usage_key), replies_after_own=not chosen)
    behind.update(replies_after_own=chosen)
