"""Evidence: that the database itself refuses to change decisions, statements of reasons and the moderation log."""

from __future__ import annotations

from solerni_xblocks.core import evidencekit
from solerni_xblocks.discussion.models import EVIDENCE


def list_unguarded_evidence(using: str) -> list[str]:
    """The tables of evidence that somebody with a database client could change."""
    return evidencekit.list_unguarded(EVIDENCE, using=using)


def guard_evidence(using: str) -> None:
    """Have the database refuse it. Raises: DatabaseError, where the account may not make triggers."""
    evidencekit.guard(EVIDENCE, using=using)


def lift_evidence(using: str) -> None:
    """Let evidence be changed until it is guarded again: for migrations, and what an authority has ordered."""
    evidencekit.lift(EVIDENCE, using=using)


def write_evidence_guards(using: str) -> list[str]:
    """The statements that guard all of it, for who has the right to run them."""
    return evidencekit.write_guards(EVIDENCE, using=using)
