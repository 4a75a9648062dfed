"""Settle cases: moderators learn what waits, what half of the time has passed for, what is nearly due, what is overdue.

Each case is marked in the transaction that tells of it, on the row itself: two commands at once tell of it once. One
notice for one moderator and one course leads to its most urgent case; the queue shows the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Act, Ruling
from solerni_xblocks.discussion.flows.decide import decide_by_software
from solerni_xblocks.discussion.flows.settle_case import close_case
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import Case, NoticeKind, Report, Source, State
from solerni_xblocks.discussion.rules.promise import is_half_over, is_nearly_due

MOST = 500
"""Cases looked at in one run, the most urgent first; the next run goes on."""


def settle_cases() -> dict[str, int]:
    """Tell of what time brought; how many cases, by step. Told again, it does nothing."""
    return {
        "told": _settle("told_at", _is_waiting, queries.list_moderators),
        "warned": _settle("warned_at", _is_half_over, queries.list_moderators),
        "alerted": _settle("alerted_at", _is_nearly_due, queries.list_moderators),
        "escalated": _settle("escalated_at", _is_overdue, _list_all),
        "published": _publish_overdue(),
    }


def _settle(mark: str, is_due: Callable[[Case, datetime], bool], list_people: Callable[[str], Iterable[int]]) -> int:
    """Mark and tell of cases that are due for this step, course by course."""
    now = clock.now()
    waiting = Case.objects.filter(is_open=True, **{mark: None}).select_related("post__thread")
    by_course: dict[str, list[Case]] = {}
    for case in waiting.order_by("due_at", "-score", "id")[:MOST]:
        if is_due(case, now):
            by_course.setdefault(case.course_key, []).append(case)
    return sum(_tell(cases, mark, list_people(course), at=now) for course, cases in by_course.items())


@transaction.atomic
def _tell(cases: list[Case], mark: str, people: Iterable[int], *, at: datetime) -> int:
    mine = [case for case in cases if _mark(Case.objects.filter(pk=case.pk, is_open=True), mark, at)]
    if mine:
        for member_id in people:
            tell_member(member_id, NoticeKind.QUEUE, about=mine[0].uuid, post=mine[0].post, at=at, mail_due_at=at)
    return len(mine)


def _mark(cases: QuerySet[Case], mark: str, at: datetime) -> int:
    return cases.filter(**{mark: None}).update(**{mark: at})


def _is_waiting(case: Case, now: datetime) -> bool:
    return True


def _is_half_over(case: Case, now: datetime) -> bool:
    return is_half_over(case.opened_at, case.due_at, now=now, calendar=queries.get_calendar())


def _is_nearly_due(case: Case, now: datetime) -> bool:
    return is_nearly_due(case.due_at, now=now, calendar=queries.get_calendar())


def _is_overdue(case: Case, now: datetime) -> bool:
    return case.due_at <= now


def _list_all(course_key: str) -> list[int]:
    """The moderators of the course and, now that they did not keep the promise, the site's pool."""
    return sorted({*queries.list_moderators(course_key), *queries.list_pool()})


def _publish_overdue() -> int:
    """What waits by its place's mode alone appears where the place chose so; never what a rule held or was reported."""
    now = clock.now()
    waiting = Case.objects.filter(is_open=True, publishes_overdue=True, source=Source.MODE, due_at__lte=now)
    return sum(_publish(case) for case in waiting.select_related("post").order_by("due_at", "id")[:MOST])


@transaction.atomic
def _publish(case: Case) -> bool:
    post = queries.lock_post(case.post.uuid)
    found = queries.find_open_case(post)
    if found is None or not found.publishes_overdue or post.state != State.HELD:
        return False
    if Report.objects.filter(post=post, is_open=True).exists():
        return False
    decision = decide_by_software(post, State.PUBLISHED, ruling=Ruling(act=Act.PUBLISH), case=found)
    close_case(post, at=decision.at)
    return True
