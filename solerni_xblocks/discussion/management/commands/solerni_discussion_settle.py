"""``manage.py solerni_discussion_settle``: what time brings: followers to be told, promises, mail, files, ratings."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from solerni_xblocks.discussion import api

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Idempotent; fit for a scheduler, every few minutes."""

    help = (
        "Writes the notices of new messages that very many members follow; erases files that nobody published, or that "
        "were removed; tells moderators what waits, is half due, nearly due and overdue; publishes what is overdue "
        "where its place chose so; sends mail; removes what is kept for a while only; asks the external services that "
        "are set about new messages. Safe to run at any time, twice at once, or killed half way."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle, and say what was done. Raises CommandError at the end when a step failed; the others were run."""
        failed = [name for name, settle in STEPS.items() if not self._run(name, settle)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")

    def _run(self, name: str, settle: Callable[[], Iterable[str]]) -> bool:
        try:
            for line in settle():
                self.stdout.write(line)
        except Exception as error:  # noqa: BLE001  its text may tell of somebody: where it happened is enough
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("Settling failed: %s: %s\n%s", name, type(error).__name__, where)
            return False
        return True


def _count(name: str, settle: Callable[[], dict[str, int]]) -> Iterator[str]:
    return (f"{name} {what} {count}" for what, count in settle().items())


def _send(name: str, settle: Callable[[], tuple[int, int]]) -> Iterator[str]:
    yield "{} sent {}, failed {}".format(name, *settle())


STEPS: dict[str, Callable[[], Iterable[str]]] = {
    "followers": lambda: [f"followers told {api.settle_errands()}"],
    "files": lambda: _count("files", api.settle_files),
    "cases": lambda: _count("cases", api.settle_cases),
    "letters": lambda: _send("letters", api.settle_letters),
    "mails": lambda: _send("mails", api.settle_mails),
    "removed": lambda: _count("removed", api.clean_up),
    "ratings": lambda: _count("ratings", api.settle_ratings),  # last: it may take a minute
}
