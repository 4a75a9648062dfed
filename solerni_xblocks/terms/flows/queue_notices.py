"""Queue notices of a change: one for each member and stage. Killed anywhere, it goes on where it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Asking, NoticeStage
from solerni_xblocks.terms.queries import changes
from solerni_xblocks.terms.rules import notices

BATCH = 500
MAX_TRIES = 5
WAITING = (models.Notice.State.QUEUED, models.Notice.State.FAILED)
"""States of a notice that is still to be sent; after MAX_TRIES it is not."""


def queue_notices() -> int:
    """Queue all that is due now; how many notices were queued."""
    now = clock.now()
    reminder = timedelta(days=conf.get("SOLERNI_TERMS_REMINDER_DAYS"))
    queued = 0
    for asking in changes.list_asking(now):
        if asking.is_change:
            for stage in notices.list_stages(
                published_at=asking.published_at, effective_at=asking.effective_at, reminder=reminder, now=now
            ):
                queued += _run_campaign(asking, stage)
    return queued + sum(map(_tell_called_off, changes.list_called_off()))


def _run_campaign(asking: Asking, stage: NoticeStage) -> int:
    campaign = _open_campaign(asking, stage)
    queued = 0
    while campaign.done_at is None:
        queued += _queue_batch(campaign, asking)
    return queued


def _tell_called_off(asking: Asking) -> int:
    """Whoever was told of the version hears that it was cancelled; over when no mail about it is on its way any more,
    since somebody may be told of it at this very moment."""
    campaign = _open_campaign(asking, NoticeStage.CANCELLED)
    queued = 0
    while ids := changes.list_told(asking.version_uuid, limit=BATCH):
        queued += len(_queue(campaign, ids))
    rows = models.Notice.objects.filter(version_uuid=asking.version_uuid).exclude(stage=NoticeStage.CANCELLED)
    if not rows.filter(state__in=WAITING, tries__lt=MAX_TRIES).exists():
        campaign.done_at = clock.now()
        campaign.save()
    return queued


def _open_campaign(asking: Asking, stage: NoticeStage) -> models.Campaign:
    campaign, _ = models.Campaign.objects.get_or_create(
        version_uuid=asking.version_uuid, stage=stage, defaults={"begun_at": clock.now()}
    )
    return campaign


def _queue(campaign: models.Campaign, member_ids: Iterable[int]) -> list[models.Notice]:
    now = clock.now()
    rows = [
        models.Notice(
            version_uuid=campaign.version_uuid,
            member_id=member_id,
            stage=campaign.stage,
            channel=models.Notice.Channel.MAIL,
            state=models.Notice.State.QUEUED,
            queued_at=now,
        )
        for member_id in member_ids
    ]
    models.Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def _queue_batch(campaign: models.Campaign, asking: Asking) -> int:
    """Notices and how far we came are one transaction; those who have answered are told nothing."""
    with transaction.atomic():
        ids = changes.list_concerned(asking, after_id=campaign.reached_id, limit=BATCH)
        answered = changes.find_answered(ids, asking) if ids else set()
        rows = _queue(campaign, [member_id for member_id in ids if member_id not in answered])
        campaign.reached_id = ids[-1] if ids else campaign.reached_id
        campaign.done_at = None if len(ids) == BATCH else clock.now()
        campaign.save()
    return len(rows)
