"""The banner was shown to a member: the proof of it, once for each version."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Actor, Channel, NoticeStage
from solerni_xblocks.terms.errors import TermsOutdated
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.queries import changes
from solerni_xblocks.terms.rules import notices


def record_banner(member_id: int, version_uuid: UUID) -> bool:
    """Write the notice and its proof; False when they were there already."""
    pending = changes.list_pending(member_id, languages=())
    asking = next((one.change.asking for one in pending if one.change.asking.version_uuid == version_uuid), None)
    if asking is None:
        raise TermsOutdated
    now = clock.now()
    with transaction.atomic():
        held = append_proofs.hold_chains([member_id])
        _, is_new = models.Notice.objects.get_or_create(
            version_uuid=version_uuid,
            member_id=member_id,
            stage=NoticeStage.ANNOUNCED,
            channel=models.Notice.Channel.BANNER,
            defaults={"state": models.Notice.State.SENT, "queued_at": now, "sent_at": now},
        )
        if is_new:
            entry = append_proofs.make_entry(
                Act.NOTIFY,
                asking,
                member_id=member_id,
                turn=notices.number_turn(NoticeStage.ANNOUNCED, is_banner=True),
                channel=Channel.BANNER,
                actor=Actor.SERVICE,
            )
            append_proofs.append_proof(entry, held=held)
    return is_new
