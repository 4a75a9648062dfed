"""Sanction: a moderator warns the author of a post, or lets them only read for some days; and lifts that again.

It is a decision on a post that stays where it stood: with its grounds, a statement of reasons, the right to contest.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.datekit import find_day
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.sanctions import Penalty
from solerni_xblocks.discussion.errors.deciding import MessageMissing, NotAllowed, OwnPost
from solerni_xblocks.discussion.errors.sanctioning import (
    AlreadyMuted,
    LengthUnknown,
    LiftUnexplained,
    ModeratorSpared,
    SanctionOver,
)
from solerni_xblocks.discussion.flows.decide import are_known
from solerni_xblocks.discussion.flows.keep_decision import keep_grounds
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.state_reasons import state_reasons
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import Act, Case, Decision, NoticeKind, Post, Purpose, Sanction
from solerni_xblocks.discussion.rules.contesting import find_end
from solerni_xblocks.discussion.rules.sanctions import find_end_of_mute, may_sanction
from solerni_xblocks.discussion.rules.statements import PARTIAL_SUSPENSION


@transaction.atomic
def sanction_author(moderator_id: int, post_uuid: UUID, penalty: Penalty) -> UUID:
    """Impose ``penalty`` for the post; sent twice, imposed once. Returns the uuid of the decision."""
    post = _lock_post(moderator_id, post_uuid)
    if not (penalty.message and are_known(penalty.grounds)):
        raise MessageMissing
    now = clock.now()
    ends_at = find_end_of_mute(now, penalty.days) if penalty.act == Act.MUTE else None
    if penalty.act == Act.MUTE and ends_at is None:
        raise LengthUnknown
    earlier = _find_same(post, moderator_id, penalty)
    if earlier:
        return earlier.uuid
    if ends_at:
        _require_unmuted(post)
    decision = _decide(post, moderator_id, penalty, at=now)
    Sanction.objects.create(
        decision=decision, member_id=post.author_id, course_key=post.thread.course_key, ends_at=ends_at
    )
    _tell(decision, post, penalty, ends_at)
    return decision.uuid


def _lock_post(moderator_id: int, post_uuid: UUID) -> Post:
    """The post, whose author the person may sanction. Raises PostNotFound, OwnPost, NotAllowed, ModeratorSpared."""
    post, power = queries.lock_moderated_post(post_uuid, moderator_id=moderator_id)
    if post.author_id == moderator_id:
        raise OwnPost
    if post.author_id is None:
        raise ModeratorSpared
    author_power = queries.find_power(post.author_id, CourseKey.from_string(post.thread.course_key))
    if not may_sanction(power, author_power=author_power):
        raise ModeratorSpared if may_sanction(power, author_power=power.NONE) else NotAllowed
    return post


def _find_same(post: Post, moderator_id: int, penalty: Penalty) -> Decision | None:
    """The same act of the same person in the same words, on the same wording; what has run out is another."""
    rows = Decision.objects.filter(post=post, moderator_id=moderator_id, act=penalty.act, version=post.version)
    rows = rows.filter(Q(sanction__ends_at=None) | Q(sanction__ends_at__gt=clock.now()), sanction__lifted_at=None)
    return rows.filter(message=penalty.message, clause=penalty.grounds[0].clause).first()


def _require_unmuted(post: Post) -> None:
    running = queries.find_mute(post.author_id or 0, CourseKey.from_string(post.thread.course_key))
    if running and running.ends_at:
        raise AlreadyMuted.tell(running.ends_at)


def _decide(post: Post, moderator_id: int, penalty: Penalty, *, at: datetime) -> Decision:
    decision = Decision.objects.create(
        post=post,
        moderator_id=moderator_id,
        act=penalty.act,
        version=post.version,
        outcome=post.state,
        before=post.state,
        after=post.state,
        clause=penalty.grounds[0].clause,
        message=penalty.message,
        contest_until=find_end(at),
        at=at,
    )
    keep_grounds(decision, penalty.grounds)
    return decision


def _tell(decision: Decision, post: Post, penalty: Penalty, ends_at: datetime | None) -> None:
    if ends_at:
        case = Case.objects.filter(post=post).order_by("id").last()
        state_reasons(decision, post, provision=PARTIAL_SUSPENSION, ends_on=find_day(ends_at), case=case)
    tell_member(post.author_id, NoticeKind.DECISION, about=decision.uuid, post=post, at=decision.at)
    owe_letter(Purpose.DECISION, decision=decision)
    log_act(
        decision.act,
        actor_id=decision.moderator_id,
        course_key=post.thread.course_key,
        subject_kind="post",
        subject=post.uuid,
        after={
            "decision": str(decision.uuid),
            "clause": decision.clause,
            "until": ends_at.isoformat() if ends_at else None,
        },
        why=penalty.note,
    )


@transaction.atomic
def lift_sanction(moderator_id: int, decision_uuid: UUID, *, why: str) -> None:
    """End a sanction before its time; the member, who writes again in the course, is told why.

    Two imposed at the same moment for two messages end together. Raises SanctionNotFound, SanctionOver.
    """
    sanction = queries.get_sanction(decision_uuid, moderator_id=moderator_id)
    post = queries.lock_post(sanction.decision.post.uuid)
    if post.author_id == moderator_id:
        raise OwnPost
    if not why:
        raise LiftUnexplained
    if sanction.ends_at is None or sanction.ends_at <= clock.now() or not end_sanction(sanction, moderator_id, why=why):
        raise SanctionOver
    for other in queries.list_running_beside(sanction):
        end_sanction(other, moderator_id, why=why)
    tell_member(sanction.member_id, NoticeKind.DECISION, about=decision_uuid, post=post, at=clock.now())
    owe_letter(Purpose.LIFTED, decision=sanction.decision)


def end_sanction(sanction: Sanction, moderator_id: int, *, why: str) -> bool:
    """Take it back from now on, inside the caller's transaction; False when somebody else did before."""
    now = clock.now()
    if not Sanction.objects.filter(pk=sanction.pk, lifted_at=None).update(lifted_at=now):
        return False
    log_act(
        "lift",
        actor_id=moderator_id,
        course_key=sanction.course_key,
        subject_kind="decision",
        subject=sanction.decision.uuid,
        before={"until": sanction.ends_at.isoformat() if sanction.ends_at else None},
        after={"until": now.isoformat()},
        why=why,
    )
    return True
