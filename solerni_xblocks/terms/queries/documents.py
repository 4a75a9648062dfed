"""Documents and their versions, as data. Lists never load a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from solerni_xblocks.core import clock
from solerni_xblocks.core.htmlkit import list_headings
from solerni_xblocks.core.preparekit import PreparedRead, list_columns, make_row
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import (
    WHOLE_SITE,
    Audience,
    Clause,
    DocumentSettings,
    DocumentSummary,
    ExportedDocument,
    Kind,
    Page,
    Stage,
    TimelineEntry,
    Version,
)
from solerni_xblocks.terms.errors import DocumentNotFound
from solerni_xblocks.terms.queries import texts, timelines
from solerni_xblocks.terms.rules import publishing, timeline


def get_version(version_uuid: UUID) -> models.Version:
    """The row of a version with its document. Raises DocumentNotFound."""
    version = models.Version.objects.select_related("document").filter(uuid=version_uuid).first()
    if version is None:
        raise DocumentNotFound
    return version


def get_page(slug: str, *, name: str, languages: Iterable[str]) -> Page:
    """The version called ``name`` (label or uuid; empty: the one in force), in the first language wanted that it has.

    Raises: DocumentNotFound.
    """
    versions = list_versions(slug)
    version = next((found for found in versions if _is_called(found, name)), None)
    if version is None:
        raise DocumentNotFound
    language = publishing.choose_language(version.languages, [*languages, texts.get_default_language()])
    return Page(version=version, text=texts.get_text(version.uuid, language), versions=versions)


def find_page_for_course(slug: str, course_key: str, *, languages: Iterable[str]) -> Page | None:
    """The version in force of a document of the site or of the course; None when there is none."""
    document = find_document(slug)
    if document is None or document.course_key not in ("", course_key):
        return None
    try:
        return get_page(slug, name="", languages=languages)
    except DocumentNotFound:
        return None


def list_clauses(slug: str, *, name: str, languages: Iterable[str]) -> list[Clause]:
    """The clauses of a version, found as get_page finds it, in order. Raises DocumentNotFound."""
    page = get_page(slug, name=name, languages=languages)
    headings = list_headings(texts.get_source(page.version.uuid, page.text.language))
    return [Clause(id=one.clause, heading=one.words, level=one.level) for one in headings if one.clause]


def list_versions(slug: str) -> tuple[Version, ...]:
    """Every published version of a document, the latest to begin first. Two queries, whatever their number."""
    return _list_versions(Q(document__slug=slug)).get(slug, ()) if publishing.SLUG.fullmatch(slug) else ()


def list_documents() -> list[DocumentSummary]:
    """Every document with the title in force in the site's language. Four queries, whatever their number."""
    versions = _list_versions(Q())
    governing = {slug: found.uuid for slug, listed in versions.items() for found in listed if _is_called(found, "")}
    titles = texts.list_titles(governing.values())
    default = texts.get_default_language()
    return [
        DocumentSummary(
            slug=document.slug,
            audience=Audience(document.audience),
            course_key=document.course_key,
            title=titles[governing[document.slug]].get(default, "") if document.slug in governing else "",
            versions=versions.get(document.slug, ()),
        )
        for document in models.Document.objects.all()
    ]


def list_binding_versions() -> dict[str, tuple[Version, ...]]:
    """Versions of each required document of the whole site, by slug, in order. Three queries, whatever their number."""
    binding = {"is_required": True, "audience__in": WHOLE_SITE}
    slugs = list(models.Document.objects.filter(**binding).values_list("slug", flat=True))
    versions = _list_versions(Q(document__slug__in=slugs)) if slugs else {}
    return {slug: versions[slug] for slug in slugs if slug in versions}


def export_documents() -> list[ExportedDocument]:
    """Every document with the exact sources in force, in their order. Five queries."""
    versions = (version for found in list_documents() for version in found.versions)
    governing = {version.document: version for version in versions if _is_called(version, "")}
    sources = texts.list_sources(version.uuid for version in governing.values())
    return [
        ExportedDocument(
            slug=document.slug,
            settings=_read_settings(document),
            requires_acceptance=governing[document.slug].requires_acceptance,
            sources=sources[governing[document.slug].uuid],
        )
        for document in models.Document.objects.all()
        if document.slug in governing
    ]


