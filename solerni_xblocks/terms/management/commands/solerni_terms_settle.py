"""``manage.py solerni_terms_settle``: what time brings: notices, guardians who are silent, evidence that is too old."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from solerni_xblocks.terms import api


class Command(BaseCommand):
    """Idempotent; fit for a scheduler, every few minutes."""

    help = "Sends the notices and reminders that are due, ends what no guardian answered, trims evidence. Run it often."

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle, and say what was done."""
        notices = api.settle_notices()
        self.stdout.write(f"notices: queued {notices.queued}, sent {notices.sent}, failed {notices.failed}")
        guardians = ", ".join(f"{name} {number}" for name, number in api.settle_guardians().items())
        self.stdout.write(f"guardians: {guardians}")
        self.stdout.write(f"evidence: trimmed {api.trim_evidence()}")
