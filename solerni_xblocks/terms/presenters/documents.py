"""Documents, comparisons and drafts as templates want them; documents as files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import htmlkit
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import (
    ClauseChange,
    Comparison,
    DocumentSettings,
    ExportedDocument,
    Mark,
    Page,
    Preview,
)

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


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


def make_permalink(page: Page) -> str:
    """The public address of the version, for ever."""
    return api.make_permalink(page.version.document, page.version.uuid, page.text.language)


def write_folder(documents: Iterable[ExportedDocument]) -> Iterator[tuple[str, str]]:
    """Names and contents of the files from which an import makes the same documents again."""
    listing = {}
    for one in documents:
        listing[one.slug] = {"requires_acceptance": one.requires_acceptance, **_write_settings(one.settings)}
        for language, source in sorted(one.sources.items()):
            yield f"{one.slug}.{language}.md", source
    yield "documents.json", json.dumps(listing, indent=2) + "\n"


def _write_settings(settings: DocumentSettings) -> dict[str, Any]:
    """Order and audience; all else where it is not what a document is by itself."""
    default, told = asdict(DocumentSettings()), asdict(settings)
    return {name: value for name, value in told.items() if value != default[name] or name in ("audience", "order")}


def show_comparison(comparison: Comparison) -> dict[str, Any]:
    """A comparison for its template: what changed, and what did not in between, folded."""
    return {"old": comparison.old, "new": comparison.new, **_fold(comparison.clauses)}


def _fold(clauses: Iterable[ClauseChange]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for one in clauses:
        is_same = one.mark is Mark.SAME and not one.is_moved
        if is_same and parts and parts[-1]["is_same"]:
            parts[-1]["clauses"].append(_show_clause(one))
        else:
            parts.append({"is_same": is_same, "clauses": [_show_clause(one)]})
    has_changes = any(not part["is_same"] for part in parts)
    return {"parts": parts, "has_changes": has_changes}


REASONS = {
    "label.malformed": _("The label may hold letters, digits, points and hyphens only."),
    "language.default_missing": _("The text in the language of the site is missing."),
    "language.malformed": _("A language is written with two letters, as in fr."),
    "title.length": _("A title is empty or too long."),
    "source.length": _("A text is empty or too long."),
    "summary.length": _("A summary is too long."),
    "effective_at.past": _("The date from which it is in force is past."),
    "contact.missing": _("The address for questions and complaints is missing."),
    "page.length": _("A short text makes a huge page: look at its tables."),
    "clause.repeated": _("A clause id stands on two headings of one text."),
}


def explain_reasons(reasons: Iterable[str]) -> list[Any]:
    """What stands against publishing, in words."""
    return [REASONS.get(reason, reason) for reason in reasons]


def show_preview(preview: Preview) -> list[dict[str, Any]]:
    """The texts of a draft, each with what differs from the version before."""
    return [
        {
            "text": text,
            "html": mark_safe(htmlkit.sanitize_document(text.html)),  # noqa: S308 - sanitised in this very line
            "name": LANGUAGE_NAMES.get(text.language, text.language),
            "comparison": _fold(preview.comparisons[text.language]) if text.language in preview.comparisons else None,
        }
        for text in preview.texts
    ]


def _show_clause(one: ClauseChange) -> dict[str, Any]:
    return {
        "id": one.id,
        "heading": one.heading,
        "mark": one.mark.value,
        "is_moved": one.is_moved,
        "passages": [[{"mark": mark.value, "words": words} for mark, words in passage] for passage in one.passages],
    }
