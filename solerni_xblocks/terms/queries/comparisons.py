"""Two versions of a document beside each other. What is published never changes, so a comparison is made once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from solerni_xblocks.terms.data import ClauseChange, Comparison
from solerni_xblocks.terms.queries import documents, texts
from solerni_xblocks.terms.rules import differences, publishing


def compare_versions(slug: str, *, old: str, new: str, languages: Iterable[str]) -> Comparison:
    """In the first language wanted that both carry, else in one that the new version carries.

    Raises: DocumentNotFound.
    """
    after = documents.get_page(slug, name=new, languages=())
    before = documents.get_page(slug, name=old or "-", languages=()).version
    carried = set(after.version.languages) & set(before.languages) or set(after.version.languages)
    language = publishing.choose_language(carried, [*languages, texts.get_default_language()])
    own = language if language in before.languages else before.languages[0]
    return Comparison(
        old=before,
        new=after.version,
        language=language,
        clauses=_compare(before.uuid, own, after.version.uuid, language),
    )


@lru_cache(maxsize=64)
def _compare(old: UUID, old_language: str, new: UUID, language: str) -> tuple[ClauseChange, ...]:
    before, after = texts.get_text(old, old_language), texts.get_text(new, language)
    return differences.compare_texts(before.html, after.html)
