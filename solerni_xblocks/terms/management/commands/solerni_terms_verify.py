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
from solerni_xblocks.terms import api
from solerni_xblocks.terms.data import Fault, Finding, Verification

SECONDS_BETWEEN_WORDS = 2

FAULTS = {
    Fault.ALTERED: "was altered: its hash is not that of its fields",
    Fault.MISPLACED: "was altered, moved or swapped: it does not continue the proof before it",
    Fault.REMOVED: "was removed: there is no proof in this place",
    Fault.INSERTED: "was inserted: the chain does not lead through it",
    Fault.DISOWNED: "was altered, or what stood after it was removed: what follows does not continue it",
    Fault.REWRITTEN: "was altered, or one before it, and the hashes made anew: a checkpoint knows it otherwise",
    Fault.UNREADABLE: "was altered: it cannot be read",
    Fault.PERSON_SWAPPED: "has beside it a person it was not written for (or the pseudonym secret was changed)",
    Fault.PERSON_ALTERED: "has beside it an address, agent, note or actor that was altered",
    Fault.VERSION_REMOVED: "names a published version that was removed",
    Fault.VERSION_ALTERED: "names a published version that was altered",
    Fault.VERSION_INSERTED: "was inserted: no proof says that this version was published",
    Fault.TEXT_ALTERED: "names a published text that was altered",
    Fault.CANCELLATION_REMOVED: "says that a version was cancelled, and the cancellation was removed",
    Fault.CANCELLATION_INSERTED: "names a version whose cancellation was altered or inserted",
    Fault.CHECKPOINT_ALTERED: "was altered",
}


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
            path = _choose_file(against)
            lines = stack.enter_context(path.open(encoding="utf-8", errors="replace")) if path else ()
            seen = api.verify_proofs(published=lines, tell=self._make_teller())
        if seen.finding:
            raise CommandError(describe_finding(seen.finding), returncode=1)
        self.stdout.write(describe_verification(seen))
        if checkpoint:
            self._take_checkpoint()
        self._warn_of_age()

    def _take_checkpoint(self) -> None:
        try:
            taken = api.take_checkpoint()
        except OSError as error:
            raise CommandError(f"The checkpoint could not be written: {error}", returncode=2) from error
        self.stdout.write(f"Checkpoint of {write_number(taken.total)} proofs taken: {taken.digest}")

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
                self.stderr.write(f"{write_number(done)} of {write_number(total)} proofs …")

        return tell


def _choose_file(against: Path | None) -> Path | None:
    """The file named, which must be there; else the one that checkpoints go to, once there is one."""
    if against:
        if not against.is_file():
            raise CommandError(f"{against} is no file.", returncode=2)
        return against
    kept = conf.get("SOLERNI_TERMS_CHECKPOINTS")
    return Path(kept) if kept and Path(kept).is_file() else None


def describe_verification(seen: Verification) -> str:
    """What a walk saw, in one line."""
    counted = f"{write_number(seen.proofs)} proofs, {seen.chains} chains, {write_number(seen.versions)} versions"
    return f"{counted}, {write_number(seen.checkpoints)} checkpoints: everything is as it was written."


def describe_finding(found: Finding) -> str:
    """What is wrong, and with what."""
    subject = "checkpoint" if found.fault is Fault.CHECKPOINT_ALTERED else "proof"
    if found.fault is Fault.VERSION_INSERTED:
        subject = "version"
    place = f"partition {found.partition}, number {found.seq}" if found.seq is not None else ""
    named = ", ".join(part for part in (place, found.uuid, found.about) if part)
    return f"{subject} ({named}) {FAULTS[found.fault]}."


def write_number(number: int) -> str:
    """A count with thin groups: 10 000."""
    return f"{number:,}".replace(",", " ")
