"""Call off a version that was announced, before its date: it never governs, and stays readable."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Actor, Channel, Version
from solerni_xblocks.terms.errors import CancellationRefused
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.queries import documents


def cancel_version(slug: str, name: str, *, actor_id: int | None) -> Version:
    """Write the cancellation and its proof; the service's chain moves, so every gate looks again."""
    with transaction.atomic():
        held = append_proofs.hold_chains([None])
        shown = documents.get_page(slug, name=name or "-", languages=()).version
        row = documents.get_version(shown.uuid)
        if row.effective_at <= clock.now() or models.Cancellation.objects.filter(version=row).exists():
            raise CancellationRefused
        entry = append_proofs.make_entry(Act.CANCEL, row, member_id=None, channel=Channel.OPERATOR, actor=Actor.SERVICE)
        proof = append_proofs.append_proof(entry, held=held)
        # The instant of the proof, so that verifying can hold one against the other.
        models.Cancellation.objects.create(version=row, cancelled_at=proof.decided_at, actor_id=actor_id)
    return documents.get_page(slug, name=str(row.uuid), languages=()).version
