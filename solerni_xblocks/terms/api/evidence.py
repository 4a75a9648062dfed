"""For operators: reports, and the walk over all evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from solerni_xblocks.terms.data import CheckpointTaken, Report, Verification
from solerni_xblocks.terms.flows import record_reading as reading
from solerni_xblocks.terms.flows import take_checkpoint as checkpointing
from solerni_xblocks.terms.flows import trim_evidence as trimming
from solerni_xblocks.terms.queries import checkpoints, reports, verification


def get_report(slug: str) -> Report:
    """A document in figures, for operators. The same number of queries whatever was answered.

    Raises: DocumentNotFound (or no version of it).
    """
    return reports.get_report(slug)


def list_silent(slug: str) -> Iterable[int]:
    """Members who were told of a change by mail and have not answered; two queries for each 500."""
    return reports.list_silent(slug)


def verify_proofs(*, published: Iterable[str] = (), tell: Callable[[int], None] = lambda done: None) -> Verification:
    """Walk every proof, every published text and every checkpoint; say what is there, and what is wrong first, if
    anything is. Memory does not grow with the number of proofs; people whom the service forgot leave it valid.

    ``published``: lines of checkpoints that were kept elsewhere. ``tell`` hears now and then how many proofs are done.
    """
    return verification.verify_proofs(published, tell=tell)


def count_proofs() -> int:
    """How many proofs the chains say there are."""
    return checkpoints.count_proofs()


def find_last_checkpoint() -> datetime | None:
    """When the last checkpoint was taken; None when there is none."""
    return checkpoints.find_last_checkpoint()


def take_checkpoint() -> CheckpointTaken:
    """Write down length and hash of every chain, in the table and in the file of SOLERNI_TERMS_CHECKPOINTS.

    Raises: OSError when the file cannot be written; then nothing was taken.
    """
    return checkpointing.take_checkpoint()


def trim_evidence() -> int:
    """Erase network address and agent beside proofs older than SOLERNI_TERMS_EVIDENCE_DAYS; how many were trimmed.

    In batches; safe to run at any time. The proofs stay valid.
    """
    return trimming.trim_evidence()


def record_reading(actor_id: int, what: str) -> None:
    """Record that somebody looked at proofs that are not their own: ``what``, in a few words without names."""
    reading.record_reading(actor_id, what)
