"""Send queued notices: the mail, its row and its proof are one transaction each.

A mail that fails is tried again at the next run. A process that dies between handing a mail over and the commit sends
it once more with the same message id, by which mail systems know it: nobody is missed, and nobody reads it twice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock
from solerni_xblocks.host import api as host
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Act, Actor, Asking, Channel, NoticeStage
from solerni_xblocks.terms.flows import append_proofs
from solerni_xblocks.terms.flows.queue_notices import MAX_TRIES, WAITING
from solerni_xblocks.terms.queries import changes, letters
from solerni_xblocks.terms.rules import notices

BATCH = 100

log = logging.getLogger(__name__)


def send_notices() -> tuple[int, int]:
    """Send what waits, each at most once a run; how many were sent, how many failed."""
    sent = failed = reached = 0
    while True:
        waiting = models.Notice.objects.filter(state__in=WAITING, tries__lt=MAX_TRIES, id__gt=reached)
        batch = list(waiting.order_by("id")[:BATCH])
        if not batch:
            return sent, failed
        reached = batch[-1].id
        outcomes = _send_batch(batch)
        sent += outcomes.count(True)
        failed += outcomes.count(False)


def _send_batch(batch: list[models.Notice]) -> list[bool]:
    """Whoever answered meanwhile, and whatever has become untrue, is not told any more."""
    now = clock.now()
    asked = {one.version_uuid: one for one in changes.list_asking(now)}
    answered = {
        uuid: changes.find_answered({row.member_id for row in batch if row.version_uuid == uuid}, asked[uuid])
        for uuid in {row.version_uuid for row in batch} & asked.keys()
    }
    called_off = {one.version_uuid: one for one in _list_called_off(batch)}
    stale = [row for row in batch if not _is_called_off(row) and _is_stale(row, asked, answered, now)]
    models.Notice.objects.filter(id__in=[row.id for row in stale], state__in=WAITING).delete()
    people = host.people().find_people({row.member_id for row in batch})
    return [
        _send(row, (called_off if _is_called_off(row) else asked)[row.version_uuid], people.get(row.member_id))
        for row in batch
        if row not in stale
    ]


def _is_called_off(row: models.Notice) -> bool:
    """Whether the notice says that the version was cancelled: that stays true, whatever its member answers."""
    return row.stage == NoticeStage.CANCELLED


def _list_called_off(batch: list[models.Notice]) -> list[Asking]:
    versions = {row.version_uuid for row in batch if _is_called_off(row)}
    return changes.list_called_off(versions) if versions else []


def _is_stale(
    row: models.Notice, asked: Mapping[UUID, Asking], answered: Mapping[UUID, set[int]], now: datetime
) -> bool:
    asking = asked.get(row.version_uuid)
    if asking is None or row.member_id in answered[row.version_uuid]:
        return True
    return row.stage != NoticeStage.DUE and asking.effective_at <= now


def _send(row: models.Notice, asking: Asking, person: host.Person | None) -> bool:
    try:
        if person is None or not person.email:
            raise OSError("no address")
        with transaction.atomic():
            _send_once(row, asking, person)
    except OSError as error:  # SMTPException is one: the mail system did not take it
        log.warning("Notice %s was not sent: %s", row.uuid, type(error).__name__)
        models.Notice.objects.filter(id=row.id).update(state=models.Notice.State.FAILED, tries=F("tries") + 1)
        return False
    return True


def _send_once(row: models.Notice, asking: Asking, person: host.Person) -> None:
    """Claimed first, so that two senders at once do not both send."""
    waiting = models.Notice.objects.filter(id=row.id, state__in=WAITING)
    if not waiting.update(state=models.Notice.State.SENT, sent_at=clock.now(), tries=F("tries") + 1):
        return
    letter = letters.write_letter(asking, NoticeStage(row.stage), person.language)
    template = "terms/mail/cancelled" if _is_called_off(row) else "terms/mail/change"
    sent = host.mail().send(to=person, template=template, context={"letter": letter}, reference=str(row.uuid))
    models.Notice.objects.filter(id=row.id).update(
        message_id=sent.message_id, delivery_id=sent.delivery_id, delivery_channel=sent.channel
    )
    entry = append_proofs.make_entry(
        Act.NOTIFY,
        asking,
        member_id=row.member_id,
        turn=notices.number_turn(NoticeStage(row.stage), is_banner=False),
        language=letter.language,
        text_digest=letter.text_digest,
        channel=Channel.MAIL,
        actor=Actor.SERVICE,
        reference=sent.message_id,
    )
    append_proofs.append_proof(entry)
