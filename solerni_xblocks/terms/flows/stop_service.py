"""Stop: the member does not go on under the version, and leaves. Closing the account is another domain's work."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.hooks import gates
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.terms import TERMS_STOPPED, StopData
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Actor, Answer, Asking, Receipt
from solerni_xblocks.terms.errors import StopRefused, TermsOutdated
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.queries import changes, documents, proofs, texts


def stop_service(answer: Answer) -> Receipt:
    """Append the proof, once for each time that the member was asked, and announce it."""
    gates.require(gates.ANSWER, answer.member_id, None)
    with transaction.atomic():
        held = append_proofs.hold_chains([answer.member_id])
        _require_asked(answer)
        version = documents.get_version(answer.version_uuid)
        entry = append_proofs.make_entry(
            Act.STOP,
            version,
            member_id=answer.member_id,
            turn=append_proofs.take_turn(answer.member_id, version.uuid, Act.STOP),
            text=texts.get_text(version.uuid, answer.language),
            screen_digest=answer.screen_digest,
            channel=answer.channel,
            origin=answer.origin,
        )
        proof = append_proofs.append_proof(entry, held=held)
        stop = StopData(
            member_id=answer.member_id, document=answer.document, version_uuid=version.uuid, at=proof.decided_at
        )
        announce(TERMS_STOPPED, stop=stop)
    return proofs.to_receipt(proof)


def _require_asked(answer: Answer) -> None:
    """Raises TermsOutdated, StopRefused unless the version shown still asks this member for an answer."""
    asked = {one.answer_uuid: one for one in changes.list_asking(clock.now()) if one.document == answer.document}
    if answer.version_uuid not in asked:
        raise TermsOutdated
    asking = asked[answer.version_uuid]
    if not asking.is_required or _has_accepted(answer.member_id, asking):
        raise StopRefused


def _has_accepted(member_id: int, asking: Asking) -> bool:
    rows = models.Proof.objects.filter(
        subject=proofs.get_subject(member_id), version_uuid__in=asking.satisfying, act=Act.ACCEPT
    )
    return rows.exclude(actor=Actor.GUARDIAN).exists()
