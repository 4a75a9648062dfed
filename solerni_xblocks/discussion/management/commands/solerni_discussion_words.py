"""Take a list of words in from a file, or write it out, from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.core.identifiers import parse_course_key
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.errors.words import say_fault

STDIN = "-"


class Command(BaseCommand):
    """``solerni_discussion_words [--course KEY] --export`` or ``--add FILE`` or ``--replace FILE``"""

    help = "Words that discussions refuse, hold, advise against or know: of the site, or (--course) of a course."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--course", help="course key; without it, the list of the whole site")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--export", action="store_true", help="write the list to the standard output")
        what.add_argument("--add", metavar="FILE", help="put the entries of FILE (-: standard input) into the list")
        what.add_argument("--replace", metavar="FILE", help="make FILE the list, what it does not name is removed")

    def handle(self, *args: Any, **options: Any) -> None:
        """One list, in one transaction: a line that cannot be changes nothing."""
        try:
            course_key = parse_course_key(options["course"]) if options["course"] else None
            if options["export"]:
                self.stdout.write(api.export_words(course_key), ending="")
                return
            write = api.add_words if options["add"] else api.replace_words
            change = write(course_key, self._read(options["add"] or options["replace"]))
        except SolerniError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{change.added} added, {change.changed} changed, {change.removed} removed.")

    def _read(self, name: str) -> list[Any]:
        try:
            text = sys.stdin.read() if name == STDIN else Path(name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{name}: {error}") from error
        lines, faults = api.read_word_file(text)
        for fault in faults:
            self.stderr.write(f"{name}: {say_fault(fault.code, line=fault.line, seen=fault.seen)}")
        if faults:
            raise CommandError("Nothing was changed.")
        return lines
