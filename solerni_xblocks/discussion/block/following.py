"""Handlers of following: what a member wants to be told, what they are told, and whom they may call by name."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlockMixin

from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.discussion import api, inputs, presenters


class FollowingHandlers(XBlockMixin):
    """What members follow, and their notices."""

    @learner_writes
    def follow(self, data: dict[str, Any]) -> dict[str, Any]:
        """Follow, or no longer. In: ``what`` (thread, place, course), ``thread`` for a thread, ``on``. Out: ``on``."""
        what, is_on = inputs.parse_followed(data), inputs.parse_flag(data, "on")
        change = getattr(api, f"follow_{what}" if is_on else f"unfollow_{what}")
        change(self.member_id, self.place, *([inputs.parse_thread_uuid(data)] if what == "thread" else []))
        return {"on": is_on}

    @learner_reads
    def list_notices(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the member is told of the course. In: nothing. Out: ``html``, ``unread``, ``until``."""
        return presenters.answer_notices(api.list_notices(self.member_id, self.place), self.usage_key)

    @learner_writes
    def read_notices(self, data: dict[str, Any]) -> dict[str, Any]:
        """Count notices as read. In: ``until``, as ``list_notices`` told it. Out: as ``list_notices``."""
        api.read_notices(self.member_id, self.place, until=inputs.parse_until(data))
        return presenters.answer_notices(api.list_notices(self.member_id, self.place), self.usage_key)

    @learner_reads
    def list_people(self, data: dict[str, Any]) -> dict[str, Any]:
        """Names of people of the place. In: ``beginning``, ``thread`` (optional). Out: ``names``."""
        named = {"beginning": inputs.parse_beginning(data), "thread_uuid": inputs.parse_thread_named(data)}
        return {"names": api.list_people(self.member_id, self.place, **named)}
