"""Accept or decline the version shown: one proof a member, a version and an answer."""

from __future__ import annotations

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.hooks.events.announcing import announce
from solerni_xblocks.hooks.events.terms import TERMS_ACCEPTED, AcceptanceData
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Answer, Receipt, Standing, Text
from solerni_xblocks.terms.errors import (
    AlreadyAccepted,
    DocumentNotFound,
    LanguageNotCarried,
    NothingAsked,
    TermsOutdated,
)
from solerni_xblocks.terms.queries import documents, proofs
from solerni_xblocks.terms.rules import evidence, timeline


def accept_version(answer: Answer) -> Receipt:
    """Write the acceptance once, and announce it."""
    with transaction.atomic():
        version, standing, text = _find_what_was_shown(answer)
        if standing.accepted:
            return standing.accepted
        proof, is_new = _write_proof(Act.ACCEPT, answer, version, text)
        if is_new:
            announce(TERMS_ACCEPTED, acceptance=_describe(proof, version, answer))
    return proofs.to_receipt(proof)


def decline_version(answer: Answer) -> Receipt:
    """Write once that the member declined; they may still accept."""
    with transaction.atomic():
        version, standing, text = _find_what_was_shown(answer)
        if standing.accepted:
            raise AlreadyAccepted
        proof, _ = _write_proof(Act.DECLINE, answer, version, text)
    return proofs.to_receipt(proof)


def _find_what_was_shown(answer: Answer) -> tuple[models.Version, Standing, Text]:
    """What the member saw, if it still governs: dates are read again inside the transaction."""
    try:
        version = documents.get_version(answer.version_uuid)
    except DocumentNotFound as error:
        raise TermsOutdated from error
    entries = documents.list_timeline(version.document.slug)
    governing = timeline.find_governing(entries, clock.now())
    is_ours = version.document.slug == answer.document
    is_here = version.document.course_key in ("", _get_course_key(answer, version))
    if governing is None or governing.uuid != version.uuid or not (is_ours and is_here):
        raise TermsOutdated
    if not timeline.find_satisfying(entries, clock.now()):
        raise NothingAsked
    try:
        text = documents.get_text(version.uuid, answer.language)
    except DocumentNotFound as error:
        raise LanguageNotCarried from error
    return version, proofs.get_standing(answer.member_id, version.document.slug), text


def _write_proof(act: Act, answer: Answer, version: models.Version, text: Text) -> tuple[models.Proof, bool]:
    proof, is_new = models.Proof.objects.get_or_create(
        subject=proofs.get_subject(answer.member_id),
        act=act,
        version_uuid=version.uuid,
        defaults={
            "document": version.document.slug,
            "label": version.label,
            "language": text.language,
            "text_digest": text.digest,
            "screen_digest": answer.screen_digest,
            "course_key": _get_course_key(answer, version),
            "channel": answer.channel,
            "decided_at": clock.now(),
        },
    )
    if is_new:
        models.ProofPerson.objects.create(
            proof=proof,
            member_id=answer.member_id,
            ip=evidence.truncate_ip(answer.origin.ip),
            agent=evidence.shorten_agent(answer.origin.agent),
        )
    return proof, is_new


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
