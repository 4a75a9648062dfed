"""Handlers of files: one is sent for a form, described, taken out again. They are handed out by a page, not here."""

from __future__ import annotations

from typing import Any

from xblock.core import XBlockMixin

from solerni_xblocks.blockkit.handlers import learner_uploads, learner_writes
from solerni_xblocks.discussion import api, inputs, presenters


class FileHandlers(XBlockMixin):
    """What the form does with files before the message is published."""

    @learner_uploads
    def upload_file(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep a file for a form. In: ``file``, ``slot`` (as of ``save_draft``). Out: ``uuid``, ``name``, ``html``."""
        return presenters.answer_file(api.upload_file(self.member_id, self.place, inputs.parse_upload(data)))

    @learner_writes
    def label_file(self, data: dict[str, Any]) -> dict[str, Any]:
        """Say what an image shows and by what right a file is shared.

        In: ``file``, ``alternative``, ``rights``, ``licence``, ``rights_source``. Out: nothing.
        """
        api.label_file(self.member_id, self.place, inputs.parse_file_uuid(data), inputs.parse_label(data))
        return {}

    @learner_writes
    def remove_file(self, data: dict[str, Any]) -> dict[str, Any]:
        """Take a file out of the form in which it waits. In: ``file``. Out: nothing."""
        api.remove_file(self.member_id, self.place, inputs.parse_file_uuid(data))
        return {}
