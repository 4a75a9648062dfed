"""Write statements of reasons of a period in the shape of the Commission's transparency database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.inputs.periods import parse_period


class Command(BaseCommand):
    """Nothing is sent anywhere: the operator does that, or not."""

    help = "Write statements of reasons (DSA article 17) as JSON or CSV for the Commission's transparency database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", help="first day, YYYY-MM-DD; thirty days before the last")
        parser.add_argument("--until", help="last day, YYYY-MM-DD; today")
        parser.add_argument("--format", choices=sorted(presenters.STATEMENT_WRITERS), default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = parse_period(options)
        except Invalid as error:
            raise CommandError(error.message) from error
        for piece in presenters.STATEMENT_WRITERS[options["format"]](api.list_statements(period)):
            self.stdout.write(piece, ending="")
