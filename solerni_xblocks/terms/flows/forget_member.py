"""The duty forget: what names the member is erased; their proofs stay, without the person behind them."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.terms import models
from solerni_xblocks.terms.queries import gate

OWN = (models.ProofPerson, models.Birth, models.GuardianRequest, models.Notice, models.Snooze)
"""Rows that are about one member and go with them."""


def forget_member(member_id: int) -> dict[str, int]:
    """Erase every row about the member, and their name on drafts; the count of rows by table."""
    with transaction.atomic():
        counts = {model._meta.db_table: model.objects.filter(member_id=member_id).delete()[0] for model in OWN}
        drafts = models.Draft.objects.filter(writer_id=member_id).update(writer_id=None)
        transaction.on_commit(lambda: gate.forget_answers(member_id))
    return {**counts, "solerni_terms_draft": drafts}
