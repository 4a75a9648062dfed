"""Erase network address and agent beside old proofs: they are kept on a clock of their own."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms import models

BATCH = 1_000


def trim_evidence() -> int:
    """Erase them where the proof is older than the setting says, a batch a transaction; how many rows were trimmed."""
    now = clock.now()
    limit = now - timedelta(days=conf.get("SOLERNI_TERMS_EVIDENCE_DAYS"))
    trimmed = 0
    while True:
        with transaction.atomic():
            old = models.ProofPerson.objects.filter(trimmed_at=None, proof__decided_at__lte=limit)
            numbers = list(old.order_by("id").values_list("id", flat=True)[:BATCH])
            rows = models.ProofPerson.objects.filter(id__in=numbers)
            trimmed += rows.update(ip="", agent="", trimmed_at=now)
        if len(numbers) < BATCH:
            return trimmed
