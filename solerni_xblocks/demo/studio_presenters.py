"""What Studio's pages show of blocks: names, previews, what can be done with each."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock

log = logging.getLogger(__name__)

COMPONENTS = {
    "html": gettext_lazy("Text"),
    "solerni_discussion": gettext_lazy("Discussion"),
    "solerni_badge": gettext_lazy("Badge"),
    "solerni_terms": gettext_lazy("Terms"),
}
"""What can be added to a unit: block types and their names."""

FORM_WORDS = (
    gettext_noop("Save"),
    gettext_noop("Cancel"),
    gettext_noop("Clear"),
    gettext_noop("Clear Value"),
    gettext_noop("None Available"),
)
"""What the form template of xblock.utils asks of Django's catalogues."""


def describe(block: XBlock) -> dict[str, Any]:
    """A block for templates."""
    key = block.scope_ids.usage_id
    return {
        "key": key,
        "course_key": key.context_key,
        "block_id": key.block_id,
        "title": block.display_name_with_default,
        "label": COMPONENTS.get(key.block_type, key.block_type),
        "has_form": hasattr(block, "studio_view"),
        "has_children": block.has_children,
    }


def describe_child(usage_key: UsageKey, content: str) -> dict[str, Any]:
    """A child rendered by its parent's own view for authors, of which only key and HTML are known."""
    return {
        "key": usage_key,
        "course_key": usage_key.context_key,
        "block_id": usage_key.block_id,
        "title": COMPONENTS.get(usage_key.block_type, usage_key.block_type),
        "label": COMPONENTS.get(usage_key.block_type, usage_key.block_type),
        "has_form": True,
        "has_children": False,
        "html": mark_safe(content),  # noqa: S308 - blocks answer for their own HTML
    }


def render_children(request: HttpRequest, parent: XBlock) -> Fragment:
    """Each child of ``parent`` as a preview with what can be done with it."""
    fragment = Fragment()
    children = []
    for child in parent.get_children():
        preview = _render_preview(child)
        fragment.add_fragment_resources(preview)
        html = mark_safe(preview.content)  # noqa: S308 - blocks answer for their own HTML
        children.append({**describe(child), "html": html})
    fragment.add_content(render_list(children, request=request, page=parent.scope_ids.usage_id))
    return fragment


def render_list(children: list[dict[str, Any]], *, request: HttpRequest | None, page: UsageKey | str = "") -> str:
    """The list of ``children`` with their actions; ``page`` is where the forms come back to."""
    context = {"children": children, "page": page}
    return render_to_string("solerni_demo/studio_children.html", context, request)


def list_words() -> dict[str, str]:
    """What the form of xblock.utils and its script say in the browser."""
    network = (
        "This may be happening because of an error with our server or your internet connection. "
        "Try refreshing the page or making sure you are online."
    )
    return {
        "True": _("Yes"),
        "False": _("No"),
        "Default": _("default"),
        "Saving": _("Saving…"),
        "Unable to update settings": _("This could not be saved."),
        network: _("The server did not answer. Check your connection and try again: your changes are still here."),
    }


def _render_preview(block: XBlock) -> Fragment:
    view = "author_view" if hasattr(block, "author_view") else "student_view"
    try:
        return block.render(view, {})
    except Exception:  # an author must be able to repair or delete a block that cannot be shown
        log.exception("Block %s cannot be shown", block.scope_ids.usage_id)
        return Fragment(render_to_string("solerni_demo/studio_broken.html"))
