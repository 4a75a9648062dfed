"""System checks that read rows; Django runs them where a database is named (``migrate``, ``check --database``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import Error as DatabaseTrouble
from django.db import connections

from solerni_xblocks.core import clock
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import WHOLE_SITE, Stage
from solerni_xblocks.terms.queries import documents, texts, timelines


def check_documents(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Members are asked by some document in force, and every document speaks the site's language."""
    if not databases or not _has_tables(databases[0]):
        return []
    try:
        return [*_check_gate(), *_check_languages()]
    except DatabaseTrouble as error:
        return [Warning(f"Documents cannot be read: {error}", id="solerni_terms.W003")]


def _has_tables(database: str) -> bool:
    """The first ``migrate`` checks before it makes them."""
    return models.Document._meta.db_table in connections[database].introspection.table_names()


def _check_gate() -> list[CheckMessage]:
    """A required document of the whole site is in force and asks members for acceptance."""
    requirements, _ = timelines.list_requirements(clock.now())
    if any(found.audience in WHOLE_SITE and found.is_required and found.satisfying for found in requirements):
        return []
    hint = "Publish one: manage.py solerni_terms import --publish --label 2026-1"
    message = "No document in force asks members for acceptance: the terms gate is open."
    return [Warning(message, hint=hint, id="solerni_terms.W001")]


def _check_languages() -> list[CheckMessage]:
    """Every version in force carries the site's language."""
    default = texts.get_default_language()
    return [
        Warning(
            f"Document {found.slug!r} has no text in the site's language ({default}).",
            hint="Publish a version that carries it.",
            id="solerni_terms.W002",
        )
        for found in documents.list_documents()
        if any(version.stage is Stage.IN_FORCE and default not in version.languages for version in found.versions)
    ]
