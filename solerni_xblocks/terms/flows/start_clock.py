"""A minor is kept out and has named no guardian: from now on time runs, so that no account stays so for ever."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import GuardianState
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.queries import guardians
from solerni_xblocks.terms.rules import guardianship


def start_clock(member_id: int) -> bool:
    """Write until when a guardian can be named; False when somebody is being asked, or nobody has to be."""
    with transaction.atomic():
        append_proofs.hold_chains([member_id])  # one request of a member at a time
        if not guardians.needs_clock(member_id):
            return False
        now = clock.now()
        models.GuardianRequest.objects.create(
            member_id=member_id,
            token_digest=guardianship.digest_secret(secrets.token_urlsafe()),  # of a link that nobody has
            state=GuardianState.UNNAMED,
            asked_at=now,
            expires_at=now + timedelta(days=conf.get("SOLERNI_TERMS_GUARDIAN_DAYS")),
        )
    return True
