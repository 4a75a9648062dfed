"""TermsBlock: a container that shows a document and keeps its children back until the learner answers it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import crum
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String
from xblock.utils.studio_editable import StudioContainerXBlockMixin
from xblock.validation import ValidationMessage

from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.blockkit.handlers import learner_writes
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import api, inputs, presenters
from solerni_xblocks.terms.data import (
    DEFAULT_DOCUMENT,
    Answer,
    Channel,
    DocumentSummary,
    Guard,
    Obligation,
    Page,
    Reach,
    Standing,
    VersionPolicy,
)
from solerni_xblocks.terms.errors import TermsShut


@XBlock.wants("mako")
class TermsBlock(StudioContainerXBlockMixin, SolerniBlock):
    """Not accepted: the document, and children that are not rendered at all. Accepted: a receipt, and the children.

    Children of ours ask ``require_children_open`` in their handlers too, since a handler's address leads past the
    page. Staff of the course are asked as learners are.
    """

    domain = "terms"
    has_children = True
    completion_mode = XBlockCompletionMode.AGGREGATOR
    asks_take_part = False
    editable_fields = ("display_name", "document", "obligation", "closes", "versions", "language")

    display_name = String(
        display_name=_("Name"),
        help=_("Shown in the course outline."),
        default=_("Terms to accept"),
        scope=Scope.settings,
    )
    document = String(
        display_name=_("Document"),
        help=_("The document that learners read and answer before they see what stands inside this block."),
        default=DEFAULT_DOCUMENT,
        scope=Scope.settings,
        values_provider=lambda block: presenters.document_choices(block.list_documents()),
    )
    obligation = String(
        display_name=_("Compulsory or optional"),
        help=_("Compulsory: learners go on once they have accepted. Optional: they go on with yes or no."),
        default=Obligation.COMPULSORY.value,
        scope=Scope.settings,
        values=presenters.OBLIGATIONS,
    )
    closes = String(
        display_name=_("What it closes"),
        help=_("What learners find closed until they have answered."),
        default=Reach.CHILDREN.value,
        scope=Scope.settings,
        values=presenters.REACHES,
    )
    versions = String(
        display_name=_("New versions"),
        help=_("Whether learners are asked again when a new major version comes into force."),
        default=VersionPolicy.IN_FORCE.value,
        scope=Scope.settings,
        values=presenters.POLICIES,
    )
    language = String(
        display_name=_("Language of the text"),
        help=_("The reader’s language, or always the same one."),
        default="",
        scope=Scope.settings,
        values_provider=lambda block: presenters.language_choices(block.list_documents()),
    )

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The document and two choices; or, once answered, a receipt and the children."""
        try:
            self.require_open()
            page = self._get_page()
            if self.member_id is None:
                return self._show_document("visitor.html", page, login_url=self._get_login_url())
            standing = api.get_standing(self.member_id, self.document, versions=self.guard.versions)
            if self.guard.is_answered(standing):
                self.require_children_open()  # a guardian may still have to agree
                return self._show_children(page, standing, context)
        except SolerniError as refusal:
            return self.make_closed_fragment(refusal)
        may_answer = host.get_acting_user_id() in (None, self.member_id)
        return self._show_document(
            "ask.html", page, module="view.js", standing=standing, kind="button", may_answer=may_answer
        )

    def author_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """Studio: what learners see before and after; opened on its own, the children to edit as well."""
        values = context or {}
        root = values.get("root_xblock")
        is_root = root is not None and root.scope_ids.usage_id == self.usage_key
        page = api.find_page_for_course(self.document, self.course_key, languages=self._list_wanted())
        rendered = [] if is_root else self._render_children("author_view", values)
        fragment = self._show_document(
            "author.html",
            page,
            module="author.js",
            is_root=is_root,
            standing=presenters.make_example(page) if page else None,
            children=[mark_safe(child.content) for child in rendered],  # noqa: S308 - fragments are rendered HTML
            name=f"solerni-terms-{sha256(str(self.usage_key).encode()).hexdigest()[:12]}",
        )
        for child in rendered:
            fragment.add_fragment_resources(child)
        if is_root:
            self.render_children(values, fragment, can_reorder=True, can_add=True)
        return fragment

    @learner_writes
    def accept_terms(self, data: dict[str, Any]) -> dict[str, Any]:
        """Record that the learner accepts the ``version`` shown (``language``, ``agree`` true); gives the receipt."""
        inputs.require_tick(data)
        return {"receipt": presenters.receipt(api.accept_version(self._parse_answer(data)))}

    @learner_writes
    def decline_terms(self, data: dict[str, Any]) -> dict[str, Any]:
        """Record that the learner declines the ``version`` shown (``language``); gives the receipt."""
        return {"receipt": presenters.receipt(api.decline_version(self._parse_answer(data)))}

    @property
    def guard(self) -> Guard:
        """What the author asks of learners."""
        return Guard.read(document=self.document, obligation=self.obligation, versions=self.versions)

    def require_children_open(self) -> None:
        """Raises Refused (``terms_required``, ``terms_shut``) when the learner may not use what stands inside."""
        if self.member_id is not None:
            back = host.courses().get_block_url(self.usage_key)
            api.require_document(self.member_id, self.guard, self.course_key, back=back)

    def list_documents(self) -> list[DocumentSummary]:
        """The documents that an author may choose here."""
        return [found for found in api.list_documents() if found.course_key in ("", str(self.course_key))]

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """Tell the author of a choice that does not exist; it is not saved."""
        names = {name: gettext(self.fields[name].display_name) for name in self.editable_fields}
        for text in presenters.explain_faults(data, self.list_documents(), names):
            validation.add(ValidationMessage(ValidationMessage.ERROR, text))

    def validate(self) -> Any:
        """What stands above the block in Studio: the same, and what may come with time."""
        validation = super().validate()
        page = api.find_page_for_course(self.document, self.course_key)
        for text in presenters.explain_waiting(self.document, self.language, page) if validation else ():
            validation.add(ValidationMessage(ValidationMessage.WARNING, text))
        return validation

    def _list_wanted(self) -> list[str]:
        """Languages wanted: the one that the author fixed, then the reader's."""
        return [self.language, get_language() or ""]

    def _get_page(self) -> Page:
        page = api.find_page_for_course(self.document, self.course_key, languages=self._list_wanted())
        if page is None:
            raise TermsShut
        return page

    def _show_document(self, template: str, page: Page | None, *, module: str = "", **context: Any) -> Fragment:
        shown = {
            "page": page,
            "html": presenters.show_html(page) if page else "",
            "is_optional": self.guard.obligation is Obligation.OPTIONAL,
            "is_any": self.guard.versions is VersionPolicy.ANY,
            "closes_section": Reach.read(self.closes) is Reach.SECTION,
        }
        return self.make_fragment(template, {**shown, **context}, module=module)

    def _show_children(self, page: Page, standing: Standing, context: dict[str, Any] | None) -> Fragment:
        rendered = self._render_children("student_view", context)
        children = [mark_safe(child.content) for child in rendered]  # noqa: S308 - fragments are rendered HTML
        fragment = self.make_fragment(
            "open.html", {"page": page, "standing": standing, "children": children}, module="view.js"
        )
        for child in rendered:
            fragment.add_fragment_resources(child)
        return fragment

    def _render_children(self, view: str, context: dict[str, Any] | None) -> list[Fragment]:
        children = [child for child in self.get_children() if child]
        return [child.render(view if hasattr(child, view) else "student_view", context) for child in children]

    def _parse_answer(self, data: dict[str, Any]) -> Answer:
        request = crum.get_current_request()
        return inputs.parse_answer(
            data,
            document=self.document,
            member_id=self.member_id,
            channel=Channel.BLOCK,
            screen_digest=presenters.get_screen_digest(),
            course_key=str(self.course_key),
            meta=request.META if request else {},
        )

    def _get_login_url(self) -> str:
        back = urlencode({"next": host.courses().get_block_url(self.usage_key)})
        return f"{resolve_url(settings.LOGIN_URL)}?{back}"
