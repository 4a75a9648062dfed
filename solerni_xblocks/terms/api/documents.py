"""Reading documents: pages, clauses, comparisons, sources."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.terms.data import Clause, Comparison, DocumentSummary, ExportedDocument, Page
from solerni_xblocks.terms.queries import comparisons, documents, permalinks, texts

TERMS = "terms"
"""The document whose clauses say how members write."""


def export_documents() -> list[ExportedDocument]:
    """The site's documents with the exact sources in force; those of courses as well. Five queries."""
    return documents.export_documents()


def list_clauses(slug: str, *, name: str = "", languages: Iterable[str] = ()) -> list[Clause]:
    """The clauses of a version (as get_page finds it): stable ``id`` and printed ``heading``, in order.

    Raises: DocumentNotFound.
    """
    return documents.list_clauses(slug, name=name, languages=languages)


def find_differences(slug: str, *, old: str, new: str, languages: Iterable[str] = ()) -> Comparison:
    """What changed from one version (label or uuid) to another, clause by clause, in one language.

    Raises: DocumentNotFound.
    """
    return comparisons.compare_versions(slug, old=old, new=new, languages=languages)


def get_page(slug: str, *, name: str = "", languages: Iterable[str] = ()) -> Page:
    """A version to read: ``name`` is its label or uuid, empty for the one in force.

    The text is in the first of ``languages`` that the version carries, else in the site's. Raises: DocumentNotFound.
    """
    return documents.get_page(slug, name=name, languages=languages)


def find_page_for_course(slug: str, course_key: CourseKey, *, languages: Iterable[str] = ()) -> Page | None:
    """The version in force of a document that a block of the course may show; None when there is none."""
    return documents.find_page_for_course(slug, str(course_key), languages=languages)


def make_permalink(document: str, name: UUID | str, language: str) -> str:
    """Where a version (label or uuid) stays, in one of its languages; empty ``language``: in the reader's."""
    return permalinks.make_permalink(document, name, language)


def list_documents() -> list[DocumentSummary]:
    """Every document, in order, with its versions, newest first. Four queries, whatever their number."""
    return documents.list_documents()


def get_source(version_uuid: UUID, language: str) -> str:
    """The source of one language of a published version, whose sha256 is its digest. Raises: DocumentNotFound."""
    return texts.get_source(version_uuid, language)


def find_clause_url(clause: str) -> str:
    """Where ``clause`` stands in the terms in force now, in that version for ever; empty when none is in force.

    Other domains cite it: what somebody wrote is judged by the text of that day.
    """
    return permalinks.find_clause_path(TERMS, clause)
