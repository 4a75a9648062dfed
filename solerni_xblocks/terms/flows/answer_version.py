"""Accept or decline the version shown, or take an acceptance back: one proof each time."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.terms import TERMS_ACCEPTED, AcceptanceData
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Answer, ProofEntry, Receipt, Standing, Text
from solerni_xblocks.terms.errors import (
    AlreadyAccepted,
    DocumentNotFound,
    LanguageNotCarried,
    NothingAsked,
    TermsOutdated,
    WithdrawalRefused,
)
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.queries import documents, gate, proofs
from solerni_xblocks.terms.rules import timeline


def accept_version(answer: Answer) -> Receipt:
    """Append the acceptance once, and announce it."""
    with transaction.atomic():
        append_proofs.hold_chains([answer.member_id])
        version, standing, text = _find_what_was_shown(answer)
        if standing.accepted:
            return standing.accepted
        proof = _append(Act.ACCEPT, answer, version, text)
        announce(TERMS_ACCEPTED, acceptance=_describe(proof, version, answer))
    return proofs.to_receipt(proof)


def decline_version(answer: Answer) -> Receipt:
    """Append once that the member declined; they may still accept."""
    with transaction.atomic():
        append_proofs.hold_chains([answer.member_id])
        version, standing, text = _find_what_was_shown(answer)
        if standing.accepted:
            raise AlreadyAccepted
        if standing.declined:
            return standing.declined
        proof = _append(Act.DECLINE, answer, version, text)
    return proofs.to_receipt(proof)


def withdraw_acceptance(answer: Answer) -> Receipt:
    """Append that the member takes back their acceptance of an optional document; the acceptance itself stays."""
    with transaction.atomic():
        append_proofs.hold_chains([answer.member_id])
        version, standing, text = _find_what_was_shown(answer)
        if version.document.is_required:
            raise WithdrawalRefused
        if standing.accepted is None:
            raise NothingAsked
        proof = _append(Act.WITHDRAW, answer, version, text, reference=str(standing.accepted.uuid))
        transaction.on_commit(lambda: gate.forget_answers(answer.member_id))
    return proofs.to_receipt(proof)


def _find_what_was_shown(answer: Answer) -> tuple[models.Version, Standing, Text]:
    """What the member saw, if it can be answered: dates are read again inside the transaction."""
    try:
        version = documents.get_version(answer.version_uuid)
    except DocumentNotFound as error:
        raise TermsOutdated from error
    entries = documents.list_timeline(version.document.slug)
    is_ours = version.document.slug == answer.document
    is_here = version.document.course_key in ("", _get_course_key(answer, version))
    if not (is_ours and is_here and version.uuid in timeline.list_answerable(entries, clock.now())):
        raise TermsOutdated
    is_ahead = version.effective_at > clock.now()
    if not is_ahead and not timeline.find_satisfying(entries, clock.now()):
        raise NothingAsked
    try:
        text = documents.get_text(version.uuid, answer.language)
    except DocumentNotFound as error:
        raise LanguageNotCarried from error
    slug = version.document.slug
    standing = proofs.get_standing(answer.member_id, slug, version_uuid=version.uuid if is_ahead else None)
    return version, standing, text


def _append(act: Act, answer: Answer, version: models.Version, text: Text, *, reference: str = "") -> models.Proof:
    return append_proofs.append_proof(
        ProofEntry(
            act=act,
            member_id=answer.member_id,
            turn=proofs.count_acts(answer.member_id, version.uuid, act),
            version_uuid=version.uuid,
            version_digest=version.digest,
            document=version.document.slug,
            label=version.label,
            language=text.language,
            text_digest=text.digest,
            screen_digest=answer.screen_digest,
            course_key=_get_course_key(answer, version),
            channel=answer.channel,
            actor=answer.actor,
            actor_id=answer.actor_id,
            note=answer.note,
            reference=reference,
            origin=answer.origin,
        )
    )


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
