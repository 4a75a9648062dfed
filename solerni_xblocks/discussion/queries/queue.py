"""What waits for moderators: what is due first; within the same hour, the graver first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import EVERYTHING, Filters, Lease, Only, QueueCursor
from solerni_xblocks.discussion.models import Case, Finding, Report, Source
from solerni_xblocks.discussion.queries.records import show_author
from solerni_xblocks.discussion.queries.roles import Scope
from solerni_xblocks.discussion.queries.showing import is_shown_now
from solerni_xblocks.discussion.queries.statistics import get_statistics
from solerni_xblocks.discussion.queries.takers import find_case_takers
from solerni_xblocks.discussion.queries.tallies import tally_cases

CASES_PER_PAGE = 25
EXCERPT_LENGTH = 240
SHOWN = (
    "uuid",
    "version",
    "course_key",
    "usage_key",
    "source",
    "score",
    "claimed_by",
    "claimed_until",
    "opened_at",
    "due_at",
    *(f"post__{name}" for name in ("uuid", "version", "author_id", "voice", "is_opening", "state", "plain", "source")),
    "post__thread__uuid",
    "post__thread__title",
)
"""What a line of the queue says."""

BEFORE_PUBLICATION = (Source.RULE, Source.MODE, Source.REVISION)

# What waits stands in a few places.
_read_course_key = lru_cache(maxsize=500)(CourseKey.from_string)
_read_usage_key = lru_cache(maxsize=500)(UsageKey.from_string)


def list_queue(scope: Scope, filters: Filters, *, viewer_id: int, after: QueueCursor | None) -> data.Queue:
    """Open cases within ``scope`` that ``filters`` let through."""
    wanted = filter_cases(find_cases(scope), filters, viewer_id=viewer_id)
    rows = list(_in_order(_go_on(wanted, after))[: CASES_PER_PAGE + 1])
    shown = rows[:CASES_PER_PAGE]
    everything = tally_cases(find_cases(scope), name=name_cases(scope))
    is_all = filters == EVERYTHING
    total = everything.waiting if is_all else _count_wanted(wanted, scope, filters, viewer_id=viewer_id)
    last = shown[-1] if len(rows) > len(shown) else None
    return data.Queue(
        cases=to_cases(shown, scope, viewer_id=viewer_id),
        total=total,
        statistics=get_statistics(scope, everything),
        after=QueueCursor(due_at=last.due_at, score=last.score, id=last.id) if last else None,
        courses=tuple(sorted(map(CourseKey.from_string, scope.courses | scope.trusted), key=str)),
    )


def list_waiting_cases(scope: Scope, filters: Filters, *, viewer_id: int, most: int) -> data.Waiting:
    """The first of the same cases, and how many there are: what a block shows of its place."""
    wanted = filter_cases(find_cases(scope), filters, viewer_id=viewer_id)
    rows = list(_in_order(wanted)[:most])
    total = _count_wanted(wanted, scope, filters, viewer_id=viewer_id)
    return data.Waiting(cases=to_cases(rows, scope, viewer_id=viewer_id), total=total)


def _count_wanted(wanted: QuerySet[Case], scope: Scope, filters: Filters, *, viewer_id: int) -> int:
    return tally_cases(wanted, name=f"{name_cases(scope)} {filters} {viewer_id}").waiting


def name_cases(scope: Scope) -> str:
    """A name for the open cases within ``scope``: no two sets share one."""
    within = (sorted(scope.courses), sorted(scope.trusted), sorted(scope.groups.items()))
    return "*" if scope.is_everywhere else str(within)


def _in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("post__thread").only(*SHOWN).order_by("due_at", "-score", "id")


def find_cases(scope: Scope) -> QuerySet[Case]:
    """Open cases of what somebody moderates; trusted learners see what nobody else has seen."""
    waiting = Case.objects.filter(is_open=True)
    if scope.is_everywhere:
        return waiting
    full = _in_courses(scope.courses)
    if not scope.trusted:
        return waiting.filter(full)
    unseen = Q(post__published_at=None, source__in=BEFORE_PUBLICATION) & _in_courses(scope.trusted)
    return waiting.filter(full | (unseen & _in_own_groups(scope) & is_shown_now("post__thread__")))


def _in_own_groups(scope: Scope) -> Q:
    """Threads for everybody, and those of the cohort that somebody trusted has in the course."""
    allowed = Q(post__thread__group_id=None)
    for course_key, group_id in scope.groups.items():
        allowed |= Q(course_key=course_key, post__thread__group_id=group_id)
    return allowed


def _in_courses(keys: Iterable[str]) -> Q:
    """One course is compared as such: then the index gives the order too."""
    listed = sorted(keys)
    return Q(course_key=listed[0]) if len(listed) == 1 else Q(course_key__in=listed)


def filter_cases(cases: QuerySet[Case], filters: Filters, *, viewer_id: int) -> QuerySet[Case]:
    """Those that ``filters`` let through."""
    now = clock.now()
    if filters.course:
        cases = cases.filter(course_key=filters.course)
    if filters.place:
        cases = cases.filter(usage_key=filters.place)
    if filters.source:
        cases = cases.filter(source=filters.source)
    if filters.clause:
        seen = Finding.objects.filter(post=OuterRef("post"), clause=filters.clause, is_dry=False)
        said = Report.objects.filter(case=OuterRef("pk"), reason=filters.clause, is_open=True)
        cases = cases.filter(Exists(seen) | Exists(said))
    narrowed = {
        Only.OVERDUE: lambda: cases.filter(due_at__lte=now),
        Only.MINE: lambda: cases.filter(claimed_by=viewer_id, claimed_until__gt=now),
        Only.FREE: lambda: cases.filter(Q(claimed_by=None) | Q(claimed_until__lte=now)),
        Only.REPORTED: lambda: cases.filter(Exists(Report.objects.filter(case=OuterRef("pk"), is_open=True))),
        Only.ALL: lambda: cases,
    }
    return narrowed[filters.only]()


def _go_on(cases: QuerySet[Case], after: QueueCursor | None) -> QuerySet[Case]:
    if after is None:
        return cases
    same_hour = Q(due_at=after.due_at) & (Q(score__lt=after.score) | Q(score=after.score, id__gt=after.id))
    return cases.filter(Q(due_at__gt=after.due_at) | same_hour, due_at__gte=after.due_at)


def count_queue(course_key: CourseKey) -> int:
    """How many cases wait in the course."""
    scope = Scope(is_everywhere=False, courses=frozenset({str(course_key)}), trusted=frozenset())
    return tally_cases(find_cases(scope), name=name_cases(scope)).waiting


def to_cases(rows: list[Case], scope: Scope, *, viewer_id: int) -> tuple[data.Case, ...]:
    """Lines of the queue; two queries, whatever their number, and two more where some are overdue.

    Each row comes with its post and thread.
    """
    clauses: dict[int, list[str]] = {}
    found = Finding.objects.filter(post__in=[row.post_id for row in rows], is_dry=False).exclude(clause="")
    for post_id, clause in found.order_by("id").values_list("post_id", "clause"):
        clauses.setdefault(post_id, []).append(clause)
    reports = Report.objects.filter(case__in=[row.pk for row in rows], is_open=True)
    counts = dict(reports.order_by().values_list("case").annotate(Count("pk")))
    now = clock.now()
    full = {row.pk for row in rows if scope.is_everywhere or row.course_key in scope.courses}
    takers = find_case_takers(row for row in rows if row.pk in full and row.due_at <= now)
    return tuple(
        to_case(
            row,
            clauses=clauses.get(row.post_id, ()),
            reports=counts.get(row.pk, 0),
            author_id=show_author(row.post, viewer_id=viewer_id, sees_all=row.pk in full),
            now=now,
            takers=takers.get(row.pk),
        )
        for row in rows
    )


def to_case(
    row: Case,
    *,
    clauses: Iterable[str],
    reports: int,
    author_id: int | None,
    now: datetime,
    takers: tuple[int, ...] | None = None,
) -> data.Case:
    """The line of ``row``; ``author_id`` as the viewer may know it."""
    post = row.post
    is_claimed = row.claimed_by is not None and row.claimed_until is not None and row.claimed_until > now
    return data.Case(
        uuid=row.uuid,
        version=row.version,
        post_uuid=post.uuid,
        post_version=post.version,
        thread_uuid=post.thread.uuid,
        title=post.thread.title,
        excerpt=(post.plain or post.source)[:EXCERPT_LENGTH],
        author_id=author_id,
        voice=data.Voice(post.voice),
        is_opening=post.is_opening,
        state=data.State(post.state),
        source=row.source,
        score=row.score,
        clauses=tuple(dict.fromkeys(clauses)),
        reports=reports,
        opened_at=row.opened_at,
        due_at=row.due_at,
        claim=Lease(member_id=row.claimed_by, until=row.claimed_until) if is_claimed else None,
        course_key=_read_course_key(row.course_key),
        usage_key=_read_usage_key(row.usage_key),
        takers=takers,
    )
