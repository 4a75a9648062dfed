"""``manage.py solerni_discussion_settle``: what time brings: followers to be told, files to go, ratings, promises."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from solerni_xblocks.discussion import api


class Command(BaseCommand):
    """Idempotent; fit for a scheduler, every few minutes."""

    help = (
        "Writes the notices of new messages that very many members follow; erases files that nobody published, or that "
        "were removed; asks the external services that are set about new messages; tells moderators what is half due, "
        "nearly due and overdue; publishes what is overdue where its place chose so. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle, and say what was done."""
        self.stdout.write(f"followers told {api.settle_errands()}")
        for step, count in api.settle_files().items():
            self.stdout.write(f"files {step} {count}")
        for step, count in api.settle_cases().items():
            self.stdout.write(f"cases {step} {count}")
        for outcome, count in api.settle_ratings().items():  # last: it may take a minute
            self.stdout.write(f"ratings {outcome} {count}")
