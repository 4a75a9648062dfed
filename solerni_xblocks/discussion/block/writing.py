"""Handlers of those who write: a message from its draft to its last wording, and what it counts for."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlockMixin

from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.discussion import api, inputs, presenters
from solerni_xblocks.discussion.data import Advice, Participation, PostRecord
from solerni_xblocks.host import api as host


class WritingHandlers(XBlockMixin):
    """What publishes, changes and takes back; the platform learns what the member did of what is asked."""

    @learner_reads
    def preview_post(self, data: dict[str, Any]) -> dict[str, Any]:
        """What a text will look like; nothing is kept. In: ``text``. Out: ``html``."""
        return {"html": presenters.show_preview(inputs.parse_source(data))}

    @learner_writes
    def publish_thread(self, data: dict[str, Any]) -> dict[str, Any]:
        """Open a thread. In: ``title``, ``text``, ``submission``; ``kind``, ``voice``, ``files``, ``insist``, optional.

        Out: ``thread``, ``state``, ``html``, ``said``; of a text to read again ``state`` (nudged, unsent) and ``html``.
        """
        post = api.publish_thread(self.member_id, self.place, inputs.parse_thread_draft(data))
        if isinstance(post, Advice):
            return presenters.answer_advice(post)
        self._tell_participation()
        reading = api.read_thread(self.member_id, self.place, post.thread_uuid)
        return presenters.answer_new_thread(post, reading, self.place, draft_key=self.draft_key)

    @learner_writes
    def publish_post(self, data: dict[str, Any]) -> dict[str, Any]:
        """Reply in a thread. In: ``thread``, ``text``, ``submission``; ``parent``, ``voice``, ``files``, ``insist``.

        The last four are optional. Out: ``uuid``, ``state``, ``html``, ``said``; else as ``publish_thread``.
        """
        under = {"thread_uuid": inputs.parse_thread_uuid(data), "parent_uuid": inputs.parse_parent_uuid(data)}
        return self._answer_written(
            api.publish_post(self.member_id, self.place, inputs.parse_post_draft(data), **under)
        )

    @learner_reads
    def open_edit(self, data: dict[str, Any]) -> dict[str, Any]:
        """The form that changes a message of one's own, or that one moderates. In: ``post``. Out: ``html``."""
        post = api.get_changeable_post(self.member_id, self.place, post_uuid=inputs.parse_post_uuid(data))
        return presenters.answer_edit_form(post, self.place, draft_key=self.draft_key, viewer_id=self.member_id)

    @learner_writes
    def revise_post(self, data: dict[str, Any]) -> dict[str, Any]:
        """Give a message another wording. In: ``post``, ``version``, ``text``, ``title``, ``submission``, ``insist``.

        ``version`` is the wording that was read; ``title`` of an opening message; ``files``: all that it shows from now
        on, as before when left out. Out: as ``publish_post``.
        """
        draft, which = inputs.parse_revision(data)
        return self._answer_written(api.revise_post(self.member_id, self.place, draft, **which))

    @learner_writes
    def withdraw_post(self, data: dict[str, Any]) -> dict[str, Any]:
        """Take one's own message back. In: ``post``. Out: as ``publish_post``."""
        return self._answer_written(
            api.withdraw_post(self.member_id, self.place, post_uuid=inputs.parse_post_uuid(data))
        )

    @learner_reads
    def list_versions(self, data: dict[str, Any]) -> dict[str, Any]:
        """The wordings of a message, for its author and moderators. In: ``post``. Out: ``html``."""
        uuid = inputs.parse_post_uuid(data)
        return presenters.answer_versions(api.list_versions(self.member_id, self.place, post_uuid=uuid))

    @learner_writes
    def save_draft(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep what is being typed. In: ``slot``, ``revision``, ``title``, ``text``, ``kind``, ``voice``.

        ``slot``: ``thread``, or ``reply:`` and a thread, ``comment:`` or ``edit:`` and a message. Out: ``revision``,
        ``said``. A text that another window saved since ``revision`` comes back with the refusal (409).
        """
        return presenters.answer_draft(api.save_draft(self.member_id, self.place, inputs.parse_typed_text(data)))

    def _tell_participation(self) -> Participation | None:
        """Let the platform know what the member did of what is asked; None where nothing is."""
        if not self.has_custom_completion:
            return None
        done = api.measure_participation(self.member_id, self.place)
        if host.get_acting_user_id() != self.member_id:  # staff view as this learner
            return done
        self.runtime.publish(self, "completion", {"completion": float(done.is_met)})
        if self.has_score:
            self.runtime.publish(self, "grade", {"value": done.share * self.weight, "max_value": self.weight})
        return done

    def _answer_written(self, post: PostRecord | Advice) -> dict[str, Any]:
        if isinstance(post, Advice):
            return presenters.answer_advice(post)
        self._tell_participation()
        return presenters.answer_post(post, viewer_id=self.member_id)
