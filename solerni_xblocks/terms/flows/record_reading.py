"""Record that somebody looked at proofs that are not their own."""

from __future__ import annotations

from solerni_xblocks.core import clock
from solerni_xblocks.terms import models

MAX_CHARACTERS = 255


def record_reading(actor_id: int, what: str) -> None:
    """One row a look."""
    models.ProofReading.objects.create(actor_id=actor_id, what=what[:MAX_CHARACTERS], read_at=clock.now())
