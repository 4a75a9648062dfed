"""``manage.py solerni_discussion_index``: let search find the messages that were there before it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from solerni_xblocks.discussion import api


class Command(BaseCommand):
    """Idempotent; needed once, after the tables of search were made on a site with messages."""

    help = "Lets search find published messages that it does not know yet. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all messages, some at a time."""
        after = api.index_missing()
        while after is not None:
            after = api.index_missing(after=after)
        self.stdout.write("search knows every published message")
