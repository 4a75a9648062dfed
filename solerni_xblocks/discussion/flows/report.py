"""Report: a member says what is wrong with another's post; enough reports together hide it until somebody read it."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db import IntegrityError, transaction

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Act, Complaint, Ground, Participant, Place, ReportRecord, Ruling
from solerni_xblocks.discussion.errors import PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.errors.reporting import (
    NotReportable,
    OwnReport,
    ReportNoteMissing,
    ReportNotFound,
    ReportReasonMissing,
)
from solerni_xblocks.discussion.flows.admitting import require_unmuted
from solerni_xblocks.discussion.flows.decide import decide_by_software
from solerni_xblocks.discussion.flows.open_case import open_case
from solerni_xblocks.discussion.flows.settle_case import close_case, count_reports
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import Case, Clause, NoticeKind, Post, Report, ReportReason, Source, State
from solerni_xblocks.discussion.queries.showing import is_shown_to
from solerni_xblocks.discussion.rules.reporting import CLAUSES, NEEDS_NOTE, reaches_threshold, weigh_report
from solerni_xblocks.discussion.rules.sanctions import STILL_REPORTED
from solerni_xblocks.host import api as host


def report_post(reporter_id: int, place: Place, post_uuid: UUID, complaint: Complaint) -> UUID:
    """One open report by one person; told twice, kept once. Returns its uuid."""
    reporter = queries.get_participant(reporter_id, place)
    if complaint.reason not in STILL_REPORTED:
        require_unmuted(reporter, place)
    if complaint.reason not in ReportReason.values:
        raise ReportReasonMissing(details={"field": "reason"})
    if complaint.reason in NEEDS_NOTE and not complaint.note:
        raise ReportNoteMissing(details={"field": "note"})
    try:
        return _find_earlier(reporter, place, post_uuid) or _report(reporter, place, post_uuid, complaint)
    except IntegrityError:
        # The other half of a double click was faster.
        earlier = _find_earlier(reporter, place, post_uuid)
        if earlier is None:
            raise
        return earlier


def _find_earlier(reporter: Participant, place: Place, post_uuid: UUID) -> UUID | None:
    """The person's open report, whatever became of the post since in a thread that they see."""
    seen = is_shown_to(reporter, "post__thread__")
    reports = Report.objects.filter(seen, post__uuid=post_uuid, reporter_id=reporter.id, is_open=True)
    return reports.filter(post__thread__usage_key=str(place.usage_key)).values_list("uuid", flat=True).first()


@transaction.atomic
def _report(reporter: Participant, place: Place, post_uuid: UUID, complaint: Complaint) -> UUID:
    post = _lock_post(reporter, place, post_uuid)
    if post.author_id == reporter.id:
        raise OwnReport
    if post.state != State.PUBLISHED:
        raise NotReportable if reporter.is_moderator else PostNotFound
    now = clock.now()
    weight = weigh_report(_find_record(reporter.id), is_staff=reporter.is_moderator)
    is_illegal = complaint.reason == ReportReason.ILLEGAL
    case = open_case(post, source=Source.NOTICE if is_illegal else Source.REPORT, score=_sum(post) + weight)
    report = Report.objects.create(
        post=post,
        case=case,
        reporter_id=reporter.id,
        language=host.courses().get_language(place.course_key),
        reason=complaint.reason,
        note=complaint.note,
        post_version=post.version,
        weight=weight,
        at=now,
    )
    count_reports(post, 1)
    tell_member(reporter.id, NoticeKind.REPORT, about=report.uuid, post=post, at=now)
    _hide_if_due(post, case, threshold=place.care.hide_weight)
    return report.uuid


def _lock_post(reporter: Participant, place: Place, post_uuid: UUID) -> Post:
    """The post, when it stands in ``place`` and its thread is for the reporter. Raises PostNotFound."""
    post = queries.lock_post(post_uuid)
    if post.published_at is None:
        raise PostNotFound
    try:
        queries.get_thread_for(reporter, place, post.thread.uuid)
    except ThreadNotFound as error:
        raise PostNotFound from error
    if queries.is_hidden(post, reporter):
        raise PostNotFound
    return post


def _hide_if_due(post: Post, case: Case, *, threshold: float) -> None:
    reports = list(Report.objects.filter(post=post, is_open=True).order_by("id"))
    if not reaches_threshold([report.weight for report in reports], threshold):
        return
    named = Counter(CLAUSES[report.reason] for report in reports if report.reason in CLAUSES)
    grounds = tuple(Ground(clause=Clause(clause)) for clause, _count in named.most_common())
    ruling = Ruling(act=Act.HIDE, grounds=grounds)
    decide_by_software(post, State.HIDDEN, ruling=ruling, case=case)


def _find_record(reporter_id: int) -> ReportRecord:
    answered = Report.objects.filter(reporter_id=reporter_id, is_upheld__isnull=False)
    verdicts = list(answered.order_by("-answered_at").values_list("is_upheld", flat=True)[:50])
    return ReportRecord(upheld=sum(verdicts), answered=len(verdicts))


def _sum(post: Post) -> float:
    return sum(Report.objects.filter(post=post, is_open=True).values_list("weight", flat=True))


@transaction.atomic
def withdraw_report(reporter_id: int, place: Place, post_uuid: UUID) -> None:
    """The reporter's open report counts no more; what it alone made wait, and nothing hid, waits no longer."""
    reporter = queries.get_participant(reporter_id, place)
    if _find_earlier(reporter, place, post_uuid) is None:
        raise ReportNotFound
    post = queries.lock_post(post_uuid)
    report = Report.objects.filter(post=post, reporter_id=reporter_id, is_open=True).select_related("case").first()
    if report is None:
        raise ReportNotFound
    now = clock.now()
    Report.objects.filter(pk=report.pk).update(is_open=None, withdrawn_at=now)
    count_reports(post, -1)
    is_last = not Report.objects.filter(case=report.case, is_open=True).exists()
    seen_by_rules = post.findings.filter(version=post.version, is_dry=False).exists()
    if is_last and report.case.source == Source.REPORT and post.state == State.PUBLISHED and not seen_by_rules:
        close_case(post, at=now)
