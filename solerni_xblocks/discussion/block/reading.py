"""Handlers of those who read: threads, what is new, what is found, what happened meanwhile, the form under a reply."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlockMixin

from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.discussion import api, inputs, presenters


class ReadingHandlers(XBlockMixin):
    """What is asked again and again, and what opens on demand."""

    @learner_reads
    def list_threads(self, data: dict[str, Any]) -> dict[str, Any]:
        """20 threads. In, all optional: ``sort``, ``filter``, ``kind``, ``after``.

        Out: ``html``, ``threads``, ``after``, ``sort``.
        """
        choice = inputs.parse_choice(data)
        return presenters.answer_threads(api.list_threads(self.member_id, self.place, choice), choice)

    @learner_writes
    def choose_sort(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep the order of the list for the member. In: ``sort``. Out: nothing."""
        api.choose_sort(self.member_id, self.place, inputs.parse_sort(data))
        return {}

    @learner_reads
    def read_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """A thread and its posts. In: ``thread``; ``after`` (posts only) or ``post`` or ``from_unread``, optional.

        Out: ``html``, ``after``, ``thread``, ``state``, ``target`` (the post to go to).
        """
        thread_uuid, after = inputs.parse_thread_uuid(data), inputs.parse_position(data)
        where = {"after": after, "target": inputs.parse_target(data), "from_unread": bool(data.get("from_unread"))}
        place = self.place
        reading = api.read_thread(self.member_id, place, thread_uuid, **where)
        if after:
            return presenters.answer_posts(reading, viewer_id=self.member_id)
        return presenters.answer_thread(reading, place, draft_key=self.draft_key)

    @learner_writes
    def mark_read(self, data: dict[str, Any]) -> dict[str, Any]:
        """The member has read a thread until now. In: ``thread``. Out: what is still new (``place``, ``html``)."""
        api.mark_read(self.member_id, self.place, inputs.parse_thread_uuid(data))
        return presenters.answer_unread(api.count_unread(self.member_id, self.place))

    @learner_writes
    def mark_all_read(self, data: dict[str, Any]) -> dict[str, Any]:
        """Count everything here as read. In: nothing. Out: as ``mark_read``."""
        api.mark_all_read(self.member_id, self.place)
        return presenters.answer_unread(api.count_unread(self.member_id, self.place))

    @learner_reads
    def search_posts(self, data: dict[str, Any]) -> dict[str, Any]:
        """Published posts with all the words. In: ``words``; ``in_course``, ``before``, optional.

        Out: ``html``, ``count``, ``after``.
        """
        where = inputs.parse_search_place(data)
        hits = api.search_posts(self.member_id, self.place, inputs.parse_words(data), **where)
        return presenters.answer_hits(hits, self.usage_key, is_first=where["before"] is None)

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
