"""Documents, versions and texts, as data. Lists never load a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery

from solerni_xblocks.core import clock
from solerni_xblocks.core.htmlkit import Heading, list_headings
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import (
    Audience,
    DocumentSummary,
    ExportedDocument,
    Page,
    Requirement,
    Stage,
    Text,
    TimelineEntry,
    Version,
)
from solerni_xblocks.terms.errors import DocumentNotFound
from solerni_xblocks.terms.rules import publishing, timeline


def get_default_language() -> str:
    """The language that every version must carry: the site's."""
    return settings.LANGUAGE_CODE.partition("-")[0]


def list_requirements(now: datetime) -> tuple[tuple[Requirement, ...], datetime | None]:
    """What every document asks at ``now``, in order, and the next instant at which that changes. One query."""
    rows = models.Version.objects.filter(cancellation=None).order_by("document__order", "document__slug")
    entries: dict[tuple[Any, ...], list[TimelineEntry]] = {}
    for *document, number, uuid, effective_at, asks in rows.values_list(*_DOCUMENT, *_ENTRY):
        entries.setdefault(tuple(document), []).append(_to_entry(number, uuid, effective_at, asks))
    requirements = tuple(
        _to_requirement(*document, satisfying=timeline.find_satisfying(listed, now))
        for document, listed in entries.items()
        if timeline.find_governing(listed, now)
    )
    return requirements, timeline.find_next_change((entry for listed in entries.values() for entry in listed), now)


_DOCUMENT = tuple(
    f"document__{name}" for name in ("slug", "audience", "course_key", "is_course_wide", "is_required", "renewal_days")
)
_ENTRY = ("id", "uuid", "effective_at", "requires_acceptance")


def _to_requirement(
    slug: str,
    audience: str,
    course_key: str,
    is_course_wide: bool,
    is_required: bool,
    renewal_days: int | None,
    *,
    satisfying: frozenset[UUID],
) -> Requirement:
    return Requirement(
        document=slug,
        audience=Audience(audience),
        course_key=course_key,
        is_course_wide=is_course_wide,
        is_required=is_required,
        renewal=timedelta(days=renewal_days) if renewal_days else None,
        satisfying=satisfying,
    )


def list_timeline(slug: str) -> list[TimelineEntry]:
    """Every version of a document that was published and not called off, as the rules of time see it."""
    rows = models.Version.objects.filter(document__slug=slug, cancellation=None)
    return [_to_entry(*row) for row in rows.values_list(*_ENTRY)]


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
    language = publishing.choose_language(version.languages, [*languages, get_default_language()])
    return Page(version=version, text=get_text(version.uuid, language), versions=versions)


def get_text(version_uuid: UUID, language: str) -> Text:
    """One language of a version, rendered. Raises DocumentNotFound."""
    row = (
        models.Text.objects.filter(version__uuid=version_uuid, language=language)
        .values("language", "title", "summary", "html", "digest")
        .first()
    )
    if row is None:
        raise DocumentNotFound
    return Text(**row)


def list_versions(slug: str) -> tuple[Version, ...]:
    """Every published version of a document, the latest to begin first. Two queries, whatever their number."""
    return _list_versions(Q(document__slug=slug)).get(slug, ()) if publishing.SLUG.fullmatch(slug) else ()


def list_documents() -> list[DocumentSummary]:
    """Every document with the title in force in the site's language. Four queries, whatever their number."""
    versions = _list_versions(Q())
    governing = {found.uuid: slug for slug, listed in versions.items() for found in listed if _is_called(found, "")}
    texts = models.Text.objects.filter(version__uuid__in=governing, language=get_default_language())
    titles = {governing[uuid]: title for uuid, title in texts.values_list("version__uuid", "title")}
    return [
        DocumentSummary(
            slug=document.slug,
            audience=Audience(document.audience),
            course_key=document.course_key,
            title=titles.get(document.slug, ""),
            versions=versions.get(document.slug, ()),
        )
        for document in models.Document.objects.all()
    ]


def find_document(slug: str) -> models.Document | None:
    """The row of a document, or None."""
    return models.Document.objects.filter(slug=slug).first() if publishing.SLUG.fullmatch(slug) else None


def find_document_for(slug: str, label: str) -> models.Document | None:
    """The row of a document, or None; its ``is_label_taken`` says whether a version has that label. One query."""
    same = models.Version.objects.filter(document=OuterRef("id"), label=label)
    return models.Document.objects.filter(slug=slug).annotate(is_label_taken=Exists(same)).first()


def list_labels(slug: str) -> set[str]:
    """The labels of every version of a document."""
    return set(models.Version.objects.filter(document__slug=slug).values_list("label", flat=True))


def get_source(version_uuid: UUID, language: str) -> str:
    """The source of one language of a version. Raises DocumentNotFound."""
    texts = models.Text.objects.filter(version__uuid=version_uuid, language=language)
    source = texts.values_list("source", flat=True).first()
    if source is None:
        raise DocumentNotFound
    return source


