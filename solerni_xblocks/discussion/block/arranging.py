"""Handlers of the discussion block for those who moderate: threads as a whole, and what waits in this place."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from xblock.core import XBlockMixin

from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.discussion import api, inputs, presenters
from solerni_xblocks.discussion.data import Participant
from solerni_xblocks.discussion.inputs import arranging as parse


class ArrangingHandlers(XBlockMixin):
    """Every handler asks the flows, which ask the tables, whether the person moderates the course."""

    def count_waiting(self, viewer: Participant) -> dict[str, Any]:
        """What waits for a moderator, in the course and here; nothing is told to others."""
        if not (viewer.is_moderator or viewer.is_trusted):
            return {}
        return {
            "waiting": api.count_queue(self.course_key) if viewer.is_moderator else None,
            "waiting_here": api.list_waiting(self.member_id, self.place, most=0).total,
            "queue_url": reverse("solerni_discussion:queue"),
        }

    @learner_reads
    def open_workbench(self, data: dict[str, Any]) -> dict[str, Any]:
        """What a moderator may do with a thread. In: ``thread``. Out: ``html``."""
        bench = api.read_workbench(self.member_id, self.place, inputs.parse_thread_uuid(data))
        templates = api.list_templates(self.course_key, language=(get_language() or "fr")[:2])
        return presenters.answer_workbench(bench, templates)

    @learner_writes
    def pin_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """Let a thread stand first, or no longer. In: ``thread``, ``on``. Out: ``said``, ``thread``."""
        is_on, uuid = inputs.parse_flag(data, "on"), inputs.parse_thread_uuid(data)
        (api.pin_thread if is_on else api.unpin_thread)(self.member_id, self.place, uuid)
        return presenters.answer_arranged("pinned" if is_on else "unpinned", thread=uuid)

    @learner_writes
    def resolve_issue(self, data: dict[str, Any]) -> dict[str, Any]:
        """Say that a course issue is mended, or not after all. In: ``thread``, ``on``. Out: ``said``, ``thread``."""
        is_on, uuid = inputs.parse_flag(data, "on"), inputs.parse_thread_uuid(data)
        (api.resolve_issue if is_on else api.reopen_issue)(self.member_id, self.place, uuid)
        return presenters.answer_arranged("resolved" if is_on else "reopened", thread=uuid)

    @learner_writes
    def lock_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """Close a thread to members. In: ``thread``, ``clauses``, ``message``, ``until`` (optional, ISO 8601).

        Out: ``said``, ``thread``.
        """
        uuid = inputs.parse_thread_uuid(data)
        api.lock_thread(self.member_id, self.place, uuid, parse.parse_lock(data))
        return presenters.answer_arranged("locked", thread=uuid)

    @learner_writes
    def unlock_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """Open a locked thread again. In: ``thread``. Out: ``said``, ``thread``."""
        uuid = inputs.parse_thread_uuid(data)
        api.unlock_thread(self.member_id, self.place, uuid)
        return presenters.answer_arranged("unlocked", thread=uuid)

    @learner_writes
    def schedule_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """Let learners see a thread for a while. In: ``thread``, ``from``, ``until`` (optional, ISO 8601).

        Without a zone both are in the site's time. Out: ``said``, ``thread``.
        """
        uuid = inputs.parse_thread_uuid(data)
        api.schedule_thread(self.member_id, self.place, uuid, parse.parse_window(data))
        return presenters.answer_arranged("scheduled", thread=uuid)

    @learner_writes
    def move_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """Let a thread stand in another discussion. In: ``thread``, ``place``. Out: ``said``; ``thread`` is empty."""
        uuid, goal = inputs.parse_thread_uuid(data), parse.parse_place(data)
        there = api.move_thread(self.member_id, self.place, uuid, goal)
        return presenters.answer_arranged("moved", name=there.name)

    @learner_writes
    def split_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """Make a thread of messages. In: ``thread``, ``posts``, ``title``, ``kind``. Out: ``said``, ``thread``."""
        uuid = inputs.parse_thread_uuid(data)
        made = api.split_thread(self.member_id, self.place, uuid, parse.parse_split(data))
        return presenters.answer_arranged("split", thread=made)

    @learner_writes
    def merge_threads(self, data: dict[str, Any]) -> dict[str, Any]:
        """Let a thread's messages stand in another. In: ``thread``, ``into`` (or its address).

        Out: ``said``, ``thread``.
        """
        uuid, into = inputs.parse_thread_uuid(data), parse.parse_into(data)
        api.merge_threads(self.member_id, self.place, uuid, into)
        return presenters.answer_arranged("merged", thread=into)

    @learner_reads
    def list_waiting(self, data: dict[str, Any]) -> dict[str, Any]:
        """What waits for a moderator in this place. In: nothing. Out: ``html``, ``total``."""
        waiting = api.list_waiting(self.member_id, self.place)
        return presenters.answer_waiting(waiting, self.place, viewer_id=self.member_id)

    @learner_writes
    def claim_case(self, data: dict[str, Any]) -> dict[str, Any]:
        """Take a case of this place on, or give it up. In: ``post``, ``on``. Out: as ``list_waiting``."""
        change = api.claim_case if inputs.parse_flag(data, "on") else api.release_case
        change(self.member_id, inputs.parse_post_uuid(data), place=self.place)
        waiting = api.list_waiting(self.member_id, self.place)
        return presenters.answer_waiting(waiting, self.place, viewer_id=self.member_id)
