"""TermsBlock: a container that shows a document and keeps its children back until the learner accepts it."""

from __future__ import annotations

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
from solerni_xblocks.terms.data import DEFAULT_DOCUMENT, Answer, Channel, Page
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
    editable_fields = ("display_name", "document")

    display_name = String(
        display_name=_("Name"),
        help=_("Shown in the course outline."),
        default=_("Terms to accept"),
        scope=Scope.settings,
    )
    document = String(
        display_name=_("Document"),
        help=_("The document that learners read and accept before they see what stands inside this block."),
        default=DEFAULT_DOCUMENT,
        scope=Scope.settings,
        values_provider=lambda block: block.list_documents(),
    )

    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The document and two choices; or, once accepted, a receipt and the children."""
        try:
            self.require_open()
            page = self._get_page()
            if self.member_id is None:
                return self._show_document("visitor.html", page, login_url=self._get_login_url())
            standing = api.get_standing(self.member_id, self.document)
        except SolerniError as refusal:
            return self.make_closed_fragment(refusal)
        if standing.is_due:
            return self._show_document("ask.html", page, module="view.js", standing=standing, kind="button")
        return self._show_children(page, standing, context)

    def author_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """Studio: a preview of the document; opened on its own, the children to edit as well."""
        values = context or {}
        page = api.find_page_for_course(self.document, self.course_key, languages=[get_language() or ""])
        fragment = self._show_document("author.html", page)
        root = values.get("root_xblock")
        if root is not None and root.scope_ids.usage_id == self.usage_key:
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

    def require_children_open(self) -> None:
        """Raises Refused (``terms_required``, ``terms_shut``) when the learner may not use what stands inside."""
        if self.member_id is not None:
            back = host.courses().get_block_url(self.usage_key)
            api.require_document(self.member_id, self.document, self.course_key, back=back)

    def list_documents(self) -> list[dict[str, str]]:
        """The documents that an author may choose here."""
        return [
            {"value": found.slug, "display_name": f"{found.title or found.slug} ({found.slug})"}
            for found in api.list_documents()
            if found.course_key in ("", str(self.course_key))
        ]

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """Tell the author when the document does not exist, or is not in force yet."""
        if data.document not in {found["value"] for found in self.list_documents()}:
            text = gettext("There is no document “%(slug)s”: learners find this part closed.")
            kind = ValidationMessage.ERROR
        elif api.find_page_for_course(data.document, self.course_key) is None:
            text = gettext("No version of “%(slug)s” is in force yet: learners find this part closed until then.")
            kind = ValidationMessage.WARNING
        else:
            return
        validation.add(ValidationMessage(kind, text % {"slug": data.document}))

    def _get_page(self) -> Page:
        page = api.find_page_for_course(self.document, self.course_key, languages=[get_language() or ""])
        if page is None:
            raise TermsShut
        return page

    def _show_document(self, template: str, page: Page | None, *, module: str = "", **context: Any) -> Fragment:
        shown = {"page": page, "html": presenters.show_html(page) if page else "", **context}
        return self.make_fragment(template, shown, module=module)

    def _show_children(self, page: Page, standing: Any, context: dict[str, Any] | None) -> Fragment:
        rendered = [child.render("student_view", context) for child in self.get_children() if child]
        children = [mark_safe(child.content) for child in rendered]  # noqa: S308 - fragments are rendered HTML
        fragment = self.make_fragment(
            "open.html", {"page": page, "standing": standing, "children": children}, module="view.js"
        )
        for child in rendered:
            fragment.add_fragment_resources(child)
        return fragment

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
