"""The block that shows a badge: what it asks, where the member stands, the award and its file."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop
from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Integer, Scope, String
from xblock.validation import ValidationMessage

from solerni_xblocks.badges import api, inputs, presenters
from solerni_xblocks.badges.data import BadgeDefinition
from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.blockkit.handlers import learner_reads, learner_writes
from solerni_xblocks.core.errors import Refused, Unavailable
from solerni_xblocks.host import api as host


class BadgeBlock(SolerniBlock):
    """One badge of a course. Its row follows the published content; who holds it is in our tables."""

    domain = "badges"

    display_name = String(
        display_name=gettext_noop("Title"),
        help=gettext_noop("Name of this component in the course outline."),
        default=gettext_noop("Badge"),
        scope=Scope.settings,
    )
    badge_name = String(
        display_name=gettext_noop("Name of the badge"),
        help=gettext_noop("Shown on the badge and in the file that learners receive."),
        default=gettext_noop("Contributor"),
        scope=Scope.settings,
    )
    badge_description = String(
        display_name=gettext_noop("Description"),
        help=gettext_noop("What holding this badge says about a learner."),
        default="",
        multiline_editor=True,
        scope=Scope.settings,
    )
    posts_needed = Integer(
        display_name=gettext_noop("Posts to publish"),
        help=gettext_noop("How many published posts it takes, from 0 to 1,000."),
        default=3,
        values={"min": 0, "max": 1000},
        scope=Scope.settings,
    )
    terms_needed = Boolean(
        display_name=gettext_noop("Terms to accept"),
        help=gettext_noop("Whether learners must have accepted the terms of use."),
        default=True,
        scope=Scope.settings,
    )
    editable_fields = ("display_name", "badge_name", "badge_description", "posts_needed", "terms_needed")

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The badge; for a member also where they stand, what earlier activity already earned included."""
        if getattr(self.runtime, "is_author_mode", False):
            return self.author_view(context)
        try:
            self.require_open()
        except (Refused, Unavailable) as refusal:
            return self.make_closed_fragment(refusal)
        if self._list_errors():
            return self.make_fragment("unready.html", {})
        achievement = api.define_badge(self._make_definition())
        badge = presenters.show_achievement(achievement)
        if self.member_id is None:
            return self.make_fragment("visitor.html", {"badge": badge})
        api.evaluate_member(self.usage_key, member_id=self.member_id)
        return self.make_fragment("badge.html", {"badge": badge, **self._show_standing()}, module="badge.js")

    def author_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """Studio's preview: the badge as written; nothing is defined or evaluated."""
        errors = self._list_errors()
        sentences = () if errors else self._make_definition().sentences
        return self.make_fragment("author.html", {"errors": errors, "sentences": sentences})

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """Refuses a badge without name or without anything to do."""
        for error in _list_errors(data):
            validation.add(ValidationMessage(ValidationMessage.ERROR, str(error)))

    @learner_reads
    def read_progress(self, data: dict[str, Any]) -> dict[str, Any]:
        """Where the member stands now, as HTML."""
        return {"html": self._render_standing()}

    @learner_writes
    def share_award(self, data: dict[str, Any]) -> dict[str, Any]:
        """Publish the member's award of this block, or make it private again."""
        if inputs.parse_choice(data):
            api.publish_award(self.usage_key, member_id=self.member_id)
            message = gettext("Your badge now has a public page.")
        else:
            api.hide_award(self.usage_key, member_id=self.member_id)
            message = gettext("Your badge is private again.")
        return {"html": self._render_standing(), "message": message}

    def _render_standing(self) -> str:
        return render_to_string("solerni/badges/standing.html", self._show_standing())

    def _show_standing(self) -> dict[str, Any]:
        return presenters.show_progress(api.get_progress(self.usage_key, member_id=self.member_id))

    def _list_errors(self) -> list[Any]:
        return _list_errors(self)

    def _make_definition(self) -> BadgeDefinition:
        criterion = inputs.make_criterion(posts_needed=self.posts_needed, terms_needed=self.terms_needed)
        language = presenters.choose_language(host.courses().get_language(self.course_key))
        return BadgeDefinition(
            usage_key=str(self.usage_key),
            course_key=str(self.course_key),
            name=self.badge_name,
            description=self.badge_description,
            language=language,
            criterion=criterion,
            sentences=presenters.list_sentences(criterion, language=language),
        )

    @staticmethod
    def workbench_scenarios() -> list[tuple[str, str]]:
        """A badge for two posts."""
        return [("Solerni: badge", "<solerni_badge posts_needed='2'/>")]


def _list_errors(fields: Any) -> list[Any]:
    return inputs.list_field_errors(
        name=fields.badge_name,
        description=fields.badge_description,
        posts_needed=fields.posts_needed,
        terms_needed=fields.terms_needed,
    )
