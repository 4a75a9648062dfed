"""Answer an appeal: a second person, never who decided, says why the decision stands, or reverses it by a new one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Act, Ruling, Seen
from solerni_xblocks.discussion.data.contesting import SecondReading
from solerni_xblocks.discussion.errors.contesting import REFUSALS, AppealChanged, AppealClosed, ReversalMissing
from solerni_xblocks.discussion.flows.claim_appeal import require_unclaimed
from solerni_xblocks.discussion.flows.contest import require_text
from solerni_xblocks.discussion.flows.decide import rule_on
from solerni_xblocks.discussion.flows.lock_thread import open_again
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.sanction import end_sanction
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import Appeal, Decision, NoticeKind, Post, Purpose
from solerni_xblocks.discussion.queries import appeals


@transaction.atomic
def answer_appeal(reader_id: int, appeal_uuid: UUID, reading: SecondReading) -> None:
    """Close the case with a reasoned answer; answered twice alike by the same person, answered once."""
    appeal = appeals.get_appeal(appeal_uuid, reader_id=reader_id)
    post = queries.lock_post(appeal.decision.post.uuid)
    appeal = appeals.lock_appeal(appeal)
    refusal = appeals.find_refusal(appeal, reader_id)
    if refusal:
        raise REFUSALS[refusal]
    if not appeal.is_open:
        _require_same(appeal, reader_id, reading)
        return
    require_text(reading.text)
    require_unclaimed(appeal, reader_id)
    if appeal.version != reading.seen:
        raise AppealChanged
    outcome = _reverse(appeal, post, reader_id, reading) if reading.is_reversed else None
    _close(appeal, post, reader_id, reading, outcome)


def _reverse(appeal: Appeal, post: Post, reader_id: int, reading: SecondReading) -> Decision | None:
    """The decision that turns the first round. None where there is nothing to turn: the post has moved on since, or the
    decision was a sanction, which is lifted."""
    if hasattr(appeal.decision, "sanction"):
        end_sanction(appeal.decision.sanction, reader_id, why=reading.text)
        return None
    acts = appeals.list_acts(appeal, post)
    if not acts:
        return None
    act = reading.act or (acts[0] if len(acts) == 1 else None)
    if act not in acts:
        raise ReversalMissing
    if act == Act.UNLOCK:
        return open_again(post, moderator_id=reader_id)
    case = queries.find_open_case(post)
    ruling = Ruling(
        act=act,
        grounds=reading.grounds,
        message=reading.message,
        seen=Seen(case=case.version if case else 0, post=post.version),
    )
    return rule_on(post.uuid, moderator_id=reader_id, ruling=ruling)


def _close(appeal: Appeal, post: Post, reader_id: int, reading: SecondReading, outcome: Decision | None) -> None:
    now = clock.now()
    Appeal.objects.filter(pk=appeal.pk).update(
        is_open=False,
        is_reversed=reading.is_reversed,
        answer=reading.text,
        outcome=outcome,
        second_reader_id=reader_id,
        claimed_until=None,
        answered_at=now,
        version=F("version") + 1,
    )
    appeal.refresh_from_db(fields=["is_open", "is_reversed", "answer", "answered_at"])
    tell_member(appeal.member_id, NoticeKind.APPEAL, about=appeal.uuid, post=post, at=now)
    owe_letter(Purpose.ANSWER, appeal=appeal)
    log_act(
        "answer_appeal",
        actor_id=reader_id,
        course_key=appeal.course_key,
        subject_kind="appeal",
        subject=appeal.uuid,
        before={"decision": str(appeal.decision.uuid)},
        after={"reversed": reading.is_reversed, "decision": str(outcome.uuid) if outcome else None},
    )


def _require_same(appeal: Appeal, reader_id: int, reading: SecondReading) -> None:
    """The same answer of the same person, sent twice, was given once. Raises AppealClosed for any other."""
    given = (appeal.second_reader_id, appeal.is_reversed, appeal.answer)
    if given != (reader_id, reading.is_reversed, reading.text):
        raise AppealClosed.tell(appeal.answered_at) if appeal.answered_at else AppealClosed
