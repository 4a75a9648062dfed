"""Handlers of those who say what they think of a message: useful, the answer, endorsed, wrong."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlockMixin

from solerni_xblocks.blockkit.handlers import learner_writes
from solerni_xblocks.discussion import api, inputs, presenters
from solerni_xblocks.discussion.inputs.moderating import parse_complaint


class AnsweringHandlers(XBlockMixin):
    """What is one gesture about one message of somebody else's."""

    @learner_writes
    def vote_post(self, data: dict[str, Any]) -> dict[str, Any]:
        """Find a post useful, or no longer. In: ``post``, ``on``. Out: ``votes``, ``on``."""
        is_on = inputs.parse_flag(data, "on")
        change = api.vote_post if is_on else api.withdraw_vote
        return {"votes": change(self.member_id, self.place, inputs.parse_post_uuid(data)), "on": is_on}

    @learner_writes
    def accept_answer(self, data: dict[str, Any]) -> dict[str, Any]:
        """Accept a reply to one's own question, or no longer. In: ``post``, ``on``. Out: ``on``."""
        is_on = inputs.parse_flag(data, "on")
        change = api.accept_answer if is_on else api.withdraw_answer
        change(self.member_id, self.place, inputs.parse_post_uuid(data))
        return {"on": is_on}

    @learner_writes
    def endorse_post(self, data: dict[str, Any]) -> dict[str, Any]:
        """Endorse a reply as staff, or no longer. In: ``post``, ``on``. Out: ``on``."""
        is_on = inputs.parse_flag(data, "on")
        change = api.endorse_post if is_on else api.withdraw_endorsement
        change(self.member_id, self.place, inputs.parse_post_uuid(data))
        return {"on": is_on}

    @learner_writes
    def report_post(self, data: dict[str, Any]) -> dict[str, Any]:
        """Say what is wrong with another's message. In: ``post``, ``reason``, ``note``. Out: ``said``, ``is_open``."""
        complaint = parse_complaint(data)
        api.report_post(self.member_id, self.place, inputs.parse_post_uuid(data), complaint)
        return presenters.answer_complaint(is_open=True)

    @learner_writes
    def withdraw_report(self, data: dict[str, Any]) -> dict[str, Any]:
        """Take one's report back. In: ``post``. Out: as ``report_post``."""
        api.withdraw_report(self.member_id, self.place, inputs.parse_post_uuid(data))
        return presenters.answer_complaint(is_open=False)
