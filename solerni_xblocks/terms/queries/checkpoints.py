"""Checkpoints of the chains: those of the table, and those that were kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import CheckpointTaken, Fault, Finding
from solerni_xblocks.terms.queries.evidence import Found
from solerni_xblocks.terms.rules import checkpoints


def list_checkpoints() -> Iterator[CheckpointTaken]:
    """Every checkpoint of the table, oldest first."""
    columns = (Cast("taken_at", TextField()), "total", Cast("ends", TextField()), "digest")
    for taken_at, total, ends, digest in models.Checkpoint.objects.order_by("id").values_list(*columns):
        try:
            values = {"taken_at": taken_at, "total": total, "ends": json.loads(ends), "digest": digest}
            yield checkpoints.read_checkpoint(values)
        except ValueError as error:
            raise Found(Finding(fault=Fault.CHECKPOINT_ALTERED, about=str(taken_at))) from error


def read_published(lines: Iterable[str]) -> Iterator[CheckpointTaken]:
    for number, line in enumerate(lines, start=1):
        try:
            yield checkpoints.read_line(line)
        except ValueError as error:
            raise Found(Finding(fault=Fault.CHECKPOINT_ALTERED, about=f"line {number}")) from error


def find_last_checkpoint() -> datetime | None:
    """When the last checkpoint was taken."""
    return models.Checkpoint.objects.order_by("-id").values_list("taken_at", flat=True).first()


def count_proofs() -> int:
    """How many proofs there are, by the ends of their chains."""
    return sum(models.Chain.objects.values_list("length", flat=True))
