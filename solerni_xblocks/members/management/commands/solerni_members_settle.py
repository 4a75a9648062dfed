"""``solerni_members_settle``: make closings final whose time to withdraw is over. To run every hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from solerni_xblocks.members import api


class Command(BaseCommand):
    """Seal what is due."""

    help = "Seal the accounts whose closing can no longer be taken back. Run it every hour; late is late, never wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sealed: {api.settle_accounts()}")
