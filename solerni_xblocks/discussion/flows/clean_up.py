"""Clean up: what is kept for a while only goes when its time is over, a bounded part at each run, the oldest first.

What stays, and why, is told in docs/how-to/operate.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from solerni_xblocks.core import clock, conf
from solerni_xblocks.discussion.models import Appeal, Draft, Letter, Notice, Report

BATCH = 1_000
MOST_BATCHES = 20


def clean_up() -> dict[str, int]:
    """Remove what is over, 20,000 rows of a sort at most; how many rows went, by sort."""
    before = clock.now() - timedelta(days=conf.get("SOLERNI_DISCUSSION_KEEP_DAYS"))
    return {
        "drafts": _delete(Draft.objects.filter(updated_at__lt=before), "updated_at"),
        "notices": _delete(Notice.objects.filter(at__lt=before), "at"),
        "letters": _delete(Letter.objects.filter(at__lt=before), "at"),
        "notifiers": _forget_notifiers(),
    }


def _delete(over: QuerySet[Any], order: str) -> int:
    """A batch at a time, so that no table is locked for long; what was renewed meanwhile stays."""
    gone = 0
    for _ in range(MOST_BATCHES):
        ids = list(over.order_by(order).values_list("pk", flat=True)[:BATCH])
        if not ids:
            break
        gone += over.filter(pk__in=ids).delete()[0]
    return gone


def _forget_notifiers() -> int:
    """Who gave notice without an account cannot ask to be forgotten as members do: a while after the answer they are,
    unless what they contested is still open."""
    before = clock.now() - timedelta(days=conf.get("SOLERNI_DISCUSSION_NOTIFIER_DAYS"))
    known = Report.objects.filter(reporter_id=None, answered_at__lt=before).exclude(name="", email="", note="", law="")
    contested = Appeal.objects.filter(report__in=known, is_open=True).values("report_id")
    ids = list(known.exclude(pk__in=contested).order_by("pk").values_list("pk", flat=True)[: BATCH * MOST_BATCHES])
    return Report.objects.filter(pk__in=ids).update(name="", email="", note="", law="")
