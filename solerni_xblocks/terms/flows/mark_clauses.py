"""Give every clause of a draft its id, so that the text as it is published carries them."""

from __future__ import annotations

import secrets
from dataclasses import replace

from solerni_xblocks.core.htmlkit import Heading, list_headings, mark_headings
from solerni_xblocks.terms.data import TextDraft, VersionDraft
from solerni_xblocks.terms.queries.texts import find_latest, get_default_language
from solerni_xblocks.terms.rules import clauses


def mark_clauses(slug: str, draft: VersionDraft) -> VersionDraft:
    """The draft with an id behind each heading; one query, and none where every heading has its id already."""
    headings = {language: list_headings(text.source) for language, text in draft.texts.items()}
    if not any(clauses.list_unmarked(found) for found in headings.values()):
        return draft
    former = find_latest(slug, "source")
    texts: dict[str, TextDraft] = {}
    sibling: list[Heading] = []
    for language in sorted(headings, key=lambda code: (code != get_default_language(), code)):
        chosen = clauses.choose_clauses(
            headings[language],
            former=list_headings(former.get(language, "")),
            sibling=sibling,
            make_id=lambda: f"clause.{secrets.token_hex(4)}",
        )
        text = draft.texts[language]
        texts[language] = replace(text, source=mark_headings(text.source, chosen))
        sibling = sibling or list_headings(texts[language].source)
    return replace(draft, texts=texts)
