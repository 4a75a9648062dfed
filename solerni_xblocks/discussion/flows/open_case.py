"""Open a case: a post waits for a moderator, once at a time. Called inside the transaction of what made it wait."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from solerni_xblocks.core import clock, conf
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import DEFAULT_CARE, Care
from solerni_xblocks.discussion.models import Case, Post, Source
from solerni_xblocks.discussion.rules.promise import compute_due_at


def open_case(post: Post, *, source: Source, score: float = 0.0, care: Care = DEFAULT_CARE) -> Case:
    """The open case of ``post`` (with its ``thread``), opened now or renewed: told twice, it is one case.

    A case that waits already keeps its promise and its claim; it takes the graver score and the wording that the post
    has now, and its version grows, so that whoever read it before is told what changed. What waits because somebody
    reported or noticed it says so, whatever it waited for before. ``care`` is what the place chose.
    """
    now = clock.now()
    case, is_new = Case.objects.get_or_create(
        post=post,
        is_open=True,
        defaults={
            "course_key": post.thread.course_key,
            "usage_key": post.thread.usage_key,
            "source": source,
            "post_version": post.version,
            "score": score,
            "publishes_overdue": care.publishes_overdue and source == Source.MODE,
            "opened_at": now,
            "due_at": fall_due(promise_answer(now)),
        },
    )
    if not is_new:
        Case.objects.filter(pk=case.pk).update(
            version=F("version") + 1,
            publishes_overdue=case.publishes_overdue and source == Source.MODE,
            source=source if _outweighs(source, case.source) else case.source,
            post_version=post.version,
            score=Greatest(F("score"), score),
        )
        case.refresh_from_db()
    return case


def _outweighs(source: str, before: str) -> bool:
    """What a person said comes first; what a service said, before what nothing but the place's mode holds."""
    if source == Source.SERVICE:
        return before == Source.MODE
    return source in (Source.REPORT, Source.NOTICE, Source.REVISION)


def promise_answer(now: datetime) -> datetime:
    """Until when an answer is promised to who begins to wait now."""
    return compute_due_at(now, hours=conf.get("SOLERNI_DISCUSSION_HOLD_HOURS"), calendar=queries.get_calendar())


def fall_due(promised: datetime) -> datetime:
    """A case falls due at the full hour before the promise ends: within one hour the graver score comes first."""
    return promised.replace(minute=0, second=0, microsecond=0)
