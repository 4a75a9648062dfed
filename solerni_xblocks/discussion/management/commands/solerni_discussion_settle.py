"""``manage.py solerni_discussion_settle``: tell those whom publishing left to be told."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from solerni_xblocks.discussion import api


class Command(BaseCommand):
    """Idempotent; fit for a scheduler, every few minutes."""

    help = "Writes the notices of new messages that very many members follow. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle, and say what was done."""
        self.stdout.write(f"followers told {api.settle_errands()}")
