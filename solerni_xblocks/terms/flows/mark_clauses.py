"""Give every clause of a draft its id, so that the text as it is published carries them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from solerni_xblocks.core.htmlkit import Heading, list_headings, mark_headings
from solerni_xblocks.terms.data import TextDraft, VersionDraft
from solerni_xblocks.terms.queries.texts import get_default_language
from solerni_xblocks.terms.rules import clauses


def mark_clauses(draft: VersionDraft, former: Mapping[str, str]) -> VersionDraft:
    """The draft with an id behind each heading; ``former``: the sources of the version before it, by language."""
    headings = {language: list_headings(text.source) for language, text in draft.texts.items()}
    if not any(clauses.list_unmarked(found) for found in headings.values()):
        return draft
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
        sibling = sibling or [replace(one, clause=chosen.get(one.line, one.clause)) for one in headings[language]]
    return replace(draft, texts=texts)
