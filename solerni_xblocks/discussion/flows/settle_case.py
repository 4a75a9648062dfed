"""What a decision does to the case and to those who reported: closed, answered; and back, when it is undone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import (
    Case,
    Decision,
    NoticeKind,
    Post,
    Purpose,
    Report,
    ReportReason,
    State,
    Thread,
)
from solerni_xblocks.discussion.rules.deciding import upholds_reports


def close_case(post: Post, *, at: datetime) -> Case | None:
    """Nothing about ``post`` waits any more. Its open reports are left to whoever closes the case."""
    case = Case.objects.filter(post=post, is_open=True).first()
    if case:
        changed = {"is_open": None, "closed_at": at, "claimed_by": None, "claimed_until": None}
        Case.objects.filter(pk=case.pk).update(version=F("version") + 1, **changed)
    return case


def reopen_case(case: Case) -> None:
    """What was decided is taken back: the case waits again, as before."""
    Case.objects.filter(pk=case.pk).update(is_open=True, closed_at=None, version=F("version") + 1)


def answer_reports(post: Post, decision: Decision) -> int:
    """Everybody who reported ``post`` (with its ``thread``) and was not answered yet is told the outcome."""
    reports = list(Report.objects.filter(post=post, is_open=True))
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(
        is_open=None,
        is_upheld=upholds_reports(State(decision.after)),
        decision=decision,
        answered_at=decision.at,
    )
    count_reports(post, -len(reports))
    for report in reports:
        is_notice = report.reason == ReportReason.ILLEGAL
        mail_due_at = None if is_notice else decision.at
        told = {"about": report.uuid, "post": post, "at": decision.at, "mail_due_at": mail_due_at}
        tell_member(report.reporter_id, NoticeKind.REPORT, **told)
        if is_notice:
            owe_letter(Purpose.OUTCOME, report=report, decision=decision)
    return len(reports)


def count_reports(post: Post, change: int) -> None:
    """``thread.open_reports`` follows."""
    if change:
        Thread.objects.filter(pk=post.thread_id).update(open_reports=F("open_reports") + change)


def reopen_reports(post: Post, decision: Decision) -> None:
    """The answer is taken back with the decision: who reported waits again."""
    answered = Report.objects.filter(post=post, decision=decision)
    count = answered.update(is_open=True, is_upheld=None, decision=None, answered_at=None)
    count_reports(post, count)


def drop_cases(posts: QuerySet[Post]) -> None:
    """The words are gone: nothing about them waits, and no report about them can be answered any more."""
    now = clock.now()
    Case.objects.filter(post__in=posts, is_open=True).update(is_open=None, closed_at=now, claimed_by=None)
    for report in Report.objects.filter(post__in=posts, is_open=True).select_related("post"):
        Report.objects.filter(pk=report.pk).update(is_open=None, answered_at=now)
        count_reports(report.post, -1)
