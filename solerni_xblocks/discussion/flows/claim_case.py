"""Claim a case: a moderator's short lease, seen by the others; released on purpose or by time alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from solerni_xblocks.core import clock, conf
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.errors.deciding import CaseNotOpen, ClaimedByOther, OwnPost
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.models import Case, Post
from solerni_xblocks.host import api as host


@transaction.atomic
def claim_case(moderator_id: int, post_uuid: UUID, *, place: Place | None = None) -> None:
    """Take the case on, or renew one's lease; in ``place``, if one is named. Raises ClaimedByOther, CaseNotOpen."""
    post, case = _find(moderator_id, post_uuid, place=place)
    now = clock.now()
    free = Q(claimed_by=None) | Q(claimed_by=moderator_id) | Q(claimed_until__lte=now)
    if not _lease(Case.objects.filter(free, pk=case.pk), moderator_id):
        require_unclaimed(Case.objects.get(pk=case.pk), moderator_id)
        raise CaseNotOpen
    if case.claimed_by != moderator_id:
        _log("claim", moderator_id, post, case)


@transaction.atomic
def take_over_case(moderator_id: int, post_uuid: UUID) -> None:
    """Take the case on from whoever has it. Raises CaseNotOpen."""
    post, case = _find(moderator_id, post_uuid)
    if not _lease(Case.objects.filter(pk=case.pk), moderator_id):
        raise CaseNotOpen
    if case.claimed_by != moderator_id:
        _log("take_over", moderator_id, post, case)


@transaction.atomic
def release_case(moderator_id: int, post_uuid: UUID, *, place: Place | None = None) -> None:
    """Give one's lease up; whoever has none gives up nothing."""
    post, _power = queries.get_moderated_post(post_uuid, moderator_id=moderator_id, place=place)
    held = Case.objects.filter(post=post, is_open=True, claimed_by=moderator_id)
    case = held.first()
    if case and held.update(claimed_by=None, claimed_until=None):
        _log("release", moderator_id, post, case)


def require_unclaimed(case: Case, moderator_id: int) -> None:
    """Nobody else works on ``case`` now. Raises ClaimedByOther."""
    if case.claimed_by in (None, moderator_id) or not case.claimed_until or case.claimed_until <= clock.now():
        return
    person = host.people().find_person(case.claimed_by)
    if person is None:
        raise ClaimedByOther
    raise ClaimedByOther.tell(person.name, until=case.claimed_until)


def _find(moderator_id: int, post_uuid: UUID, *, place: Place | None = None) -> tuple[Post, Case]:
    post, _power = queries.get_moderated_post(post_uuid, moderator_id=moderator_id, place=place)
    if post.author_id == moderator_id:
        raise OwnPost
    case = queries.find_open_case(post)
    if case is None:
        raise CaseNotOpen
    return post, case


def _lease(cases: QuerySet[Case], moderator_id: int) -> int:
    until = clock.now() + timedelta(minutes=conf.get("SOLERNI_DISCUSSION_CLAIM_MINUTES"))
    return cases.filter(is_open=True).update(claimed_by=moderator_id, claimed_until=until)


def _log(act: str, moderator_id: int, post: Post, case: Case) -> None:
    log_act(
        act,
        actor_id=moderator_id,
        course_key=case.course_key,
        subject_kind="case",
        subject=case.uuid,
        before={"claimed_by": case.claimed_by} if case.claimed_by else None,
        after={"post": str(post.uuid)},
    )
