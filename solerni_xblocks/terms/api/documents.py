"""Reading documents: pages, clauses, comparisons, sources."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.errors import NotFound
from solerni_xblocks.terms.data import Clause, Comparison, DocumentSummary, ExportedDocument, Page
from solerni_xblocks.terms.queries import comparisons, documents


def export_documents() -> list[ExportedDocument]:
    """The site's documents with the exact sources in force; those of courses are not among them. Five queries."""
    return documents.export_documents()


def list_clauses(slug: str, *, name: str = "", languages: Iterable[str] = ()) -> list[Clause]:
    """The clauses of a version (as get_page finds it): stable ``id`` and printed ``heading``, in order.

    Raises: DocumentNotFound.
    """
    page = documents.get_page(slug, name=name, languages=languages)
    found = documents.list_clauses(page.version.uuid, page.text.language)
    return [Clause(id=one.clause, heading=one.words, level=one.level) for one in found]


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
    document = documents.find_document(slug)
    if document is None or document.course_key not in ("", str(course_key)):
        return None
    try:
        return documents.get_page(slug, name="", languages=languages)
    except NotFound:
        return None


def list_documents() -> list[DocumentSummary]:
    """Every document, in order, with its versions, newest first. Four queries, whatever their number."""
    return documents.list_documents()


def get_source(version_uuid: UUID, language: str) -> str:
    """The source of one language of a published version, whose sha256 is its digest. Raises: DocumentNotFound."""
    return documents.get_source(version_uuid, language)
