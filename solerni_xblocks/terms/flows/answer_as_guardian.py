"""What a guardian does with the link: confirm, refuse, later withdraw. The link is the only key: no account."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock, conf
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import (
    Act,
    Actor,
    Channel,
    Consent,
    GuardianAnswer,
    GuardianLink,
    GuardianState,
    GuardianVisit,
    ProofEntry,
)
from solerni_xblocks.terms.errors import (
    GuardianLinkDead,
    GuardianTriesExhausted,
    TermsOutdated,
)
from solerni_xblocks.terms.flows import append_proofs, ask_guardian, tell_guardian
from solerni_xblocks.terms.queries import documents, gate, guardians, proofs, texts
from solerni_xblocks.terms.rules import guardianship


def open_link(link: GuardianLink) -> GuardianVisit:
    """What the link opens now. A link that leads nowhere is counted; nothing else is written."""
    row = _find_by_link(link)
    child = host.people().find_person(row.member_id)
    return GuardianVisit(
        state=GuardianState(row.state),
        child=child.name if child else "",
        language=row.language,
        expires_at=row.expires_at,
        asked=guardians.list_consents(row.member_id) if row.state == GuardianState.SENT else (),
    )


def confirm_as_guardian(answer: GuardianAnswer) -> None:
    """One proof for each document, bound to the minor's own; an earlier consent of the same minor gives way."""
    member_id = _find_by_link(answer.link).member_id
    with transaction.atomic():
        row = _hold(answer.link, member_id, GuardianState.SENT)
        asked = guardians.list_consents(member_id)
        if not asked or {consent.version_uuid for consent in asked} != set(answer.versions):
            raise TermsOutdated
        append_proofs.append_proofs([_make_entry(Act.ACCEPT, row, consent, answer) for consent in asked])
        former = models.GuardianRequest.objects.filter(member_id=member_id, state=GuardianState.CONFIRMED)
        former.update(state=GuardianState.REPLACED, email="")
        _close(row, GuardianState.CONFIRMED)
    thank(row)
    tell_guardian.tell_child(row, "confirmed")


def thank(row: models.GuardianRequest) -> bool:
    """Mail the link to withdraw. Its digest is written when the mail has left, so that what was lost is sent anew."""
    secret = secrets.token_urlsafe(ask_guardian.SECRET_BYTES)
    if not tell_guardian.thank(row, secret):
        return False
    confirmed = models.GuardianRequest.objects.filter(id=row.id, state=GuardianState.CONFIRMED, withdrawal_digest="")
    return bool(confirmed.update(withdrawal_digest=guardianship.digest_secret(secret)))


def refuse_as_guardian(answer: GuardianAnswer) -> None:
    """The address goes at once; the minor is told, and keeps some days to download their data."""
    member_id = _find_by_link(answer.link).member_id
    with transaction.atomic():
        row = _hold(answer.link, member_id, GuardianState.SENT)
        asked = guardians.list_consents(member_id)
        if {consent.version_uuid for consent in asked} != set(answer.versions):
            raise TermsOutdated
        append_proofs.append_proofs([_make_entry(Act.DECLINE, row, consent, answer) for consent in asked])
        row.email = ""
        row.expires_at = clock.now() + guardianship.AFTER_REFUSAL
        _close(row, GuardianState.REFUSED)
    tell_guardian.tell_child(row, "refused")


def withdraw_as_guardian(answer: GuardianAnswer) -> None:
    """Every confirmation that stands is withdrawn: the minor is where they were before."""
    member_id = _find_by_link(answer.link).member_id
    with transaction.atomic():
        row = _hold(answer.link, member_id, GuardianState.CONFIRMED)
        entries = [_make_withdrawal(row, accepted, answer) for accepted in guardians.list_confirmed(member_id)]
        append_proofs.append_proofs(entries)
        others = models.GuardianRequest.objects.filter(member_id=member_id, state=GuardianState.SENT)
        others.update(state=GuardianState.REPLACED, email="")
        row.email = ""
        row.expires_at = clock.now() + timedelta(days=conf.get("SOLERNI_TERMS_GUARDIAN_DAYS"))
        _close(row, GuardianState.WITHDRAWN)
    tell_guardian.tell_child(row, "withdrawn")


