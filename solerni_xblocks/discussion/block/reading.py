"""Handlers of those who read: what happened meanwhile, and the form under a reply."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlockMixin

from solerni_xblocks.blockkit.handlers import learner_reads
from solerni_xblocks.discussion import api, inputs, presenters


class ReadingHandlers(XBlockMixin):
    """What is asked again and again, and what opens on demand."""

    @learner_reads
    def list_news(self, data: dict[str, Any]) -> dict[str, Any]:
        """What happened since the reader looked. In: ``since``; of a thread also ``thread``, ``state``, ``is_locked``.

        Out: ``html``, empty when nothing did. 404: the thread is no longer shown here.
        """
        glance = inputs.parse_glance(data)
        return presenters.answer_news(api.find_news(self.member_id, self.place, glance), glance)

    @learner_reads
    def open_comment(self, data: dict[str, Any]) -> dict[str, Any]:
        """The form for a comment on a message. In: ``post``. Out: ``html``, ``parent`` (the reply above)."""
        commenting = api.get_commented_reply(self.member_id, self.place, inputs.parse_post_uuid(data))
        return presenters.answer_comment_form(commenting, self.place, draft_key=self.draft_key)
