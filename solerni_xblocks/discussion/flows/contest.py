"""Contest: the author of a post, or who reported it, asks a second person to read a decision again; then both write.

No flow closes what was contested but the answer of a person (``answer_appeal``).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.errors.contesting import (
    REFUSALS,
    AlreadyContested,
    AppealClosed,
    AppealNotFound,
    AppealTextMissing,
    AppealTextTooLong,
    ContestClosed,
    NotContestable,
)
from solerni_xblocks.discussion.flows.claim_appeal import require_unclaimed
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.open_case import promise_answer
from solerni_xblocks.discussion.flows.send_letters import owe_letter
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import Appeal, AppealMessage, Decision, NoticeKind, Purpose, Report
from solerni_xblocks.discussion.queries import appeals
from solerni_xblocks.discussion.rules.contesting import choose_readers

MAX_TEXT = 4000


@transaction.atomic
def contest_decision(contester: Contester, decision_uuid: UUID, words: Words) -> UUID:
    """One complaint of one person about one decision; sent twice, it is one. Returns its uuid."""
    decision = appeals.get_decision(decision_uuid)
    queries.lock_post(decision.post.uuid)  # of two complaints at once, the second finds the first
    party, report = appeals.find_party(decision, contester)
    made = appeals.find_appeal(decision, contester, report)
    if made:
        if made.messages.filter(submission=words.submission).exists():
            return made.uuid
        raise AlreadyContested
    require_text(words.text)
    now = clock.now()
    closes_at = appeals.find_closing(decision, party)
    if closes_at is None or hasattr(decision, "undone_by"):
        raise NotContestable
    if now > closes_at:
        raise ContestClosed.tell(closes_at)
    return _open(decision, contester, report, words, at=now).uuid


def _open(decision: Decision, contester: Contester, report: Report | None, words: Words, *, at: datetime) -> Appeal:
    is_unknown = report is not None and report.reporter_id is None
    appeal = Appeal.objects.create(
        decision=decision,
        report=report,
        member_id=None if is_unknown else contester.member_id,
        course_key=decision.post.thread.course_key,
        at=at,
        due_at=promise_answer(at),
    )
    _write(appeal, words, writer_id=appeal.member_id, by_moderation=False, at=at)
    _tell_readers(appeal, at=at)
    log_act(
        "contest",
        actor_id=appeal.member_id,
        course_key=appeal.course_key,
        subject_kind="appeal",
        subject=appeal.uuid,
        after={"decision": str(decision.uuid), "party": "reporter" if report else "author"},
    )
    return appeal


@transaction.atomic
def write_as_contester(contester: Contester, decision_uuid: UUID, words: Words) -> None:
    """Who contested adds to the dialogue; sent twice, it is one message."""
    decision = appeals.get_decision(decision_uuid)
    queries.lock_post(decision.post.uuid)
    _party, report = appeals.find_party(decision, contester)
    appeal = appeals.find_appeal(decision, contester, report)
    if appeal is None:
        raise AppealNotFound
    if _require_writable(appeal, words):
        now = clock.now()
        _write(appeal, words, writer_id=appeal.member_id, by_moderation=False, at=now)
        Appeal.objects.filter(pk=appeal.pk).update(version=F("version") + 1)
        _tell_readers(appeal, at=now)


@transaction.atomic
def write_as_reader(reader_id: int, appeal_uuid: UUID, words: Words) -> None:
    """A second reader asks who contested; sent twice, it is one message."""
    appeal = appeals.get_appeal(appeal_uuid, reader_id=reader_id)
    queries.lock_post(appeal.decision.post.uuid)
    appeal = appeals.lock_appeal(appeal)
    refusal = appeals.find_refusal(appeal, reader_id)
    if refusal:
        raise REFUSALS[refusal]
    if not _require_writable(appeal, words):
        return
    require_unclaimed(appeal, reader_id)
    now = clock.now()
    message = _write(appeal, words, writer_id=reader_id, by_moderation=True, at=now)
    tell_member(appeal.member_id, NoticeKind.APPEAL, about=appeal.uuid, post=appeal.decision.post, at=now)
    owe_letter(Purpose.QUESTION, appeal=appeal, message=message)
    log_act(
        "write_appeal",
        actor_id=reader_id,
        course_key=appeal.course_key,
        subject_kind="appeal",
        subject=appeal.uuid,
    )


def require_text(text: str) -> None:
    """Something is said, in at most a page. Raises AppealTextMissing, AppealTextTooLong."""
    if not text:
        raise AppealTextMissing
    if len(text) > MAX_TEXT:
        raise AppealTextTooLong


def _require_writable(appeal: Appeal, words: Words) -> bool:
    """Whether the message is new. Raises AppealClosed once a person has answered."""
    if appeal.messages.filter(submission=words.submission).exists():
        return False
    require_text(words.text)
    if not appeal.is_open:
        raise AppealClosed.tell(appeal.answered_at) if appeal.answered_at else AppealClosed
    return True


def _write(appeal: Appeal, words: Words, *, writer_id: int | None, by_moderation: bool, at: datetime) -> AppealMessage:
    return AppealMessage.objects.create(
        appeal=appeal,
        writer_id=writer_id,
        submission=words.submission,
        by_moderation=by_moderation,
        text=words.text,
        at=at,
    )


def _tell_readers(appeal: Appeal, *, at: datetime) -> None:
    """Whoever works on it; else all who may."""
    post, course_key = appeal.decision.post, CourseKey.from_string(appeal.course_key)
    if appeal.second_reader_id is not None and appeal.claimed_until and appeal.claimed_until > at:
        readers: tuple[int, ...] = (appeal.second_reader_id,)
    else:
        reporters = post.reports.values_list("reporter_id", flat=True)
        barred = {appeal.decision.moderator_id, post.author_id, appeal.member_id, *reporters}
        appointed = queries.list_appointed(str(course_key))
        readers = choose_readers(appointed, queries.list_pool(), barred=barred)
    for reader_id in readers:
        tell_member(reader_id, NoticeKind.SECOND, about=appeal.uuid, post=post, at=at, mail_due_at=at)
