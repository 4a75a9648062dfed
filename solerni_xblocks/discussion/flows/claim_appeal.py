"""Claim an appeal: a second reader's short lease; released on purpose or by time alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.discussion.errors.contesting import REFUSALS, AppealClaimed, AppealClosed
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.models import Appeal
from solerni_xblocks.discussion.queries import appeals
from solerni_xblocks.host import api as host


@transaction.atomic
def claim_appeal(reader_id: int, appeal_uuid: UUID) -> None:
    """Take the case on, or renew one's lease. Who took the decision never can."""
    appeal = appeals.lock_appeal(appeals.get_appeal(appeal_uuid, reader_id=reader_id))
    refusal = appeals.find_refusal(appeal, reader_id)
    if refusal:
        raise REFUSALS[refusal]
    if not appeal.is_open:
        raise AppealClosed
    require_unclaimed(appeal, reader_id)
    until = clock.now() + timedelta(minutes=conf.get("SOLERNI_DISCUSSION_CLAIM_MINUTES"))
    Appeal.objects.filter(pk=appeal.pk).update(second_reader_id=reader_id, claimed_until=until)
    if appeal.second_reader_id != reader_id:
        _log("claim", reader_id, appeal)


@transaction.atomic
def release_appeal(reader_id: int, appeal_uuid: UUID) -> None:
    """Give one's lease up; whoever has none gives up nothing."""
    appeal = appeals.get_appeal(appeal_uuid, reader_id=reader_id)
    held = Appeal.objects.filter(pk=appeal.pk, is_open=True, second_reader_id=reader_id)
    if held.update(second_reader_id=None, claimed_until=None):
        _log("release", reader_id, appeal)


def require_unclaimed(appeal: Appeal, reader_id: int) -> None:
    """Nobody else works on it now. Raises AppealClaimed."""
    holder, until = appeal.second_reader_id, appeal.claimed_until
    if holder in (None, reader_id) or until is None or until <= clock.now():
        return
    person = host.people().find_person(holder)
    raise AppealClaimed.tell(person.name, until=until) if person else AppealClaimed


def _log(act: str, reader_id: int, appeal: Appeal) -> None:
    log_act(act, actor_id=reader_id, course_key=appeal.course_key, subject_kind="appeal", subject=appeal.uuid)
