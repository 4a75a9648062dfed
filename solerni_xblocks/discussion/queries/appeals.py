"""Decisions as those concerned read them, and appeals as second readers do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db.models import Count, Prefetch, Q, QuerySet
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Power, State
from solerni_xblocks.discussion.data import contesting as shapes
from solerni_xblocks.discussion.data.contesting import Contester, Party
from solerni_xblocks.discussion.data.queues import Lease
from solerni_xblocks.discussion.data.sanctions import SanctionRecord
from solerni_xblocks.discussion.errors.contesting import AppealNotFound, DecisionNotFound
from solerni_xblocks.discussion.models import Act, Appeal, Decision, Post, Report, Statement, Thread, Version
from solerni_xblocks.discussion.queries.arranging import find_lock_decision
from solerni_xblocks.discussion.queries.cases import to_report
from solerni_xblocks.discussion.queries.locks import is_thread_locked
from solerni_xblocks.discussion.queries.records import to_decision, to_reason
from solerni_xblocks.discussion.queries.roles import Scope, find_power
from solerni_xblocks.discussion.queries.sanctions import to_sanction
from solerni_xblocks.discussion.queries.showing import is_thread_shown
from solerni_xblocks.discussion.queries.takers import find_appeal_takers
from solerni_xblocks.discussion.rules.contesting import find_end, list_reversals, refuse_reader
from solerni_xblocks.discussion.rules.deciding import OF_THREADS
from solerni_xblocks.discussion.rules.sanctions import SANCTIONS

LINES_PER_PAGE = 25
_SALT = "solerni.discussion.notice"


def seal_report(report: Report) -> str:
    """What somebody without an account needs to read the answer to their notice; it is in their mail."""
    return signing.Signer(salt=_SALT).sign(str(report.uuid))


def get_decision(uuid: UUID) -> Decision:
    """The decision with all that is shown of it. Raises DecisionNotFound."""
    rows = Decision.objects.select_related("post__thread", "undone_by", "statement", "sanction")
    rows = rows.prefetch_related("grounds")
    row = rows.filter(uuid=uuid, undoes=None).first()
    if row is None:
        raise DecisionNotFound
    return row


def find_party(decision: Decision, contester: Contester) -> tuple[Party, Report | None]:
    """As what the person may read ``decision``, with their own report. Raises DecisionNotFound."""
    is_author = contester.member_id is not None and decision.post.author_id == contester.member_id
    if is_author and decision.act != Act.KEEP:  # that a report came to nothing is not for the author to know
        return Party.AUTHOR, None
    report = _find_report(decision, contester)
    if report is None:
        raise DecisionNotFound
    return Party.REPORTER, report


def _find_report(decision: Decision, contester: Contester) -> Report | None:
    answered = Report.objects.filter(decision=decision)
    if contester.member_id is not None:
        own = answered.filter(reporter_id=contester.member_id).order_by("-id").first()
        if own:
            return own
    try:
        uuid = UUID(signing.Signer(salt=_SALT).unsign(contester.seal))
    except (signing.BadSignature, ValueError):
        return None
    return answered.filter(uuid=uuid, reporter_id=None).first()


def find_appeal(decision: Decision, contester: Contester, report: Report | None) -> Appeal | None:
    """The complaint that this person made about ``decision``."""
    made = Appeal.objects.filter(decision=decision)
    if report is not None and report.reporter_id is None:
        return made.filter(report=report).first()
    return made.filter(member_id=contester.member_id).first() if contester.member_id is not None else None


def read_decision(uuid: UUID, contester: Contester) -> shapes.DecisionReading:
    """The decision for its author or for who reported. Raises DecisionNotFound."""
    row = get_decision(uuid)
    party, report = find_party(row, contester)
    post = row.post
    is_author = party is Party.AUTHOR
    wording = Version.objects.filter(post=post, number=row.version).first() if is_author else None
    appeal = find_appeal(row, contester, report)
    closes_at = find_closing(row, party)
    is_undone = hasattr(row, "undone_by")
    return shapes.DecisionReading(
        party=party,
        decision=to_decision(row) if is_author else hide_words(to_decision(row)),
        statement=_find_statement(row),
        title=post.thread.title if is_author or is_read(post.thread) else "",
        source=(wording.source if wording else post.source) if is_author else "",
        reasons=_list_reasons(row) if is_author else (),
        state=State(post.state),
        is_moved=_is_moved(row),
        thread_uuid=post.thread.uuid,
        post_uuid=post.uuid,
        course_key=CourseKey.from_string(post.thread.course_key),
        written_at=wording.at if wording else post.created_at,
        report=to_report(report) if report else None,
        by_notice=bool(report and report.good_faith),
        closes_at=closes_at,
        may_contest=closes_at is not None and not appeal and not is_undone and clock.now() <= closes_at,
        appeal=_hide_outcome(read_messages(appeal), party) if appeal else None,
        sanction=_find_sanction(row),
    )


def is_read(thread: Thread) -> bool:
    """Whether its learners read the thread now, and may be told its title."""
    return thread.state == State.PUBLISHED and is_thread_shown(thread)


def _is_moved(decision: Decision) -> bool:
    """Whether the post, or the lock of its thread, is no longer as the decision left it.

    What touches its author does not depend on that.
    """
    post = decision.post
    if decision.act in OF_THREADS:
        return not post.is_opening or is_thread_locked(post.thread) != (decision.act == Act.LOCK)
    return decision.act not in SANCTIONS and (post.state != decision.after or post.version != decision.version)


def _find_sanction(decision: Decision) -> SanctionRecord | None:
    return to_sanction(decision.sanction, now=clock.now()) if hasattr(decision, "sanction") else None


def _list_reasons(decision: Decision) -> tuple[data.Reason, ...]:
    """What rules saw in the wording that was judged."""
    return tuple(map(to_reason, decision.post.findings.filter(version=decision.version, is_dry=False)))


def hide_words(decision: data.DecisionRecord) -> data.DecisionRecord:
    """The decision without what was said to the author alone."""
    grounds = tuple(replace(ground, passage=None, explanation="") for ground in decision.grounds)
    return replace(decision, message="", grounds=grounds)


def _hide_outcome(appeal: shapes.AppealRecord, party: Party) -> shapes.AppealRecord:
    if party is Party.AUTHOR or appeal.outcome is None:
        return appeal
    return replace(appeal, outcome=hide_words(appeal.outcome))


def find_closing(decision: Decision, party: Party) -> datetime | None:
    """Until when the party may contest; None when nothing was taken from them."""
    if party is Party.AUTHOR:
        return decision.contest_until
    return find_end(decision.at)


def _find_statement(decision: Decision) -> shapes.StatementRecord | None:
    return to_statement(decision.statement, decision.uuid) if hasattr(decision, "statement") else None


def to_statement(row: Statement, uuid: UUID) -> shapes.StatementRecord:
    """``uuid`` is the decision's."""
    return shapes.StatementRecord(
        uuid=uuid,
        visibility=row.visibility,
        provision=row.provision,
        ends_on=row.ends_on,
        territory=_split(row.territory),
        facts=row.facts,
        source_type=row.source_type,
        automated_detection=row.automated_detection,
        automated_decision=row.automated_decision,
        ground=row.ground,
        ground_reference=row.ground_reference,
        ground_url=row.ground_url,
        explanation=row.explanation,
        is_also_illegal=row.is_also_illegal,
        category=row.category,
        keywords=_split(row.keywords),
        content_types=_split(row.content_type),
        content_language=row.content_language,
        content_on=row.content_on,
        applied_on=row.applied_on,
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def read_messages(row: Appeal) -> shapes.AppealRecord:
    """The complaint with its dialogue; ``outcome`` costs a query unless it was selected."""
    messages = tuple(
        shapes.AppealMessage(writer_id=one.writer_id, by_moderation=one.by_moderation, text=one.text, at=one.at)
        for one in row.messages.all()
    )
    return shapes.AppealRecord(
        uuid=row.uuid,
        party=Party.REPORTER if row.report_id else Party.AUTHOR,
        contester_id=row.member_id,
        is_open=row.is_open,
        version=row.version,
        claim=_find_claim(row),
        is_reversed=row.is_reversed,
        answer=row.answer,
        second_reader_id=None if row.is_open else row.second_reader_id,
        outcome=to_decision(row.outcome) if row.outcome else None,
        at=row.at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        messages=messages,
    )


def _find_claim(row: Appeal) -> Lease | None:
    if not row.is_open or row.second_reader_id is None or not row.claimed_until or row.claimed_until <= clock.now():
        return None
    return Lease(member_id=row.second_reader_id, until=row.claimed_until)


def get_appeal(uuid: UUID, *, reader_id: int) -> Appeal:
    """The appeal, of a course that the person moderates. Raises AppealNotFound."""
    rows = Appeal.objects.select_related("decision__post__thread", "report", "outcome")
    row = rows.filter(uuid=uuid).first()
    if row is None or find_power(reader_id, CourseKey.from_string(row.course_key)) is not Power.MODERATOR:
        raise AppealNotFound
    return row


def lock_appeal(row: Appeal) -> Appeal:
    """The same appeal as it is now, for who changes it until the transaction ends; its post is locked before."""
    now = Appeal.objects.select_for_update().get(pk=row.pk)
    now.decision, now.report = row.decision, row.report
    return now


def find_refusal(row: Appeal, reader_id: int) -> str:
    """Why the person may not answer, as a code of ``rules.contesting``."""
    reporters = row.decision.post.reports.filter(reporter_id__isnull=False).values_list("reporter_id", flat=True)
    return refuse_reader(
        reader_id,
        decided_by=row.decision.moderator_id,
        author_id=row.decision.post.author_id,
        contester_id=row.member_id,
        reporters=set(reporters),
    )


def list_acts(row: Appeal, post: Post) -> tuple[data.Act, ...]:
    """By what the decision can be reversed, when the post, or its thread, is still as the decision left it."""
    if row.decision.act == Act.LOCK:
        standing = find_lock_decision(post.thread) if post.is_opening else None
        return (data.Act.UNLOCK,) if standing and standing.pk == row.decision.pk else ()
    if row.decision.act in SANCTIONS or not post.source:  # a sanction is lifted: nothing happens to the post
        return ()
    if post.state != row.decision.after or post.version != row.decision.version:
        return ()
    return list_reversals(Party.REPORTER if row.report_id else Party.AUTHOR, State(post.state))


def read_appeal(uuid: UUID, *, reader_id: int) -> shapes.AppealReading:
    """All that the person needs to answer. Raises AppealNotFound."""
    row = get_appeal(uuid, reader_id=reader_id)
    decision = get_decision(row.decision.uuid)
    post = decision.post
    wording = Version.objects.filter(post=post, number=decision.version).first()
    return shapes.AppealReading(
        appeal=read_messages(row),
        decision=to_decision(decision),
        statement=_find_statement(decision),
        report=to_report(row.report) if row.report else None,
        title=post.thread.title,
        source=wording.source if wording else post.source,
        reasons=_list_reasons(decision),
        state=State(post.state),
        post_uuid=post.uuid,
        thread_uuid=post.thread.uuid,
        author_id=post.author_id,
        course_key=CourseKey.from_string(row.course_key),
        acts=list_acts(row, post) if row.is_open else (),
        refusal=find_refusal(row, reader_id),
        sanction=_find_sanction(decision),
    )


def list_appeals(scope: Scope, *, reader_id: int, after: shapes.AppealCursor | None) -> shapes.AppealPage:
    """A page of open appeals of what the person moderates."""
    waiting = open_appeals(scope)
    rows = (
        waiting
        if after is None
        else waiting.filter(Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, id__gt=after.id))
    )
    reports = Prefetch("decision__post__reports", Report.objects.filter(reporter_id__isnull=False))
    rows = rows.select_related("decision__post__thread").prefetch_related(reports).annotate(said=Count("messages"))
    found = list(rows.order_by("due_at", "id")[: LINES_PER_PAGE + 1])
    shown = found[:LINES_PER_PAGE]
    last = shown[-1] if len(found) > len(shown) else None
    takers = find_appeal_takers(row for row in shown if row.due_at <= clock.now())
    return shapes.AppealPage(
        lines=tuple(_to_line(row, reader_id, takers.get(row.pk)) for row in shown),
        total=waiting.count(),
        after=shapes.AppealCursor(due_at=last.due_at, id=last.pk) if last else None,
    )


def open_appeals(scope: Scope) -> QuerySet[Appeal]:
    """What waits for a second reader; trusted learners read none."""
    waiting = Appeal.objects.filter(is_open=True)
    return waiting if scope.is_everywhere else waiting.filter(course_key__in=scope.courses)


def _to_line(row: Appeal, reader_id: int, takers: tuple[int, ...] | None) -> shapes.AppealLine:
    refusal = refuse_reader(
        reader_id,
        decided_by=row.decision.moderator_id,
        author_id=row.decision.post.author_id,
        contester_id=row.member_id,
        reporters={report.reporter_id for report in row.decision.post.reports.all()},
    )
    return shapes.AppealLine(
        uuid=row.uuid,
        title=row.decision.post.thread.title,
        party=Party.REPORTER if row.report_id else Party.AUTHOR,
        act=data.Act(row.decision.act),
        decided_by=row.decision.moderator_id,
        claim=_find_claim(row),
        messages=row.said,
        at=row.at,
        due_at=row.due_at,
        course_key=CourseKey.from_string(row.course_key),
        may_answer=not refusal,
        takers=takers,
    )
