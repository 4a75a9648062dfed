"""Figures over a period, and statements one by one. A fixed number of queries, whatever the volume."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet, Sum
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core import conf
from solerni_xblocks.core.datekit import find_day
from solerni_xblocks.discussion.data.contesting import Party, StatementRecord
from solerni_xblocks.discussion.data.transparency import (
    Answers,
    Counts,
    ParticipantRow,
    Period,
    Statistics,
    TransparencyReport,
)
from solerni_xblocks.discussion.models import (
    Appeal,
    Case,
    Decision,
    DecisionGround,
    Moderator,
    Post,
    Report,
    ReportReason,
    Role,
    State,
    Statement,
)
from solerni_xblocks.discussion.queries.appeals import to_statement
from solerni_xblocks.discussion.queries.calendars import get_calendar
from solerni_xblocks.discussion.queries.roles import Scope
from solerni_xblocks.discussion.rules.promise import measure_working_hours
from solerni_xblocks.discussion.rules.statistics import find_quantile, mask_cells

CHUNK = 500
MASKED_BELOW = 10
"""Outside the operator's team no smaller count is shown."""


def list_statements(period: Period) -> Iterator[StatementRecord]:
    """Statements of the period in the order in which they were made, read as they are asked for."""
    rows = Statement.objects.filter(**within("at", period)).select_related("decision").order_by("at", "id")
    for row in rows.iterator(chunk_size=CHUNK):
        yield to_statement(row, row.decision.uuid)


def make_report(period: Period) -> TransparencyReport:
    """The report of the whole site."""
    decisions = Decision.objects.filter(**within("at", period), undoes=None)
    stated = Statement.objects.filter(**within("at", period))
    appeals = Appeal.objects.filter(**within("at", period))
    reports = Report.objects.filter(**within("at", period), withdrawn_at=None)
    is_notice = Q(reason=ReportReason.ILLEGAL)
    closed = Case.objects.filter(**within("closed_at", period))
    return TransparencyReport(
        period=period,
        decisions=_count(decisions, "act"),
        restrictions=stated.count(),
        by_clause=_count(_grounds_of(stated), "clause"),
        by_category=_count(stated, "category"),
        by_visibility=_count(stated.exclude(visibility=""), "visibility"),
        by_provision=_count(stated.exclude(provision=""), "provision"),
        by_source=_count(stated, "source_type"),
        by_automation=_count(stated, "automated_decision"),
        found_by_software=stated.filter(automated_detection=True).count(),
        notices=_answer(reports.filter(is_notice), "is_upheld", reasons=""),
        reports=_answer(reports.exclude(is_notice), "is_upheld", reasons="reason"),
        appeals=_answer(appeals, "is_reversed", reasons=""),
        appeals_by_party={
            Party.AUTHOR.value: appeals.filter(report=None).count(),
            Party.REPORTER.value: appeals.exclude(report=None).count(),
        },
        reversed_of_software=appeals.filter(is_reversed=True, decision__moderator_id=None).count(),
        median_decision_hours=_find_median(closed, "opened_at", "closed_at"),
        moderators=Moderator.objects.filter(role=Role.MODERATOR).values("user_id").distinct().count(),
    )


def make_statistics(scope: Scope, period: Period, *, is_operator: bool) -> Statistics:
    """How those who moderate ``scope`` do; small counts only for the operator's team."""
    decisions = in_scope(
        Decision.objects.filter(**within("at", period), undoes=None), scope, "post__thread__course_key"
    )
    reports = in_scope(Report.objects.filter(**within("at", period)), scope, "post__thread__course_key")
    closed = in_scope(Case.objects.filter(**within("closed_at", period)), scope, "course_key")
    appeals = in_scope(Appeal.objects.filter(**within("at", period), is_reversed=True), scope, "course_key")
    calendar = get_calendar()
    moments = closed.values_list("opened_at", "closed_at").iterator(chunk_size=CHUNK)
    hours = sorted(measure_working_hours(opened, ended, calendar=calendar) for opened, ended in moments)
    least = 0 if is_operator else MASKED_BELOW
    by_person = _count(decisions.filter(moderator_id__isnull=False), "moderator_id")
    return Statistics(
        period=period,
        decided=len(hours),
        median=find_quantile(hours, 0.5),
        ninetieth=find_quantile(hours, 0.9),
        promised=conf.get("SOLERNI_DISCUSSION_HOLD_HOURS"),
        by_act=mask_cells(_count(decisions, "act"), least=least),
        by_clause=mask_cells(_count(DecisionGround.objects.filter(decision__in=decisions), "clause"), least=least),
        by_reason=mask_cells(_count(reports, "reason"), least=least),
        by_moderator=mask_cells(by_person, least=least),
        overturned=mask_cells({"": appeals.count()}, least=least)[""],
    )


def list_participants(usage_key: UsageKey) -> Iterator[ParticipantRow]:
    """What each member published in the place, who wrote most first."""
    posts = Post.objects.filter(thread__usage_key=str(usage_key), state=State.PUBLISHED, author_id__isnull=False)
    rows = (
        posts.order_by()
        .values("author_id")
        .annotate(
            threads=Count("id", filter=Q(is_opening=True)),
            replies=Count("id", filter=Q(is_opening=False)),
            said=Sum("words"),
            liked=Sum("votes"),
            last=Max("created_at"),
        )
    )
    for row in rows.order_by("-said", "author_id").iterator(chunk_size=CHUNK):
        yield ParticipantRow(
            member_id=row["author_id"],
            threads=row["threads"],
            replies=row["replies"],
            words=row["said"],
            votes=row["liked"],
            last_on=find_day(row["last"]),
        )


def within(field: str, period: Period) -> dict[str, datetime]:
    """What narrows rows to moments of the period, whose days begin at the site's midnight."""
    zone = ZoneInfo(conf.get("SOLERNI_TIME_ZONE"))
    start = datetime.combine(period.since, time(), tzinfo=zone)
    end = datetime.combine(period.until + timedelta(days=1), time(), tzinfo=zone)
    return {f"{field}__gte": start, f"{field}__lt": end}


def in_scope(rows: QuerySet[Any], scope: Scope, field: str) -> QuerySet[Any]:
    """The rows of courses that somebody moderates."""
    return rows if scope.is_everywhere else rows.filter(**{f"{field}__in": scope.courses})


def _grounds_of(stated: QuerySet[Statement]) -> QuerySet[DecisionGround]:
    return DecisionGround.objects.filter(decision__in=stated.values("decision"))


def _count(rows: QuerySet[Any], field: str) -> Counts:
    counted = rows.order_by().values_list(field).annotate(count=Count("id")).order_by("-count", field)
    return dict(counted)


def _answer(rows: QuerySet[Any], verdict: str, *, reasons: str) -> Answers:
    return Answers(
        received=rows.count(),
        answered=rows.filter(answered_at__isnull=False).count(),
        upheld=rows.filter(**{verdict: True}).count(),
        median_hours=_find_median(rows.filter(answered_at__isnull=False), "at", "answered_at"),
        by_reason=_count(rows, reasons) if reasons else {},
    )


def _find_median(rows: QuerySet[Any], start: str, end: str) -> float | None:
    """Hours of the clock, halves of the sample below."""
    moments = rows.values_list(start, end).iterator(chunk_size=CHUNK)
    hours = sorted((ended - begun).total_seconds() / 3600 for begun, ended in moments)
    found = find_quantile(hours, 0.5)
    return None if found is None else round(found, 2)
