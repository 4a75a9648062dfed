"""``solerni_members_forget <username> --actor <username>``: have every domain forget a member; run again to retry."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from solerni_xblocks.members import api


class Command(BaseCommand):
    """Discharge the duty forget."""

    help = "Erase or anonymise all that Solerni holds about a member. Download their data first, if they want it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--actor", required=True, help="Username of the operator who answers for it.")

    def handle(self, *args: Any, username: str, actor: str, **options: Any) -> None:
        request = api.forget_member(_get_id(username), actor_id=_get_id(actor))
        for outcome in request.outcomes:
            counts = ", ".join(f"{table}: {count}" for table, count in sorted(outcome.counts.items()))
            self.stdout.write(f"{outcome.performer}: {outcome.error or counts or 'nothing held'}")
        if request.done_at is None:
            raise CommandError("Not done: a domain failed (see the log). Run the command again to retry it.")
        self.stdout.write(f"Done. Request {request.uuid}.")


def _get_id(username: str) -> int:
    found = get_user_model().objects.filter(username=username).values_list("id", flat=True).first()
    if found is None:
        raise CommandError(f"There is no account {username!r}.")
    return int(found)
