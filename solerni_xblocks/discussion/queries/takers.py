"""Who can take on what is overdue: names for the lists in which it stands, asked for such lines alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from solerni_xblocks.discussion.models import Appeal, Case, Decision, Moderator, Role
from solerni_xblocks.discussion.queries.roles import POOL
from solerni_xblocks.discussion.rules.contesting import choose_readers


def find_case_takers(cases: Iterable[Case]) -> dict[int, tuple[int, ...]]:
    """By case: who was appointed, but its author and whoever decided on the post before. Two queries, or none."""
    listed = list(cases)
    if not listed:
        return {}
    barred: dict[int, set[int | None]] = {case.post_id: {case.post.author_id} for case in listed}
    for post_id, decider in Decision.objects.filter(post__in=barred).values_list("post_id", "moderator_id"):
        barred[post_id].add(decider)
    appointed = _find_appointed(case.course_key for case in listed)
    return {case.pk: _choose(appointed, case.course_key, barred[case.post_id]) for case in listed}


def find_appeal_takers(appeals: Iterable[Appeal]) -> dict[int, tuple[int, ...]]:
    """By appeal (with its decision, post and reports): who may be its second reader. One query, or none."""
    listed = list(appeals)
    appointed = _find_appointed(row.course_key for row in listed) if listed else {}
    return {row.pk: _choose(appointed, row.course_key, _list_parties(row)) for row in listed}


def _list_parties(row: Appeal) -> set[int | None]:
    post = row.decision.post
    return {row.decision.moderator_id, post.author_id, row.member_id, *(one.reporter_id for one in post.reports.all())}


def _find_appointed(course_keys: Iterable[str]) -> dict[str, list[int]]:
    """Moderators by course, and of the pool."""
    found: dict[str, list[int]] = {}
    rows = Moderator.objects.filter(Q(course_key__in=set(course_keys)) | Q(course_key=POOL), role=Role.MODERATOR)
    for course_key, user_id in rows.order_by("id").values_list("course_key", "user_id"):
        found.setdefault(course_key, []).append(user_id)
    return found


def _choose(appointed: Mapping[str, list[int]], course_key: str, barred: set[int | None]) -> tuple[int, ...]:
    return choose_readers(appointed.get(course_key, ()), appointed.get(POOL, ()), barred=barred)
