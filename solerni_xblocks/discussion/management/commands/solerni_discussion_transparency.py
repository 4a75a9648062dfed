"""Write the transparency report of a period (DSA articles 15 and 24)."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.inputs.periods import parse_period


class Command(BaseCommand):
    """Numbers only: no person is in it."""

    help = "Write the transparency report (DSA articles 15 and 24) of a period as text or JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", help="first day, YYYY-MM-DD; thirty days before the last")
        parser.add_argument("--until", help="last day, YYYY-MM-DD; today")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = api.make_report(parse_period(options))
        except Invalid as error:
            raise CommandError(error.message) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(presenters.answer_report(report), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(presenters.write_report(report))