def _read_settings(document: models.Document) -> DocumentSettings:
    return DocumentSettings(
        audience=Audience(document.audience),
        kind=Kind(document.kind),
        course_key=document.course_key,
        is_course_wide=document.is_course_wide,
        is_required=document.is_required,
        renewal_days=document.renewal_days,
        order=document.order,
    )


def find_document(slug: str) -> models.Document | None:
    """The row of a document, or None."""
    return models.Document.objects.filter(slug=slug).first() if publishing.SLUG.fullmatch(slug) else None


def _describe_for(slug: str, label: str) -> QuerySet[models.Document, Any]:
    same = models.Version.objects.filter(document=OuterRef("id"), label=label)
    rows = models.Document.objects.filter(slug=slug).annotate(
        is_label_taken=Exists(same),
        latest=FilteredRelation("versions", condition=Q(versions__id=Subquery(texts.find_latest_ids(slug)))),
        language=F("latest__texts__language"),
        source=F("latest__texts__source"),
    )
    return rows.order_by("id").values_list(*list_columns(models.Document), "is_label_taken", "language", "source")


_FOR = PreparedRead(_describe_for, slug=str, label=str)


def find_document_for(slug: str, label: str) -> tuple[models.Document | None, dict[str, str]]:
    """The row of a document, or None, and its latest sources by language, as texts.find_latest finds them. One query.

    Its ``is_label_taken`` says whether a version has that label.
    """
    found = _FOR.list_rows(slug=slug, label=label)
    sources = {language: source for *_row, _is_taken, language, source in found if language}
    if not found:
        return None, sources
    *row, is_taken, _language, _source = found[0]
    document = make_row(models.Document, row)
    document.is_label_taken = is_taken
    return document, sources


def list_labels(slug: str) -> set[str]:
    """The labels of every version of a document."""
    return set(models.Version.objects.filter(document__slug=slug).values_list("label", flat=True))


def _list_versions(condition: Q) -> dict[str, tuple[Version, ...]]:
    rows = models.Version.objects.filter(condition).select_related("document", "cancellation")
    rows = list(rows.order_by("-effective_at", "-id"))
    languages: dict[int, list[str]] = {}
    found = models.Text.objects.filter(version__in=[row.id for row in rows]).order_by("language")
    for version_id, language in found.values_list("version_id", "language"):
        languages.setdefault(version_id, []).append(language)
    now = clock.now()
    by_slug: dict[str, list[models.Version]] = {}
    for row in rows:
        by_slug.setdefault(row.document.slug, []).append(row)
    return {
        slug: tuple(to_version(row, languages=languages.get(row.id, []), among=listed, now=now) for row in listed)
        for slug, listed in by_slug.items()
    }


def _is_called(version: Version, name: str) -> bool:
    if not name:
        return version.stage is Stage.IN_FORCE
    return name in (version.label, str(version.uuid))


def _entry_of(row: models.Version) -> TimelineEntry:
    return timelines.make_entry(row.id, row.uuid, row.effective_at, row.requires_acceptance)


def to_version(
    row: models.Version, *, languages: list[str], among: Iterable[models.Version] = (), now: datetime | None = None
) -> Version:
    """A row as data; ``among``: the versions of its document, itself alone when it was published just now."""
    entries = [_entry_of(other) for other in among if not is_cancelled(other)] or [_entry_of(row)]
    stage = timeline.decide_stage(_entry_of(row), entries, now or clock.now())
    return Version(
        uuid=row.uuid,
        document=row.document.slug,
        label=row.label,
        published_at=row.published_at,
        effective_at=row.effective_at,
        requires_acceptance=row.requires_acceptance,
        contact=row.contact,
        digest=row.digest,
        stage=Stage.CANCELLED if among and is_cancelled(row) else stage,
        languages=tuple(languages),
        is_required=row.document.is_required,
    )


def is_cancelled(row: models.Version) -> bool:
    """Whether the version was called off before its date; ``row`` came with its cancellation."""
    return getattr(row, "cancellation", None) is not None


def compute_digest(row: models.Version, texts_of: Iterable[models.Text]) -> str:
    """What the version's own digest must be."""
    fields = {name: getattr(row, name) for name in publishing.VERSION_FIELDS} | {"document": row.document.slug}
    said = {text.language: (text.digest, text.title, text.summary, text.html, text.renderer) for text in texts_of}
    return publishing.compute_version_digest(fields, said)
