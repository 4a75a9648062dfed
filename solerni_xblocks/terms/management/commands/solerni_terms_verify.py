"""``solerni_terms_verify``: is all evidence as it was written? Says so in one line; exit 0 or 1."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms import api, presenters

SECONDS_BETWEEN_WORDS = 2


class Command(BaseCommand):
    """Walk the chain of proofs."""

    help = "Verify every proof and every published text: exit 0 and a count, or exit 1 and the first row that is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--against",
            type=Path,
            metavar="FILE",
            help="Checkpoints that were kept elsewhere; default: the file of SOLERNI_TERMS_CHECKPOINTS, once there.",
        )
        parser.add_argument("--checkpoint", action="store_true", help="Take a checkpoint when all is well.")

    def handle(self, *args: Any, against: Path | None, checkpoint: bool, **options: Any) -> None:
        with ExitStack() as stack:
            lines = (
                stack.enter_context(path.open(encoding="utf-8", errors="replace"))
                if (path := _choose_file(against))
                else ()
            )
            seen = api.verify_proofs(published=lines, tell=self._make_teller())
        if seen.finding:
            raise CommandError(presenters.describe_finding(seen.finding), returncode=1)
        self.stdout.write(presenters.describe_verification(seen))
        if checkpoint:
            self._take_checkpoint()
        self._warn_of_age()

    def _take_checkpoint(self) -> None:
        try:
            taken = api.take_checkpoint()
        except OSError as error:
            raise CommandError(f"The checkpoint could not be written: {error}", returncode=2) from error
        self.stdout.write(f"Checkpoint of {presenters.write_number(taken.total)} proofs taken: {taken.digest}")

    def _warn_of_age(self) -> None:
        last = api.find_last_checkpoint()
        if last is None:
            self.stderr.write("No checkpoint was ever taken: proofs cut from the end would not show. Add --checkpoint.")
        elif (age := clock.now() - last).days:
            self.stderr.write(f"The last checkpoint is {age.days} days old: take one each day (--checkpoint).")

    def _make_teller(self) -> Callable[[int], None]:
        total, spoken = api.count_proofs(), monotonic()

        def tell(done: int) -> None:
            nonlocal spoken
            if monotonic() - spoken >= SECONDS_BETWEEN_WORDS:
                spoken = monotonic()
                self.stderr.write(f"{presenters.write_number(done)} of {presenters.write_number(total)} proofs …")

        return tell


def _choose_file(against: Path | None) -> Path | None:
    """The file named, which must be there; else the one that checkpoints go to, once there is one."""
    if against:
        if not against.is_file():
            raise CommandError(f"{against} is no file.", returncode=2)
        return against
    kept = conf.get("SOLERNI_TERMS_CHECKPOINTS")
    return Path(kept) if kept and Path(kept).is_file() else None
