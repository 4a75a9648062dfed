"""What goes out: values as templates and handlers want them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from solerni_xblocks.core import htmlkit
from solerni_xblocks.terms.data import Page, Receipt

FORM = "solerni/terms/elements/answer.html"
"""The form that collects an answer, in the block and on the page."""

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


@cache
def get_screen_digest() -> str:
    """The sha256 of the form's template: which screen collected the answer."""
    return sha256(get_template(FORM).template.source.encode()).hexdigest()


def show_html(page: Page) -> SafeString:
    """The rendering kept at publish, sanitised again on its way out (which leaves it as it is)."""
    return mark_safe(htmlkit.sanitize_document(page.text.html))  # noqa: S308 - sanitised in this very line


def list_languages(page: Page) -> list[dict[str, Any]]:
    """The languages of the version, each with its own name, for a switch; empty when there is no choice."""
    if len(page.version.languages) < 2:
        return []
    return [
        {"code": code, "name": LANGUAGE_NAMES.get(code, code), "is_shown": code == page.text.language}
        for code in page.version.languages
    ]


def receipt(shown: Receipt) -> dict[str, Any]:
    """A receipt as JSON."""
    return {
        "uuid": str(shown.uuid),
        "act": shown.act.value,
        "document": shown.document,
        "version": str(shown.version_uuid),
        "label": shown.label,
        "language": shown.language,
        "text_sha256": shown.text_digest,
        "decided_at": shown.decided_at.isoformat(),
    }
