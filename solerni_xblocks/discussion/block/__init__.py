"""The discussion block: a prompt by the course's author, threads by its members, under the author's policy."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.shortcuts import resolve_url
from web_fragments.fragment import Fragment
from xblock.fields import Field
from xblock.validation import ValidationMessage

from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.core.htmlkit import strip_controls
from solerni_xblocks.discussion import api, inputs, presenters
from solerni_xblocks.discussion.block.arranging import ArrangingHandlers
from solerni_xblocks.discussion.block.attaching import FileHandlers
from solerni_xblocks.discussion.block.choices import DiscussionSettings
from solerni_xblocks.discussion.block.reading import ReadingHandlers
from solerni_xblocks.discussion.block.wording import WordingHandlers
from solerni_xblocks.discussion.data import Advice, Choice, Kind, Mode, Participation, Place, PostRecord
from solerni_xblocks.discussion.inputs.moderating import parse_complaint
from solerni_xblocks.host import api as host

EDITABLE = tuple(name for name, field in vars(DiscussionSettings).items() if isinstance(field, Field))


class DiscussionBlock(
    ArrangingHandlers, DiscussionSettings, ReadingHandlers, WordingHandlers, FileHandlers, SolerniBlock
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
        return self.place.conduct.requirement.is_asked

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
        reading = api.read_thread(self.member_id, self.place, thread_uuid, **where)
        if after:
            return presenters.answer_posts(reading, viewer_id=self.member_id)
        return presenters.answer_thread(reading, self.place, draft_key=self.draft_key)

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

    @learner_reads
    def search_posts(self, data: dict[str, Any]) -> dict[str, Any]:
        """Published posts with all the words. In: ``words``; ``in_course``, ``before``, optional.

        Out: ``html``, ``count``, ``after``.
        """
        where = inputs.parse_search_place(data)
        hits = api.search_posts(self.member_id, self.place, inputs.parse_words(data), **where)
        return presenters.answer_hits(hits, self.usage_key, is_first=where["before"] is None)

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
