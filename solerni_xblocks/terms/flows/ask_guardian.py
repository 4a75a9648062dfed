"""Ask a guardian by mail: one request, one link for one use."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.hooks import gates
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Consent, GuardianState
from solerni_xblocks.terms.errors import (
    GuardianIsSelf,
    GuardianMailsExhausted,
    GuardianMailUnsent,
    GuardianNotAsked,
    TermsRequired,
)
from solerni_xblocks.terms.flows import append_proofs, tell_guardian
from solerni_xblocks.terms.queries import guardians
from solerni_xblocks.terms.rules import guardianship

SECRET_BYTES = 32


def ask_guardian(member_id: int, *, email: str, language: str, document: str) -> None:
    """Take the place of any earlier request and mail the guardian; empty ``email``: the address that is kept."""
    gates.require(gates.ANSWER, member_id, None)
    state = guardians.get_guardianship(member_id, document=document)
    if state.due:
        raise TermsRequired
    if not state.asked:
        raise GuardianNotAsked
    address = email or guardians.find_last_address(member_id)
    person = host.people().find_person(member_id)
    if not address:
        raise GuardianNotAsked
    if person and guardianship.is_same_box(address, person.email):
        raise GuardianIsSelf
    with transaction.atomic():
        append_proofs.hold_chains([member_id])  # one request of a member at a time
        _require_more_mails(member_id, address)
        row, secret = open_request(member_id, address=address, language=language, asked=state.asked)
    if not tell_guardian.ask(row, secret):
        models.GuardianRequest.objects.filter(id=row.id).update(state=GuardianState.REPLACED, email="")
        raise GuardianMailUnsent


def open_request(
    member_id: int, *, address: str, language: str, asked: tuple[Consent, ...]
) -> tuple[models.GuardianRequest, str]:
    """The row of a new request and the secret of its link. Consents given stay as they are until they are renewed."""
    now = clock.now()
    waiting = models.GuardianRequest.objects.filter(member_id=member_id, state__in=guardians.WAITING)
    waiting.filter(state=GuardianState.UNNAMED).delete()
    waiting.update(state=GuardianState.REPLACED)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = models.GuardianRequest.objects.create(
        member_id=member_id,
        email=address,
        language=language,
        token_digest=guardianship.digest_secret(secret),
        state=GuardianState.SENT,
        asked_at=now,
        expires_at=_decide_expiry(now, asked),
    )
    return row, secret


def _decide_expiry(now: datetime, asked: tuple[Consent, ...]) -> datetime:
    """The first date that binds counts: before it, a consent that stands is enough."""
    begins_at = min(consent.effective_at for consent in asked)
    return guardianship.decide_expiry(now, begins_at, conf.get("SOLERNI_TERMS_GUARDIAN_DAYS"))


def _require_more_mails(member_id: int, address: str) -> None:
    sent_by_member, sent_to_address = guardians.count_sent(member_id, address)
    limits = {
        "by_member": conf.get("SOLERNI_TERMS_GUARDIAN_MAILS_PER_DAY"),
        "to_address": conf.get("SOLERNI_TERMS_GUARDIAN_MAILS_PER_ADDRESS"),
    }
    if not guardianship.may_send(sent_by_member, sent_to_address, **limits):
        raise GuardianMailsExhausted
