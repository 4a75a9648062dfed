"""Keep a decision: its row with the clauses it rests on, in the version of the terms in force. Never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from solerni_xblocks.discussion.data import Ground, Ruling
from solerni_xblocks.discussion.models import ILLEGAL, Decision, DecisionGround, Post, State
from solerni_xblocks.discussion.rules import deciding
from solerni_xblocks.discussion.rules.contesting import find_end
from solerni_xblocks.hooks import clauses


def keep_decision(
    post: Post,
    *,
    ruling: Ruling,
    before: State,
    moderator_id: int | None,
    at: datetime,
    is_restriction: bool,
    batch: UUID | None = None,
) -> Decision:
    """The row of what was decided on ``post``, which stands in its new state; contestable when it restricts."""
    grounds = ruling.grounds if ruling.act in deciding.EXPLAINED else ()  # a rule is named to take something away
    decision = Decision.objects.create(
        post=post,
        moderator_id=moderator_id,
        act=ruling.act,
        version=post.version,
        outcome=post.state,
        clause=grounds[0].clause if grounds else "",
        message=ruling.message,
        before=before,
        after=post.state,
        batch=batch,
        contest_until=find_end(at) if is_restriction else None,
        at=at,
    )
    keep_grounds(decision, grounds)
    return decision


def keep_grounds(decision: Decision, grounds: Iterable[Ground]) -> None:
    """Why it was decided, each ground with the clause in the version now in force."""
    DecisionGround.objects.bulk_create(_make_ground(decision, ground) for ground in grounds)


def _make_ground(decision: Decision, ground: Ground) -> DecisionGround:
    return DecisionGround(
        decision=decision,
        clause=ground.clause,
        law=ground.law,
        terms_url="" if ground.clause == ILLEGAL else clauses.find_clause_url(ground.clause),
        part=ground.part,
        start=ground.passage.start if ground.passage else None,
        end=ground.passage.end if ground.passage else None,
        explanation=ground.explanation,
    )
