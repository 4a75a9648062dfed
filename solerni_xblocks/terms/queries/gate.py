"""The gate: does this member owe an acceptance? Warm, it asks nobody: no query, no cache call.

Two short memories, one a process. The *snapshot*: what documents ask, read again when the next scheduled version
begins, and at most SNAPSHOT_AGE after the last look at the epoch (the length of the service's own chain). The *passes*:
members found in order under that snapshot, for as long again; never a refusal. A pass is bound to the snapshot that was
read **before** its proof query, so a publication that commits in between makes it worthless at the next look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import Error as DatabaseTrouble
from django.urls import reverse
from django.utils.http import urlencode
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.errors import Refused
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Audience, Guard, Obstacle, Record, Requirement
from solerni_xblocks.terms.errors import (
    AnswerUnknown,
    BirthRequired,
    ParentalConsentRequired,
    TermsRequired,
    TermsShut,
)
from solerni_xblocks.terms.queries import ages, exemptions, proofs, timelines
from solerni_xblocks.terms.rules import chain, standing

SNAPSHOT_AGE = timedelta(seconds=5)
MAX_PASSES = 50_000
SITE = ""
"""The scope of a pass through the site-wide gate; any other scope is a course, or what a terms block asks."""

Scope = str | Guard


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """What documents asked from ``since`` on, until ``next_change_at``; good until ``stale_at`` without a new look."""

    epoch: int
    requirements: tuple[Requirement, ...]
    site: tuple[Requirement, ...]
    courses: Mapping[str, tuple[Requirement, ...]]
    since: datetime
    next_change_at: datetime
    stale_at: datetime


class _Memory:
    """What this process remembers; replaced whole, so that threads never see half of it."""

    snapshot: Snapshot | None = None
    passes: dict[tuple[int, Scope], tuple[tuple[Requirement, ...], datetime]] = {}


_FAR_FUTURE = timedelta(days=36_500)


def require_acceptance(member_id: int, course_key: CourseKey | None) -> None:
    """Returns when the member owes no acceptance to the site, nor to the course.

    Raises: BirthRequired, ParentalConsentRequired, TermsRequired, AnswerUnknown.
    """
    now = clock.now()
    snapshot = _get_snapshot(now)
    scope, asked = SITE, snapshot.site
    if snapshot.courses and course_key is not None and str(course_key) in snapshot.courses:
        scope, asked = str(course_key), snapshot.courses[str(course_key)]
    if not asked:
        return
    kept = _Memory.passes.get((member_id, scope))
    if kept is None or kept[0] is not snapshot.requirements or now >= kept[1]:
        _ask(member_id, scope, asked, snapshot, now, back=f"/courses/{course_key}/" if course_key else "/")


def require_document(member_id: int | None, guard: Guard, course_key: CourseKey, *, back: str) -> None:
    """Returns when the member has answered the document as ``guard`` asks, or it asks for nothing. A visitor (None)
    has answered nothing.

    Raises: BirthRequired, ParentalConsentRequired, TermsRequired, their pages leading on to ``back``; TermsShut when
    the course has no such document in force; AnswerUnknown.
    """
    now = clock.now()
    snapshot = _get_snapshot(now)
    asked = next((found for found in snapshot.requirements if found.document == guard.document), None)
    if asked is None or asked.course_key not in ("", str(course_key)):
        raise TermsShut
    if member_id is None:
        if asked.satisfying:
            raise _refuse(Obstacle.TERMS, asked, back)
        return
    kept = _Memory.passes.get((member_id, guard))
    if kept is None or kept[0] is not snapshot.requirements or now >= kept[1]:
        _ask(member_id, guard, (standing.apply_guard(asked, guard),), snapshot, now, back=back)


def list_due(member_id: int) -> list[str]:
    """The documents of the site that the member has still to accept, in order. Asked of the rows, for a page."""
    now = clock.now()
    record = proofs.get_record(member_id)
    joint = ages.needs_joint_consent(record.birth, now)
    return [
        one.document
        for one in _read(0, now).site
        if standing.binds(one, needs_joint_consent=joint) and not standing.counts(one, record.accepted, now)
    ]


def forget_answers(member_id: int | None = None) -> None:
    """Forget what this process remembers of a member, or (None) everything, the snapshot too."""
    if member_id is None:
        _Memory.snapshot = None
        _Memory.passes = {}
    else:
        _Memory.passes = {key: kept for key, kept in list(_Memory.passes.items()) if key[0] != member_id}


def _get_snapshot(now: datetime) -> Snapshot:
    """What documents ask, as this process remembers it while it may."""
    snapshot = _Memory.snapshot
    return snapshot if snapshot and snapshot.since <= now < snapshot.stale_at else _look(now)


def _look(now: datetime) -> Snapshot:
    """Look at the epoch; read the requirements again only when it moved or a scheduled version begins."""
    snapshot = _Memory.snapshot
    try:
        epoch = models.Chain.objects.filter(partition=chain.SERVICE).values_list("length", flat=True).first() or 0
        if snapshot and snapshot.epoch == epoch and snapshot.since <= now < snapshot.next_change_at:
            snapshot = replace(snapshot, stale_at=min(now + SNAPSHOT_AGE, snapshot.next_change_at))
        else:
            snapshot = _read(epoch, now)
    except DatabaseTrouble as error:
        raise AnswerUnknown from error
    _Memory.snapshot = snapshot
    return snapshot


def _read(epoch: int, now: datetime) -> Snapshot:
    """The epoch was read before: a publication in between is seen as new at the next look, never missed."""
    requirements, next_change_at = timelines.list_requirements(now)
    next_change_at = next_change_at or now + _FAR_FUTURE
    asking = [found for found in requirements if found.is_required and found.satisfying]
    site = tuple(found for found in asking if found.audience is not Audience.COURSE)
    by_course: dict[str, tuple[Requirement, ...]] = {}
    for found in asking:
        if found.is_course_wide:
            by_course[found.course_key] = (*by_course.get(found.course_key, site), found)
    return Snapshot(
        epoch=epoch,
        requirements=requirements,
        site=site,
        courses=by_course,
        since=now,
        next_change_at=next_change_at,
        stale_at=min(now + SNAPSHOT_AGE, next_change_at),
    )


def _ask(
    member_id: int, scope: Scope, asked: tuple[Requirement, ...], snapshot: Snapshot, now: datetime, *, back: str
) -> None:
    """One query on proofs; a pass is kept, a refusal never."""
    try:
        record = proofs.get_record(member_id)
        obstacle = _find_obstacle(asked, record, now)
        is_shut = obstacle is not None and not exemptions.is_exempt(member_id, now)
    except DatabaseTrouble as error:
        raise AnswerUnknown from error
    if obstacle and is_shut:
        raise _refuse(*obstacle, back)
    if len(_Memory.passes) >= MAX_PASSES:
        _Memory.passes = {}
    # In another process a member may withdraw or state a birth, a guardian withdraw: no pass outlives that for long.
    _Memory.passes[(member_id, scope)] = (snapshot.requirements, now + SNAPSHOT_AGE)


def _find_obstacle(
    asked: tuple[Requirement, ...], record: Record, now: datetime
) -> tuple[Obstacle, Requirement] | None:
    return standing.find_obstacle(
        asked,
        record,
        now,
        needs_birth=record.birth is None and conf.get("SOLERNI_TERMS_BIRTH_ASKED"),
        needs_guardian=ages.needs_guardian(record.birth, now),
        needs_joint_consent=ages.needs_joint_consent(record.birth, now),
    )


def _refuse(obstacle: Obstacle, requirement: Requirement, back: str) -> Refused:
    document = f"{reverse('solerni_terms:document', args=[requirement.document])}?{urlencode({'next': back})}"
    if obstacle is Obstacle.BIRTH:
        page = f"{reverse('solerni_terms:birth')}?{urlencode({'next': back})}"
        return BirthRequired(where_to_go=page, details={"terms_url": document})
    if obstacle is Obstacle.GUARDIAN:
        is_asked_by_all = requirement.is_required and not requirement.course_key
        about = {"next": back} if is_asked_by_all else {"next": back, "document": requirement.document}
        page = f"{reverse('solerni_terms:guardian')}?{urlencode(about)}"
        return ParentalConsentRequired(where_to_go=page, details={"terms_url": document})
    return TermsRequired(where_to_go=document, details={"terms_url": document})
