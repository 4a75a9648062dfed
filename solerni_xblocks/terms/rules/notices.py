"""Who is told of a change and when, and how long an answer can be put off."""

from __future__ import annotations

from datetime import datetime, timedelta

from solerni_xblocks.terms.data import NoticeStage


def list_stages(
    *, published_at: datetime, effective_at: datetime, reminder: timedelta, now: datetime
) -> list[NoticeStage]:
    """What members must have been told at ``now`` of a version that asks them.

    Announced: from its publication on, until it is in force. Reminded: ``reminder`` before the date, when it was
    published earlier than that. Due: from the date on; a version that is in force at once is announced by that.

    >>> day = lambda n: datetime(2026, 6, n)
    >>> known = lambda n: [
    ...     stage.value
    ...     for stage in list_stages(
    ...         published_at=day(1), effective_at=day(20), reminder=timedelta(days=7), now=day(n)
    ...     )
    ... ]
    >>> known(1), known(13), known(20)
    (['announced'], ['announced', 'reminded'], ['due'])
    """
    if now >= effective_at:
        return [NoticeStage.DUE]
    remind_at = effective_at - reminder
    is_near = reminder > timedelta(0) and published_at < remind_at <= now
    return [NoticeStage.ANNOUNCED, NoticeStage.REMINDED] if is_near else [NoticeStage.ANNOUNCED]


def find_snooze_end(*, effective_at: datetime, times: int, limit: int, days: int, now: datetime) -> datetime | None:
    """Until when an answer is put off: ``days``, never past the date; None when Later is no choice any more.

    >>> day = lambda n: datetime(2026, 6, n)
    >>> find_snooze_end(effective_at=day(20), times=0, limit=3, days=3, now=day(18)) == day(20)
    True
    >>> find_snooze_end(effective_at=day(20), times=3, limit=3, days=3, now=day(18)) is None
    True
    """
    if times >= limit or now >= effective_at:
        return None
    return min(now + timedelta(days=days), effective_at)


def number_turn(stage: NoticeStage, *, is_banner: bool) -> int:
    """The turn of a notice's proof: one for each stage and channel.

    >>> number_turn(NoticeStage.ANNOUNCED, is_banner=True), number_turn(NoticeStage.DUE, is_banner=False)
    (1, 4)
    """
    return 2 * list(NoticeStage).index(stage) + is_banner
