"""Give notice: anybody says that a published message is illegal (DSA article 16), with or without an account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.pacekit import count_up
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.reports import IllegalNotice
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.errors.contesting import NoticeIncomplete, NoticeTargetMissing, TooManyNotices
from solerni_xblocks.discussion.errors.reporting import OwnReport
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.open_case import open_case
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.settle_case import count_reports
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import NoticeKind, Post, Purpose, Report, ReportReason, Source, State

DAY = timedelta(days=1)
SCORE, GRAVEST = 5.0, 100.0
"""A notice comes before reports that are due alike; one of child sexual abuse before everything."""


def give_notice(notice: IllegalNotice) -> UUID:
    """Keep the notice and open a case; given twice, it is one. Returns its reference."""
    is_reachable = notice.member_id is not None or notice.is_child_abuse or (notice.name and notice.email)
    if not (notice.explanation and notice.good_faith and is_reachable):
        raise NoticeIncomplete
    with transaction.atomic():
        post = _lock_post(notice)
        earlier = _find_earlier(post, notice)
        if earlier and earlier.reason == ReportReason.ILLEGAL:
            return earlier.uuid
        _require_pace(notice)
        return _keep(post, notice, earlier).uuid


def _lock_post(notice: IllegalNotice) -> Post:
    """What is not published is, for who gives notice, not there."""
    try:
        post = queries.lock_post(notice.post_uuid)
    except PostNotFound as error:
        raise NoticeTargetMissing from error
    if post.state != State.PUBLISHED or post.thread.state != State.PUBLISHED:
        raise NoticeTargetMissing
    if notice.member_id is not None and post.author_id == notice.member_id:
        raise OwnReport
    return post


def _find_earlier(post: Post, notice: IllegalNotice) -> Report | None:
    waiting = Report.objects.filter(post=post, is_open=True, reporter_id=notice.member_id)
    if notice.member_id is not None:
        return waiting.first()
    return waiting.filter(email=notice.email, note=notice.explanation, reason=ReportReason.ILLEGAL).first()


def _require_pace(notice: IllegalNotice) -> None:
    """So many a day from one account or address; without an account, from one network too. Raises TooManyNotices."""
    most = conf.get("SOLERNI_DISCUSSION_NOTICES_PER_DAY")
    given = Report.objects.filter(reason=ReportReason.ILLEGAL, at__gt=clock.now() - DAY)
    if notice.member_id is not None:
        if given.filter(reporter_id=notice.member_id).count() >= most:
            raise TooManyNotices
        return
    if notice.email and given.filter(email=notice.email).count() >= most:
        raise TooManyNotices
    if count_up(f"discussion.notices.{notice.network}", seconds=int(DAY.total_seconds())) > most:
        raise TooManyNotices


def _keep(post: Post, notice: IllegalNotice, earlier: Report | None) -> Report:
    """A member's open report of another kind becomes the notice: they are answered once."""
    now = clock.now()
    score = GRAVEST if notice.is_child_abuse else SCORE
    values = {
        "case": open_case(post, source=Source.NOTICE, score=score),
        "reason": ReportReason.ILLEGAL,
        "note": notice.explanation,
        "law": notice.law,
        "good_faith": True,
        "name": notice.name,
        "email": notice.email,
        "language": notice.language,
        "post_version": post.version,
    }
    if earlier:
        Report.objects.filter(pk=earlier.pk).update(**values)
        report = Report.objects.select_related("post__thread").get(pk=earlier.pk)
    else:
        # Without an account it opens a case, and weighs nothing towards hiding a post unread.
        weight = 0.0 if notice.member_id is None else 1.0
        report = Report.objects.create(post=post, reporter_id=notice.member_id, weight=weight, at=now, **values)
        count_reports(post, 1)
    tell_member(notice.member_id, NoticeKind.REPORT, about=report.uuid, post=post, at=now)
    owe_letter(Purpose.RECEIPT, report=report)
    log_act(
        "notice",
        actor_id=notice.member_id,
        course_key=post.thread.course_key,
        subject_kind="report",
        subject=report.uuid,
        after={"post": str(post.uuid)},
    )
    return report