def find_latest_sources(slug: str) -> dict[str, str]:
    """Source by language of the version published last and not called off; empty when there is none. One query."""
    published = models.Version.objects.filter(document__slug=slug, cancellation=None).order_by("-id")
    texts = models.Text.objects.filter(version=Subquery(published.values("id")[:1]))
    return dict(texts.values_list("language", "source"))


def find_latest_renderings(slug: str) -> dict[str, str]:
    """HTML by language of the version published last and not called off. One query."""
    published = models.Version.objects.filter(document__slug=slug, cancellation=None).order_by("-id")
    texts = models.Text.objects.filter(version=Subquery(published.values("id")[:1]))
    return dict(texts.values_list("language", "html"))


def export_documents() -> list[ExportedDocument]:
    """The site's documents with the exact sources in force, in their order. Five queries."""
    versions = (version for found in list_documents() for version in found.versions)
    governing = {version.document: version for version in versions if _is_called(version, "")}
    sources: dict[UUID, dict[str, str]] = {}
    texts = models.Text.objects.filter(version__uuid__in=[version.uuid for version in governing.values()])
    for uuid, language, source in texts.values_list("version__uuid", "language", "source"):
        sources.setdefault(uuid, {})[language] = source
    return [
        ExportedDocument(
            slug=document.slug,
            audience=Audience(document.audience),
            order=document.order,
            requires_acceptance=governing[document.slug].requires_acceptance,
            sources=sources[governing[document.slug].uuid],
        )
        for document in models.Document.objects.filter(course_key="")
        if document.slug in governing
    ]


def list_clauses(version_uuid: UUID, language: str) -> list[Heading]:
    """The clauses of one text, in order. Raises DocumentNotFound. One query."""
    texts = models.Text.objects.filter(version__uuid=version_uuid, language=language)
    source = texts.values_list("source", flat=True).first()
    if source is None:
        raise DocumentNotFound
    return [one for one in list_headings(source) if one.clause]


def find_renewal(slug: str) -> timedelta | None:
    """How long an acceptance of the document counts; None for ever."""
    days = models.Document.objects.filter(slug=slug).values_list("renewal_days", flat=True).first()
    return timedelta(days=days) if days else None


def find_latest_digests(slug: str) -> dict[str, str]:
    """Digest by language of the version published last; empty when there is none."""
    latest = models.Version.objects.filter(document__slug=slug).order_by("-id").values_list("id", flat=True).first()
    return dict(models.Text.objects.filter(version_id=latest).values_list("language", "digest"))


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
        return version.stage == "in_force"
    return name in (version.label, str(version.uuid))


def _to_entry(id: int, uuid: UUID, effective_at: datetime, requires_acceptance: bool) -> TimelineEntry:
    return TimelineEntry(id=id, uuid=uuid, effective_at=effective_at, requires_acceptance=requires_acceptance)


def _entry_of(row: models.Version) -> TimelineEntry:
    return _to_entry(row.id, row.uuid, row.effective_at, row.requires_acceptance)


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


def compute_digest(row: models.Version, texts: Iterable[models.Text]) -> str:
    """What the version's own digest must be."""
    fields = {name: getattr(row, name) for name in publishing.VERSION_FIELDS} | {"document": row.document.slug}
    said = {text.language: (text.digest, text.title, text.summary, text.html, text.renderer) for text in texts}
    return publishing.compute_version_digest(fields, said)


def list_binding_versions() -> dict[str, tuple[Version, ...]]:
    """Versions of each required document of the whole site, by slug, in order. Three queries, whatever their number."""
    binding = {"is_required": True, "audience__in": (Audience.EVERYONE, Audience.MEMBERS)}
    slugs = list(models.Document.objects.filter(**binding).values_list("slug", flat=True))
    versions = _list_versions(Q(document__slug__in=slugs)) if slugs else {}
    return {slug: versions[slug] for slug in slugs if slug in versions}


def list_texts(version_uuids: Iterable[UUID]) -> dict[tuple[UUID, str], Text]:
    """Every language of the versions, rendered, by version and language. One query."""
    rows = models.Text.objects.filter(version__uuid__in=list(version_uuids))
    fields = ("language", "title", "summary", "html", "digest")
    found = rows.values_list("version__uuid", *fields)
    return {(uuid, row[0]): Text(**dict(zip(fields, row, strict=True))) for uuid, *row in found}


def list_titles(version_uuids: Iterable[UUID]) -> dict[tuple[UUID, str], str]:
    """The titles of the versions, by version and language, without their texts. One query."""
    rows = models.Text.objects.filter(version__uuid__in=list(version_uuids))
    return {(uuid, language): title for uuid, language, title in rows.values_list("version__uuid", "language", "title")}
