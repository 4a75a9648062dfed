"""Texts of versions, one language each: rendered, as sources, or by their titles alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Subquery

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Text
from solerni_xblocks.terms.errors import DocumentNotFound, LanguageNotCarried
from solerni_xblocks.terms.rules import publishing

_SHOWN = ("language", "title", "summary", "html", "digest")


def get_default_language() -> str:
    """The language that every version must carry: the site's."""
    return settings.LANGUAGE_CODE.partition("-")[0]


def get_text(version_uuid: UUID, language: str) -> Text:
    """One language of a version, rendered. Raises LanguageNotCarried. One query."""
    rows = models.Text.objects.filter(version__uuid=version_uuid, language=language)
    row = rows.values(*_SHOWN).first()
    if row is None:
        raise LanguageNotCarried
    return Text(**row)


def list_texts(version_uuids: Iterable[UUID]) -> dict[tuple[UUID, str], Text]:
    """Every language of the versions, rendered, by version and language. One query."""
    rows = models.Text.objects.filter(version__uuid__in=list(version_uuids))
    found = rows.values_list("version__uuid", *_SHOWN)
    return {(uuid, row[0]): Text(**dict(zip(_SHOWN, row, strict=True))) for uuid, *row in found}


def get_source(version_uuid: UUID, language: str) -> str:
    """The source of one language of a version. Raises DocumentNotFound. One query."""
    texts = models.Text.objects.filter(version__uuid=version_uuid, language=language)
    source = texts.values_list("source", flat=True).first()
    if source is None:
        raise DocumentNotFound
    return source


def list_sources(version_uuids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """The sources of the versions, by version, then by language. One query."""
    sources: dict[UUID, dict[str, str]] = {}
    texts = models.Text.objects.filter(version__uuid__in=list(version_uuids))
    for uuid, language, source in texts.values_list("version__uuid", "language", "source"):
        sources.setdefault(uuid, {})[language] = source
    return sources


def find_latest(slug: str, column: Literal["source", "html"]) -> dict[str, str]:
    """A column, by language, of the version published last and not called off; empty when there is none. One query."""
    texts = models.Text.objects.filter(version=Subquery(find_latest_ids(slug)))
    return dict(texts.values_list("language", column))


def find_latest_ids(slug: str) -> QuerySet[models.Version, int]:
    """For other queries: the id of the version published last and not called off, in one row or none."""
    published = models.Version.objects.filter(document__slug=slug, cancellation=None)
    return published.order_by("-id").values("id")[:1]


def list_titles(version_uuids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """The titles of the versions, by version, then by language. One query; none for no version."""
    wanted = list(version_uuids)
    titles: dict[UUID, dict[str, str]] = {}
    rows = models.Text.objects.filter(version__uuid__in=wanted) if wanted else models.Text.objects.none()
    for uuid, language, title in rows.values_list("version__uuid", "language", "title"):
        titles.setdefault(uuid, {})[language] = title
    return titles


def choose_titles(version_uuids: Iterable[UUID], languages: Iterable[str]) -> dict[UUID, str]:
    """The title of each version in the first of ``languages`` that it carries, else in the site's. One query."""
    wanted = [*languages, get_default_language()]
    found = list_titles(version_uuids)
    return {uuid: titles[publishing.choose_language(titles, wanted)] for uuid, titles in found.items()}
