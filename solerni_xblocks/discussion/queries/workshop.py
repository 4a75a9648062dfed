"""How rules and services did, and past wordings on which a rule can be tried. A fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion.data import Claim, Declaration, Wording
from solerni_xblocks.discussion.data.transparency import Period
from solerni_xblocks.discussion.data.trying import (
    Changed,
    Figures,
    RuleFigures,
    ServiceFigures,
    Tally,
    Trial,
    TrialCursor,
    TrialPage,
)
from solerni_xblocks.discussion.models import (
    EXCERPT_LENGTH,
    Appeal,
    Decision,
    DecisionGround,
    Finding,
    Rating,
    RatingState,
    Version,
)
from solerni_xblocks.discussion.queries.roles import Scope
from solerni_xblocks.discussion.queries.transparency import MASKED_BELOW, in_scope, within
from solerni_xblocks.discussion.rules.moderation import MODE_RULE
from solerni_xblocks.discussion.rules.statistics import mask_cells
from solerni_xblocks.discussion.rules.storing import unpack_circumstances, unpack_measures
from solerni_xblocks.discussion.rules.trying import complete, find_fate, try_rule

BATCH = 200
"""Messages looked at in one request: a third of a second of work."""

MOST_TRIED = 10_000
"""Messages of a period on which a rule is tried, the latest first."""

COLUMNS = ("raised", "read", "upheld", "overturned")
SERVICE_COLUMNS = ("asked", "rated", "flagged", "failed")


def make_figures(scope: Scope, period: Period, *, course: str, is_operator: bool) -> Figures:
    """How rules did in the courses of ``scope``; small counts only for the operator's team. Two queries."""
    least = 0 if is_operator else MASKED_BELOW
    rules = _mask(_count_rules(scope, period, course), COLUMNS, least=least)
    services = _mask(_count_services(scope, period, course), SERVICE_COLUMNS, least=least)
    return Figures(
        period=period,
        rules=tuple(RuleFigures(**row) for row in rules),
        services=tuple(ServiceFigures(**row) for row in services),
        courses=tuple(map(CourseKey.from_string, sorted(scope.courses))),
    )


def _count_rules(scope: Scope, period: Period, course: str) -> list[dict[str, Any]]:
    """Messages by rule; what was only tried apart."""
    decided = Decision.objects.filter(moderator_id__isnull=False, undoes=None, undone_by=None)
    about = {"post": OuterRef("post"), "version": OuterRef("version")}
    named = DecisionGround.objects.filter(
        decision__in=decided,
        decision__post=OuterRef("post"),
        decision__version=OuterRef("version"),
        clause=OuterRef("clause"),
    )
    reversed_ones = Appeal.objects.filter(is_reversed=True).values("decision")
    spoken = Finding.objects.filter(
        post__versions__number=F("version"), **within("post__versions__at", period)
    ).exclude(rule=MODE_RULE)
    spoken = _narrow(spoken, scope, course, "post__thread__course_key").annotate(
        is_read=Exists(decided.filter(**about)),
        is_upheld=Exists(named.exclude(decision__in=reversed_ones)),
        is_overturned=Exists(named.filter(decision__in=reversed_ones)),
    )
    rows = (
        spoken.order_by()
        .values("rule", "is_dry")
        .annotate(
            raised=Count("post", distinct=True),
            read=Count("post", distinct=True, filter=Q(is_read=True)),
            upheld=Count("post", distinct=True, filter=Q(is_upheld=True)),
            overturned=Count("post", distinct=True, filter=Q(is_overturned=True)),
        )
    )
    return list(rows.order_by("-raised", "rule", "is_dry"))


def _count_services(scope: Scope, period: Period, course: str) -> list[dict[str, Any]]:
    asked = Rating.objects.filter(**within("created_at", period))
    rows = _narrow(asked, scope, course, "post__thread__course_key").order_by().values("service")
    counted = rows.annotate(
        asked=Count("pk", filter=Q(asked_at__isnull=False)),
        rated=Count("pk", filter=Q(state=RatingState.RATED)),
        flagged=Count("pk", filter=Q(is_flagged=True)),
        failed=Count("pk", filter=Q(state=RatingState.FAILED)),
    )
    return list(counted.order_by("service"))


def _narrow(rows: QuerySet[Any], scope: Scope, course: str, field: str) -> QuerySet[Any]:
    return rows.filter(**{field: course}) if course else in_scope(rows, scope, field)


def _mask(rows: list[dict[str, Any]], columns: Iterable[str], *, least: int) -> list[dict[str, Any]]:
    """The rows without counts below ``least``, column by column."""
    masked = [dict(row) for row in rows]
    for name in columns:
        cells = mask_cells({place: row[name] for place, row in enumerate(rows)}, least=least)
        for place, count in cells.items():
            masked[place][name] = count
    return masked


def try_on_past(
    scope: Scope, period: Period, trial: Trial, *, course: str, after: TrialCursor | None, so_far: Tally
) -> TrialPage:
    """What the trial makes of the next messages in their current wording, the latest first. Two queries."""
    wordings = _find_wordings(scope, period, course)
    total = wordings[:MOST_TRIED].count()
    if after:
        wordings = wordings.filter(Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.id), at__lte=after.at)
    rows = list(wordings.select_related("post__thread").order_by("-at", "-pk")[:BATCH])
    tried = [_try(row, trial) for row in rows]
    examples = tuple(one for one in tried if one and one.before is not one.after)
    tally = Tally(
        looked=so_far.looked + len(rows),
        unmeasured=so_far.unmeasured + tried.count(None),
        changes=Counter(so_far.changes) + Counter((one.before, one.after) for one in examples),
    )
    is_last = len(rows) < BATCH or tally.looked >= MOST_TRIED
    return TrialPage(
        tally=tally,
        examples=examples,
        total=total,
        after=None if is_last else TrialCursor(at=rows[-1].at, id=rows[-1].pk),
    )


def _find_wordings(scope: Scope, period: Period, course: str) -> QuerySet[Version]:
    wordings = Version.objects.filter(number=F("post__version"), **within("at", period)).exclude(source="")
    return _narrow(wordings, scope, course, "post__thread__course_key")


def _try(row: Version, trial: Trial) -> Changed | None:
    """What the trial makes of one wording; None when the rule measured nothing in it."""
    post, kept = row.post, unpack_circumstances(row.measures)
    rights = Declaration(claim=Claim(row.rights), licence=row.licence, source=row.rights_source)
    wording = Wording(source=row.source, title=row.title, is_opening=post.is_opening, rights=rights)
    measures = complete(unpack_measures(row.measures), wording, trial, kept.policy)
    if measures is None:
        return None
    before, after = try_rule(measures, kept, trial)
    return Changed(
        post_uuid=post.uuid,
        title=post.thread.title,
        excerpt=post.plain[:EXCERPT_LENGTH],
        course_key=CourseKey.from_string(post.thread.course_key),
        at=row.at,
        before=find_fate(before),
        after=find_fate(after),
        reasons=tuple(one for one in (*after.reasons, *after.tried) if one.rule == trial.rule),
    )
