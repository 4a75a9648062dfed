"""Decide: a moderator rules on a post; the decision is evidence, its author and who reported it are told."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Ground, PostRecord, Power, Ruling
from solerni_xblocks.discussion.errors.deciding import (
    AlreadyDecided,
    AuthorWithdrew,
    CaseChanged,
    MessageMissing,
    NotAllowed,
    OwnPost,
    WordingChanged,
)
from solerni_xblocks.discussion.flows.change_state import change_state
from solerni_xblocks.discussion.flows.claim_case import require_unclaimed
from solerni_xblocks.discussion.flows.keep_decision import keep_decision
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.settle_case import answer_reports, close_case
from solerni_xblocks.discussion.flows.state_reasons import state_reasons
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import (
    ILLEGAL,
    Act,
    Case,
    Clause,
    Decision,
    LogEntry,
    NoticeKind,
    Post,
    Purpose,
    State,
)
from solerni_xblocks.discussion.rules import deciding, statements


def decide_post(moderator_id: int, post_uuid: UUID, ruling: Ruling) -> PostRecord:
    """Settle the post as ``ruling`` says."""
    rule_on(post_uuid, moderator_id=moderator_id, ruling=ruling)
    decided, _power = queries.get_moderated_post(post_uuid, moderator_id=moderator_id)
    return queries.to_post(decided, decided.thread, viewer_id=moderator_id, sees_all=True)


@transaction.atomic
def rule_on(
    post_uuid: UUID, *, moderator_id: int, ruling: Ruling, batch: UUID | None = None, parent: LogEntry | None = None
) -> Decision:
    """One ruling of a person on one post, all of it or nothing; told twice by the same person, taken once."""
    post, power = queries.lock_moderated_post(post_uuid, moderator_id=moderator_id)
    if post.author_id == moderator_id:
        raise OwnPost
    if ruling.act in deciding.EXPLAINED and not (ruling.message and are_known(ruling.grounds)):
        raise MessageMissing
    case = queries.find_open_case(post)
    after = deciding.find_transition(State(post.state), ruling.act)
    if after is None or _is_stale(post, case, ruling) or (ruling.act == Act.KEEP and case is None):
        return _require_same(post, moderator_id, ruling)
    _require_right(post, case, moderator_id, power)
    was_answer = post.thread.answer_id == post.pk
    decision = decide(post, State(after), ruling=ruling, moderator_id=moderator_id, batch=batch)
    settled = close_case(post, at=decision.at)
    _state(decision, post, settled)
    answer_reports(post, decision)
    _log(decision, post, ruling, parent=parent, was_answer=was_answer)
    if ruling.act != Act.KEEP:
        tell_member(post.author_id, NoticeKind.DECISION, about=decision.uuid, post=post, at=decision.at)
        owe_letter(Purpose.DECISION, decision=decision)
    return decision


def decide_by_software(post: Post, after: State, *, ruling: Ruling, case: Case | None) -> Decision:
    """One decision that no person took, inside the caller's transaction. Raises CaseChanged: the post moved on."""
    decision = decide(post, after, ruling=ruling, moderator_id=None, batch=None)
    _state(decision, post, case)
    _log(decision, post, ruling, parent=None, was_answer=False)
    tell_member(post.author_id, NoticeKind.DECISION, about=decision.uuid, post=post, at=decision.at)
    owe_letter(Purpose.DECISION, decision=decision)
    return decision


def decide(post: Post, after: State, *, ruling: Ruling, moderator_id: int | None, batch: UUID | None) -> Decision:
    """The row of the decision with its grounds, and the post in its new state. Raises CaseChanged."""
    now = clock.now()
    before = State(post.state)
    is_first = after == State.PUBLISHED and post.published_at is None
    if not change_state(post, after, at=now, published_at=now if is_first else post.published_at):
        raise CaseChanged
    return keep_decision(
        post,
        ruling=ruling,
        before=before,
        moderator_id=moderator_id,
        at=now,
        is_restriction=deciding.is_restriction(ruling.act, before=before),
        batch=batch,
    )


def _state(decision: Decision, post: Post, case: Case | None) -> None:
    if decision.contest_until:
        state_reasons(decision, post, visibility=statements.name_visibility(Act(decision.act)), case=case)


def are_known(grounds: tuple[Ground, ...]) -> bool:
    """Rules of the terms, and illegal content with the provision that it breaks."""
    return bool(grounds) and all(
        bool(ground.law) if ground.clause == ILLEGAL else ground.clause in Clause.values for ground in grounds
    )


def _is_stale(post: Post, case: Case | None, ruling: Ruling) -> bool:
    if ruling.seen is None:  # what waits is meant, and nothing else
        return case is None
    return (ruling.seen.case, ruling.seen.post) != (case.version if case else 0, post.version)


def _require_right(post: Post, case: Case | None, moderator_id: int, power: Power) -> None:
    if not deciding.may_decide(power, state=State(post.state), was_published=post.published_at is not None):
        raise NotAllowed
    if case:
        require_unclaimed(case, moderator_id)


def _require_same(post: Post, moderator_id: int, ruling: Ruling) -> Decision:
    """The same decision of the same person, sent twice, was taken once. Raises for any other what changed."""
    if post.state == State.WITHDRAWN:
        raise AuthorWithdrew
    taken = queries.find_last_decision(post)
    is_settled = taken is not None and taken.after == post.state and queries.find_open_case(post) is None
    if taken and is_settled and taken.moderator_id == moderator_id and _is_same(taken, ruling):
        return taken
    if ruling.seen and ruling.seen.post != post.version:
        raise WordingChanged
    if taken and taken.moderator_id is None and taken.after == post.state:
        raise AlreadyDecided.tell_software(at=taken.at)
    if taken is None or not is_settled:
        raise AlreadyDecided if taken is None and ruling.seen is None else CaseChanged
    raise AlreadyDecided.tell(taken.act, at=taken.at, by_same=taken.moderator_id == moderator_id)


def _is_same(taken: Decision, ruling: Ruling) -> bool:
    named = [(ground.clause, ground.law) for ground in ruling.grounds] if ruling.act in deciding.EXPLAINED else []
    kept = list(taken.grounds.values_list("clause", "law"))
    return (taken.act, taken.message, kept) == (ruling.act, ruling.message, named)


def _log(decision: Decision, post: Post, ruling: Ruling, *, parent: LogEntry | None, was_answer: bool) -> None:
    log_act(
        decision.act,
        actor_id=decision.moderator_id,
        course_key=post.thread.course_key,
        subject_kind="post",
        subject=post.uuid,
        before={"state": decision.before, "version": decision.version, "was_answer": was_answer},
        after={"state": decision.after, "decision": str(decision.uuid), "clause": decision.clause},
        why=ruling.note,
        parent=parent,
    )
