"""An account is sealed: its guardian is asked nothing any more, so that no address of theirs is kept."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import GuardianState
from solerni_xblocks.terms.flows import append_proofs


def erase_address(member_id: int) -> None:
    """Open requests end; the link to withdraw a consent goes on working: it needs no address. One query for most."""
    mine = models.GuardianRequest.objects.filter(member_id=member_id)
    if not mine.exclude(email="").exists():
        return
    with transaction.atomic():
        append_proofs.hold_chains([member_id])
        mine.filter(state=GuardianState.SENT).update(state=GuardianState.REPLACED)
        mine.update(email="")
