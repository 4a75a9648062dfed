"""Which thread a member has followed a link to, from the link's page to the block that opens it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import crum
from opaque_keys.edx.keys import UsageKey

WANTED = "solerni_discussion_wanted"
"""Session key: block and thread of the link that was followed last."""


def keep_wanted_thread(session: Any, usage_key: UsageKey, thread_uuid: UUID) -> None:
    """Let the block at ``usage_key`` find, at its next view, which thread the member has followed a link to.

    The platform shows blocks in a frame, which no part of the link's address reaches.
    """
    session[WANTED] = [str(usage_key), str(thread_uuid)]


def take_wanted_thread(usage_key: UsageKey) -> str:
    """The thread wanted in this block, once; empty when there is none."""
    session = getattr(crum.get_current_request(), "session", {})
    place, thread = session.get(WANTED, ("", ""))
    if place != str(usage_key):
        return ""
    del session[WANTED]
    return str(thread)
