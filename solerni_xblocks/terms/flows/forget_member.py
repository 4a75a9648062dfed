"""The duty forget: the person behind the proofs is erased, the proofs stay."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.terms import models
from solerni_xblocks.terms.queries import gate


def forget_member(member_id: int) -> dict[str, int]:
    """Erase who stands behind the member's proofs; the count of rows by table."""
    with transaction.atomic():
        erased, _ = models.ProofPerson.objects.filter(member_id=member_id).delete()
        transaction.on_commit(lambda: gate.forget_answers(member_id))
    return {"solerni_terms_proofperson": erased}
