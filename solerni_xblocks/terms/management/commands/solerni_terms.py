"""``solerni_terms import`` publishes documents from a folder; ``solerni_terms list`` says what is there."""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms import api, inputs
from solerni_xblocks.terms.data import VersionDraft


class Command(BaseCommand):
    """Documents of the site, from Markdown files."""

    help = "Publish the documents of a folder (<slug>.<language>.md), or list what is published."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="Documents and their versions.")
        importing = verbs.add_parser("import", help="Read a folder; with --publish, publish what has changed.")
        importing.add_argument("folder", nargs="?", type=Path, help="Holds <slug>.<language>.md files.")
        importing.add_argument("--samples", action="store_true", help="The texts that come with Solerni.")
        importing.add_argument("--publish", action="store_true", help="Without it, only say what would be published.")
        importing.add_argument("--label", default="", help="Label of the new versions, for example 2026-11.")
        importing.add_argument("--effective-at", type=_parse_moment, help="ISO date and time with zone; default: now.")
        importing.add_argument("--summary", default="", help="What changed, and why.")
        importing.add_argument("--minor", action="store_true", help="Ask nobody to accept again.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "list":
            return self._list()
        try:
            self._import(**options)
        except SolerniError as error:
            reasons = ", ".join(error.details.get("reasons", [error.code]))
            raise CommandError(f"{error.message} ({reasons})") from error

    def _list(self) -> None:
        for document in api.list_documents():
            self.stdout.write(f"{document.slug}  {document.audience}  {document.title}")
            for version in document.versions:
                languages = " ".join(version.languages)
                since = f"{version.effective_at:%Y-%m-%d %H:%M} UTC"
                self.stdout.write(f"  {version.label}  {version.stage}  {since}  {languages}  {version.uuid}")

    def _import(self, *, folder: Path | None, samples: bool, publish: bool, **options: Any) -> None:
        if samples == bool(folder):
            raise CommandError("Name a folder, or --samples.")
        for found in inputs.read_folder(folder or api.SAMPLES, contact=_get_contact()):
            if not publish:
                self.stdout.write(f"{found.slug}: {' '.join(sorted(found.texts))} (not published: add --publish)")
                continue
            api.save_document(found.slug, order=found.order, audience=found.audience)
            version = api.publish_if_changed(found.slug, _make_draft(found, **options))
            self.stdout.write(f"{found.slug}: {f'published {version.label}' if version else 'unchanged'}")


def _make_draft(
    found: inputs.SourceDocument, *, label: str, effective_at: datetime | None, summary: str, minor: bool, **_: Any
) -> VersionDraft:
    return VersionDraft(
        label=label,
        texts={language: replace(text, summary=summary) for language, text in found.texts.items()},
        contact=_get_contact(),
        effective_at=effective_at,
        requires_acceptance=found.requires_acceptance and not minor,
    )


def _parse_moment(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise ArgumentTypeError("use ISO 8601 with a time zone, as in 2026-12-01T00:00:00+01:00")
    return moment


def _get_contact() -> str:
    own = conf.get("SOLERNI_TERMS_CONTACT")
    return str(own or getattr(settings, "CONTACT_EMAIL", "") or settings.DEFAULT_FROM_EMAIL)
