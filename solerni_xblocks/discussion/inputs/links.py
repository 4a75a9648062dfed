"""Which thread a member has followed a link to, from the link's page to the block that opens it."""

from __future__ import annotations

from typing import Any

import crum
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion.data import Destination

WANTED = "solerni_discussion_wanted"
"""Session key: block, thread and post of the link that was followed last."""


def keep_wanted_thread(session: Any, destination: Destination) -> None:
    """Let the block find, at its next view, which thread and post the member has followed a link to.

    The platform shows blocks in a frame, which no part of the link's address reaches.
    """
    post = str(destination.post_uuid or "")
    session[WANTED] = [str(destination.usage_key), str(destination.thread_uuid), post]


def take_wanted_thread(usage_key: UsageKey) -> dict[str, str]:
    """The ``thread`` wanted in this block, and the ``post`` in it, once; empty when there is none."""
    session = getattr(crum.get_current_request(), "session", {})
    place, thread, post = session.get(WANTED, ("", "", ""))
    if place != str(usage_key):
        return {"thread": "", "post": ""}
    del session[WANTED]
    return {"thread": str(thread), "post": str(post)}
