"""``manage.py solerni_badges_settle``: award and sign what a crash or a missing setting left undone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from solerni_xblocks.badges import api


class Command(BaseCommand):
    """Idempotent; fit for a scheduler."""

    help = "Awards what recorded facts fulfil and signs what is not signed yet. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle, and say what was done."""
        done = api.settle_awards()
        self.stdout.write(f"awarded {done.awarded}, signed {done.signed}, waiting {done.waiting}")
