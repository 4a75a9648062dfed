"""Tell whether the database refuses to change evidence; have it refuse, or not for a while."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from solerni_xblocks.discussion import api


class Command(BaseCommand):
    """``solerni_discussion_evidence [--guard | --lift | --sql] [--database NAME]``"""

    help = "Whether the database refuses to change decisions, statements of reasons and the log: exit 0, or 1 and what."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="an alias of DATABASES")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--guard", action="store_true", help="make the triggers that are missing")
        what.add_argument("--lift", action="store_true", help="drop the triggers; --guard makes them again")
        what.add_argument("--sql", action="store_true", help="write the statements that make all triggers afresh")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, then tell how evidence stands. Raises CommandError when some of it is open unasked."""
        using = options["database"]
        if options["sql"]:
            self.stdout.write("\n".join(f"{statement};" for statement in api.write_evidence_guards(using)))
            return
        try:
            if options["guard"]:
                api.guard_evidence(using)
            elif options["lift"]:
                api.lift_evidence(using)
        except DatabaseError as error:
            raise CommandError(str(error)) from error
        self._tell(api.list_unguarded_evidence(using), is_lifted=options["lift"])

    def _tell(self, tables: list[str], *, is_lifted: bool) -> None:
        if not tables:
            self.stdout.write("The database refuses to change evidence.")
        elif is_lifted:
            self.stdout.write(f"The database lets evidence be changed: {', '.join(tables)}.")
        else:
            raise CommandError(f"The database lets evidence be changed: {', '.join(tables)}.")
