"""The discussion block: a prompt by the course's author, threads by its members, under the author's policy."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.shortcuts import resolve_url
from web_fragments.fragment import Fragment
from xblock.fields import Field
from xblock.validation import ValidationMessage

from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.discussion import api, inputs, presenters
from solerni_xblocks.discussion.block.answering import AnsweringHandlers
from solerni_xblocks.discussion.block.arranging import ArrangingHandlers
from solerni_xblocks.discussion.block.attaching import FileHandlers
from solerni_xblocks.discussion.block.choices import DiscussionSettings
from solerni_xblocks.discussion.block.following import FollowingHandlers
from solerni_xblocks.discussion.block.reading import ReadingHandlers
from solerni_xblocks.discussion.block.wording import WordingHandlers
from solerni_xblocks.discussion.block.writing import WritingHandlers
from solerni_xblocks.discussion.data import Choice, Kind, Mode, Place
from solerni_xblocks.host import api as host

EDITABLE = tuple(name for name, field in vars(DiscussionSettings).items() if isinstance(field, Field))


class DiscussionBlock(
    AnsweringHandlers,
    ArrangingHandlers,
    DiscussionSettings,
    FileHandlers,
    FollowingHandlers,
    ReadingHandlers,
    WordingHandlers,
    WritingHandlers,
    SolerniBlock,
):
    """Threads and replies inside a course unit."""

    domain = "discussion"

    editable_fields: ClassVar[tuple[str, ...]] = EDITABLE

    @property
    def has_score(self) -> bool:
        """Whether the platform keeps a grade for this block."""
        return bool(self.is_graded)

    @property
    def has_custom_completion(self) -> bool:
        """Whether the block says itself when it is done; it is done on view where nothing is asked."""
        return inputs.make_requirement(self).is_asked

    def max_score(self) -> float:
        """The points that the whole is worth."""
        return float(self.weight)

    @property
    def place(self) -> Place:
        """Where this block's threads live, under its policy."""
        return Place(
            course_key=self.course_key,
            usage_key=self.usage_key,
            title=self.display_name or "",
            prompt=self.prompt or "",
            policy=inputs.make_policy(self),
            conduct=inputs.make_conduct(self),
            care=inputs.make_care(self),
            is_preview=getattr(self.runtime, "is_author_mode", False),
        )

    @property
    def draft_key(self) -> str:
        """Where the browser keeps what the member types here."""
        return presenters.make_draft_key(self.member_id, self.usage_key)

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The threads, for those who take part; the prompt and what to do, for others."""
        try:
            self.require_open()
        except (Refused, Unavailable) as refusal:
            return self.make_closed_fragment(refusal)
        if self.member_id is None or not api.may_take_part(self.member_id, self.course_key):
            return self._make_invitation()
        return self._make_threads()

    def public_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """What a visitor sees: the prompt, and how to take part."""
        return self._make_invitation()

    def author_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """Studio's preview: the prompt and the policy. Nobody's messages."""
        return self.make_fragment("author.html", {"prompt": self._prompt, **presenters.view_choices(self.place)})

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The author's form, in groups."""
        return self.make_fragment("studio.html", presenters.view_settings(self), module="studio.js")

    def clean_studio_edits(self, data: dict[str, Any]) -> None:
        """Take away what cannot be written to a course file."""
        for name in ("display_name", "prompt"):
            if isinstance(data.get(name), str):
                data[name] = strip_controls(data[name])

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """Tell every field that cannot be as it is set."""
        for _field, text in inputs.find_faults(data):
            validation.add(ValidationMessage(ValidationMessage.ERROR, str(text)))

    @property
    def _prompt(self) -> str:
        return presenters.show_markdown(self.prompt or "")

    def _make_threads(self) -> Fragment:
        page = api.list_threads(self.member_id, self.place)
        is_moderator, kinds = page.viewer.is_moderator, presenters.list_kinds(self.place, page.viewer)
        context = {
            "prompt": self._prompt,
            "threads": presenters.render_threads(page, Choice()),
            "after": presenters.format_cursor(page.after),
            "at": page.at,
            "sorts": presenters.list_sorts(page.sort),
            "filters": presenters.list_filters(kinds, is_moderator=is_moderator),
            "has_issues": Kind.ISSUE in kinds,
            "notices": presenters.answer_notices(api.list_notices(self.member_id, self.place), self.usage_key),
            "following": api.get_following(self.member_id, self.place),
            "unread": presenters.render_unread(api.count_unread(self.member_id, self.place)),
            "participation": self._tell_participation(),
            **presenters.view_form(self.place, page.viewer),
            "draft_key": self.draft_key,
            "drafts": api.list_drafts(self.member_id, self.place),
            "waiting_files": presenters.view_waiting(api.list_waiting_files(self.member_id, self.place)),
            "limit": conf.get("SOLERNI_DISCUSSION_MAX_CHARACTERS"),
            "is_read_before": self.place.policy.mode == Mode.BEFORE,
            "is_moderator": is_moderator,
            "is_staff": page.viewer.is_staff,
            "mute": None if is_moderator else presenters.view_mute(api.find_mute(self.member_id, self.course_key)),
            **self.count_waiting(page.viewer),
        }
        wanted = inputs.take_wanted_thread(self.usage_key)
        wanted |= {"news_seconds": conf.get("SOLERNI_DISCUSSION_NEWS_SECONDS")}
        return self.make_fragment("block.html", context, module="view.js", **wanted)

    def _make_invitation(self) -> Fragment:
        context = {
            "prompt": self._prompt,
            "is_visitor": self.member_id is None,
            "login_url": resolve_url(settings.LOGIN_URL),
            "next": host.courses().get_block_url(self.usage_key),
        }
        return self.make_fragment("invitation.html", context)