def _find_by_link(link: GuardianLink) -> models.GuardianRequest:
    """The request that the link opens. Raises GuardianLinkDead, GuardianTriesExhausted."""
    network = guardians.get_network(link.origin.ip)
    limit = conf.get("SOLERNI_TERMS_GUARDIAN_TRIES")
    row = models.GuardianRequest.objects.filter(uuid=link.request_uuid).first()
    if row is None or not _knows(row, link.secret):
        # Whoever holds the secret is let in, however often their neighbours have guessed.
        if guardians.count_knocks(network) >= limit or (row and row.tries >= limit):
            raise GuardianTriesExhausted
        _count_knock(network, row)
        raise GuardianLinkDead
    if not _opens(row, link.secret):
        raise GuardianLinkDead
    return row


def _count_knock(network: str, row: models.GuardianRequest | None) -> None:
    models.GuardianKnock.objects.create(network=network, knocked_at=clock.now())
    if row:
        models.GuardianRequest.objects.filter(id=row.id).update(tries=F("tries") + 1)


def _knows(row: models.GuardianRequest, secret: str) -> bool:
    """Whether the secret is one that was sent for this request. Both are compared, in constant time."""
    digest = guardianship.digest_secret(secret)
    is_first = hmac.compare_digest(digest, row.token_digest)
    is_second = hmac.compare_digest(digest, row.withdrawal_digest)
    return is_first or is_second


def _opens(row: models.GuardianRequest, secret: str) -> bool:
    """The first link answers, once and in time; the second withdraws what was confirmed."""
    digest = guardianship.digest_secret(secret)
    if row.state == GuardianState.SENT:
        return hmac.compare_digest(digest, row.token_digest) and clock.now() < row.expires_at
    return row.state == GuardianState.CONFIRMED and hmac.compare_digest(digest, row.withdrawal_digest)


def _hold(link: GuardianLink, member_id: int, state: GuardianState) -> models.GuardianRequest:
    """The row, locked and looked at again: of two answers at once, one counts. Raises GuardianLinkDead."""
    append_proofs.hold_chains([member_id])
    row = models.GuardianRequest.objects.select_for_update().get(uuid=link.request_uuid)
    if row.state != state or not _opens(row, link.secret):
        raise GuardianLinkDead
    return row


def _close(row: models.GuardianRequest, state: GuardianState) -> None:
    row.state = state
    row.answered_at = clock.now()
    row.save()
    transaction.on_commit(lambda: gate.forget_answers(row.member_id))


def _make_entry(act: Act, row: models.GuardianRequest, consent: Consent, answer: GuardianAnswer) -> ProofEntry:
    version = documents.get_version(consent.version_uuid)
    said = {"course_key": version.document.course_key, "reference": str(consent.reference)}
    text = texts.get_text(version.uuid, answer.versions[version.uuid])
    return _complete(act, row, version, answer, text=text, **said)


def _make_withdrawal(row: models.GuardianRequest, accepted: models.Proof, answer: GuardianAnswer) -> ProofEntry:
    same = {name: getattr(accepted, name) for name in ("language", "text_digest", "course_key")}
    return _complete(Act.WITHDRAW, row, accepted, answer, reference=str(accepted.uuid), **same)


def _complete(
    act: Act, row: models.GuardianRequest, about: models.Version | models.Proof, answer: GuardianAnswer, **said: Any
) -> ProofEntry:
    version_uuid = about.uuid if isinstance(about, models.Version) else about.version_uuid
    return append_proofs.make_entry(
        act,
        about,
        actor=Actor.GUARDIAN,
        channel=Channel.GUARDIAN,
        member_id=row.member_id,
        turn=proofs.count_acts(row.member_id, version_uuid, act),
        screen_digest=answer.screen_digest,
        origin=answer.link.origin,
        **said,
    )
