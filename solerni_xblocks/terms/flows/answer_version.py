"""Accept or decline the version shown, or take an acceptance back: one proof each time."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.hooks import gates
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.terms import TERMS_ACCEPTED, AcceptanceData
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Actor, Answer, Channel, Receipt, Standing, Text
from solerni_xblocks.terms.errors import (
    AlreadyAccepted,
    DocumentNotFound,
    NoteMissing,
    NothingAsked,
    TermsOutdated,
    WithdrawalRefused,
)
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.queries import documents, gate, proofs, texts, timelines
from solerni_xblocks.terms.rules import timeline

MAX_NOTE = 500


def accept_version(answer: Answer) -> Receipt:
    """Append the acceptance once, and announce it."""
    gates.require(gates.ANSWER, answer.member_id, None)
    with transaction.atomic():
        held = append_proofs.hold_chains([answer.member_id])
        version, standing, text = _find_what_was_shown(answer)
        if standing.accepted:
            return standing.accepted
        proof = _append(Act.ACCEPT, answer, version, text, held)
        announce(TERMS_ACCEPTED, acceptance=_describe(proof, version, answer))
    return proofs.to_receipt(proof)


def accept_on_behalf(answer: Answer, *, operator_id: int | None, note: str) -> Receipt:
    """The same, said by an operator, with a note."""
    said = " ".join(note.split())[:MAX_NOTE]
    if not said:
        raise NoteMissing
    by_operator = {"actor": Actor.OPERATOR, "channel": Channel.OPERATOR, "actor_id": operator_id, "note": said}
    return accept_version(replace(answer, **by_operator))


def decline_version(answer: Answer) -> Receipt:
    """Append once that the member declined; they may still accept."""
    gates.require(gates.ANSWER, answer.member_id, None)
    with transaction.atomic():
        held = append_proofs.hold_chains([answer.member_id])
        version, standing, text = _find_what_was_shown(answer)
        if standing.accepted:
            raise AlreadyAccepted
        if standing.declined:
            return standing.declined
        proof = _append(Act.DECLINE, answer, version, text, held)
    return proofs.to_receipt(proof)


def withdraw_acceptance(answer: Answer) -> Receipt:
    """Append that the member takes back their acceptance of an optional document; the acceptance itself stays."""
    with transaction.atomic():
        held = append_proofs.hold_chains([answer.member_id])
        version, standing, text = _find_what_was_shown(answer)
        if version.document.is_required:
            raise WithdrawalRefused
        if standing.accepted is None:
            raise NothingAsked
        proof = _append(Act.WITHDRAW, answer, version, text, held, reference=str(standing.accepted.uuid))
        transaction.on_commit(lambda: gate.forget_answers(answer.member_id))
    return proofs.to_receipt(proof)


def _find_what_was_shown(answer: Answer) -> tuple[models.Version, Standing, Text]:
    """What the member saw, if it can be answered: dates are read again inside the transaction."""
    try:
        version = documents.get_version(answer.version_uuid)
    except DocumentNotFound as error:
        raise TermsOutdated from error
    now = clock.now()
    entries = timelines.list_timeline(version.document.slug)
    is_ours = version.document.slug == answer.document
    is_here = version.document.course_key in ("", _get_course_key(answer, version))
    if not (is_ours and is_here and version.uuid in timeline.list_answerable(entries, now)):
        raise TermsOutdated
    is_ahead = version.effective_at > now
    satisfying = frozenset((version.uuid,)) if is_ahead else timeline.find_satisfying(entries, now)
    if not satisfying or not proofs.binds(answer.member_id, version.document.audience, now):
        raise NothingAsked
    text = texts.get_text(version.uuid, answer.language)
    renewal = timelines.to_renewal(version.document.renewal_days)
    return version, proofs.read_standing(answer.member_id, answer.document, satisfying, renewal), text


def _append(
    act: Act,
    answer: Answer,
    version: models.Version,
    text: Text,
    held: dict[int, models.Chain],
    *,
    reference: str = "",
) -> models.Proof:
    entry = append_proofs.make_entry(
        act,
        version,
        member_id=answer.member_id,
        turn=append_proofs.take_turn(answer.member_id, version.uuid, act),
        text=text,
        screen_digest=answer.screen_digest,
        course_key=_get_course_key(answer, version),
        channel=answer.channel,
        actor=answer.actor,
        actor_id=answer.actor_id,
        note=answer.note,
        reference=reference,
        origin=answer.origin,
    )
    return append_proofs.append_proof(entry, held=held)


def _get_course_key(answer: Answer, version: models.Version) -> str:
    """Where the answer counts: the course of the block, else that of the document, else the whole site."""
    return answer.course_key or version.document.course_key


def _describe(proof: models.Proof, version: models.Version, answer: Answer) -> AcceptanceData:
    """The fact reaches as far as the document: the whole site's counts everywhere, wherever it was accepted."""
    return AcceptanceData(
        proof_uuid=proof.uuid,
        member_id=answer.member_id,
        document=proof.document,
        version_uuid=proof.version_uuid,
        course_key=version.document.course_key,
        at=proof.decided_at,
    )
