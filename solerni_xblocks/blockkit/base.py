"""SolerniBlock: who asks, where the block stands, how a view becomes a Fragment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey, UsageKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.exceptions import InvalidScopeError
from xblock.utils.studio_editable import StudioEditableXBlockMixin

from solerni_xblocks.blockkit import handlers
from solerni_xblocks.core import jsonkit
from solerni_xblocks.core.errors import Invalid, Refused
from solerni_xblocks.hooks import gates
from solerni_xblocks.host import api as host

USER_ID = "edx-platform.user_id"


@XBlock.needs("i18n")
@XBlock.wants("user")
class SolerniBlock(StudioEditableXBlockMixin, XBlock):
    """Base of every block of ours.

    ``domain`` names the folder of templates and static files (``solerni/<domain>/``). Subclasses render with
    ``make_fragment``; rights come from ``host`` and our own tables, never from the role that the runtime tells.
    """

    domain = ""
    has_author_view = True

    @property
    def member_id(self) -> int | None:
        """The logged-in account, or None for a visitor. While staff view as a learner, the learner's."""
        service = self.runtime.service(self, "user")
        attributes = service.get_current_user().opt_attrs if service else {}
        return attributes.get(USER_ID) if attributes.get("edx-platform.is_authenticated") else None

    @property
    def usage_key(self) -> UsageKey:
        """This block's usage key."""
        return self.scope_ids.usage_id

    @property
    def course_key(self) -> CourseKey:
        """The course (or library) that holds this block."""
        return self.usage_key.context_key

    def require_open(self) -> None:
        """Raises Refused when a block above this one keeps the member out, or a gate of the course does."""
        member_id = self.member_id
        if member_id is None:
            return
        for ancestor in self._walk_ancestors():
            keep_children = getattr(ancestor, "require_children_open", None)
            if keep_children:
                keep_children()
        if self.asks_take_part:
            gates.require(gates.TAKE_PART, member_id, self.course_key)

    asks_take_part = True
    """Whether the course's gate guards the whole block; the block that opens the gate says no."""

    def require_author(self) -> None:
        """Raises Refused unless the person who really asks may change the course in Studio."""
        acting = host.get_acting_user_id()
        if acting is None or not host.courses().may_author(acting, self.course_key):
            raise Refused(_("Only authors of this course may change it."), code="author.required")

    def _walk_ancestors(self) -> Iterator[Any]:
        block = self
        while block.parent:
            block = block.get_parent()
            if block is None:
                return
            yield block

    def make_fragment(self, template: str, context: dict[str, Any], *, module: str = "", **args: Any) -> Fragment:
        """A Fragment of ``solerni/<domain>/<template>`` with our style, and the ES ``module`` started with ``args``.

        ``args`` are URLs and settings only: they travel in a script element that some runtimes do not escape.
        """
        fragment = Fragment(render_to_string(f"solerni/{self.domain}/{template}", {**context, "block": self}))
        fragment.add_css_url(staticfiles_storage.url("solerni/kit/kit.css"))
        fragment.add_css_url(staticfiles_storage.url(f"solerni/{self.domain}/{self.domain}.css"))
        if module:
            fragment.add_javascript_url(staticfiles_storage.url("solerni/kit/boot.js"))
            url = staticfiles_storage.url(f"solerni/{self.domain}/{module}")
            fragment.initialize_js("SolerniBlock", {"module": url, **args})
        return fragment

    def make_closed_fragment(self, refusal: Refused) -> Fragment:
        """What a learner sees of a block that is shut: why, and where to go."""
        fragment = Fragment(render_to_string("solerni/kit/closed.html", {"refusal": refusal}))
        fragment.add_css_url(staticfiles_storage.url("solerni/kit/kit.css"))
        return fragment

    def author_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """Studio's preview; blocks override it when a preview differs from the learner's view."""
        return self.student_view(context)

    @XBlock.handler
    def submit_studio_edits(self, request: Any, suffix: str = "") -> Any:
        """Save the Studio form: authors only (the platform asks for no right here), every error a 400.

        The mixin's script posts JSON under a form content type, so only this handler leaves the type alone.
        """

        def save() -> dict[str, Any]:
            handlers.require_member(self, request)
            self.require_author()
            data = jsonkit.parse_object(request.body)
            if not all(isinstance(data.get(part), kind) for part, kind in (("values", dict), ("defaults", list))):
                raise Invalid(_("The form is incomplete: reload the page and try again."))
            try:
                return StudioEditableXBlockMixin.submit_studio_edits.__wrapped__(self, data, suffix)
            except (ValueError, TypeError, ArithmeticError) as error:
                raise Invalid(_("A value has the wrong form: %(why)s") % {"why": error}) from error
            except InvalidScopeError as error:
                raise Refused(_("Content is edited in Studio."), code="studio.only") from error

        return handlers.answer(save)
