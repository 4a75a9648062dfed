"""Take a checkpoint: the ends of every chain, into the table and onto the file that leaves the machine."""

from __future__ import annotations

import os
from pathlib import Path

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import CheckpointTaken
from solerni_xblocks.terms.rules import checkpoints


def take_checkpoint() -> CheckpointTaken:
    """Row first, then the line: a line that cannot be written takes the row back."""
    with transaction.atomic():
        rows = models.Chain.objects.order_by("partition").values_list("partition", "length", "head")
        ends = {str(partition): (length, head) for partition, length, head in rows}
        taken = checkpoints.make_checkpoint(clock.now(), ends)
        models.Checkpoint.objects.create(
            taken_at=taken.taken_at, total=taken.total, ends=taken.ends, digest=taken.digest
        )
        target = conf.get("SOLERNI_TERMS_CHECKPOINTS")
        if target:
            _append(Path(target), checkpoints.write_line(taken))
    return taken


def _append(path: Path, line: str) -> None:
    """One write, so that two at once do not mix; on the disk before it counts."""
    with path.open("ab") as file:
        file.write(line.encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())
