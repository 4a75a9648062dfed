"""``manage.py solerni_discussion_settle``: what time brings: followers to be told, promises, mail, files, ratings."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from solerni_xblocks.discussion import api


class Command(BaseCommand):
    """Idempotent; fit for a scheduler, every few minutes."""

    help = (
        "Writes the notices of new messages that very many members follow; erases files that nobody published, or that "
        "were removed; tells moderators what waits, is half due, nearly due and overdue; publishes what is overdue "
        "where its place chose so; sends mail; removes what is kept for a while only; asks the external services that "
        "are set about new messages. Safe to run at any time, twice at once, or killed half way."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle, and say what was done."""
        self.stdout.write(f"followers told {api.settle_errands()}")
        for step, count in api.settle_files().items():
            self.stdout.write(f"files {step} {count}")
        for step, count in api.settle_cases().items():
            self.stdout.write(f"cases {step} {count}")
        self.stdout.write("letters sent {}, failed {}".format(*api.settle_letters()))
        self.stdout.write("mails sent {}, failed {}".format(*api.settle_mails()))
        for sort, count in api.clean_up().items():
            self.stdout.write(f"removed {sort} {count}")
        for outcome, count in api.settle_ratings().items():  # last: it may take a minute
            self.stdout.write(f"ratings {outcome} {count}")
