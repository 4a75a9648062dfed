"""``solerni_terms import`` publishes documents from a folder; ``solerni_terms list`` says what is there."""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.terms import api, inputs, presenters
from solerni_xblocks.terms.data import Answer, Channel, VersionDraft


class Command(BaseCommand):
    """Documents of the site, from Markdown files."""

    help = "Publish the documents of a folder (<slug>.<language>.md), or list what is published."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="Documents and their versions.")
        status = verbs.add_parser("status", help="Who accepted, refused, was told: by version, language, course, day.")
        status.add_argument("slug", help="Address of the document, for example terms.")
        status.add_argument("--course", default=None, help="Only answers given in this course.")
        status.add_argument("--silent", action="store_true", help="List members who were told and have not answered.")
        exporting = verbs.add_parser("export", help="Write the versions in force as files that import reads.")
        exporting.add_argument("folder", type=Path)
        behalf = verbs.add_parser("accept-on-behalf", help="Record that members agreed elsewhere; a note says how.")
        behalf.add_argument("slug")
        behalf.add_argument("members", nargs="+", type=int, help="Account ids.")
        behalf.add_argument("--note", required=True, help="How they agreed, for example: signed on paper, 3 November.")
        behalf.add_argument("--language", default=settings.LANGUAGE_CODE[:2])
        behalf.add_argument("--operator", type=int, default=None, help="Account id of who records it.")
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
        acts = {
            "import": self._import,
            "export": self._export,
            "status": self._show_status,
            "accept-on-behalf": self._accept_on_behalf,
        }
        try:
            acts[verb](**options)
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

    def _show_status(self, *, slug: str, course: str | None, silent: bool, **_: Any) -> None:
        if silent:
            for member_id in api.list_silent(slug):
                self.stdout.write(str(member_id))
            return
        report = api.get_report(slug)
        self.stdout.write(f"{slug}: {report.active} active, {report.accepted} accepted, {report.pending} pending")
        for one in report.figures:
            figures = f"accepted {one.accepted}, declined {one.declined}, withdrawn {one.withdrawn}"
            rest = f"stopped {one.stopped}, told {one.told}, failed {one.failed}, returned {one.bounced}"
            self.stdout.write(f"  {one.version.label}  {one.version.stage}  {figures}, {rest}")
        for row in report.answers:
            if course in (None, row.course_key):
                where = row.course_key or "site"
                self.stdout.write(f"    {row.day}  {row.label}  {row.language}  {row.act}  {where}  {row.count}")

    def _export(self, *, folder: Path, **_: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in presenters.write_folder(api.export_documents()):
            (folder / name).write_bytes(content.encode())
            self.stdout.write(name)

    def _accept_on_behalf(
        self, *, slug: str, members: list[int], note: str, language: str, operator: int | None, **_: Any
    ) -> None:
        page = api.get_page(slug, languages=[language])
        for member_id in members:
            answer = Answer(
                document=slug,
                member_id=member_id,
                version_uuid=page.version.uuid,
                language=page.text.language,
                channel=Channel.OPERATOR,
                screen_digest="",
            )
            receipt = api.accept_on_behalf(answer, operator_id=operator, note=note)
            self.stdout.write(f"{member_id}: {receipt.uuid}")

    def _import(self, *, folder: Path | None, samples: bool, publish: bool, **options: Any) -> None:
        if samples == bool(folder):
            raise CommandError("Name a folder, or --samples.")
        for found in inputs.read_folder(folder or api.SAMPLES, contact=conf.get_contact()):
            if not publish:
                self.stdout.write(f"{found.slug}: {' '.join(sorted(found.texts))} (not published: add --publish)")
                continue
            api.save_document(found.slug, **asdict(found.settings))
            version = api.publish_if_changed(found.slug, _make_draft(found, **options))
            self.stdout.write(f"{found.slug}: {f'published {version.label}' if version else 'unchanged'}")


def _make_draft(
    found: inputs.SourceDocument, *, label: str, effective_at: datetime | None, summary: str, minor: bool, **_: Any
) -> VersionDraft:
    return VersionDraft(
        label=label,
        texts={language: replace(text, summary=summary) for language, text in found.texts.items()},
        contact=conf.get_contact(),
        effective_at=effective_at,
        requires_acceptance=found.requires_acceptance and not minor,
    )


def _parse_moment(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise ArgumentTypeError("use ISO 8601 with a time zone, as in 2026-12-01T00:00:00+01:00")
    return moment
