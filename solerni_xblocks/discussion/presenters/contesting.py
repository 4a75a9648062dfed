"""What the page of a decision and the pages of second readers show, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.api import ReportReason, find_promised_hours
from solerni_xblocks.discussion.data import Act, DecisionRecord, Part
from solerni_xblocks.discussion.data.contesting import (
    AppealCursor,
    AppealLine,
    AppealMessage,
    AppealPage,
    AppealReading,
    AppealRecord,
    DecisionReading,
    Party,
    StatementRecord,
)
from solerni_xblocks.discussion.presenters.cases import DONE, STATES
from solerni_xblocks.discussion.presenters.posts import ClauseView, view_ground
from solerni_xblocks.discussion.presenters.queue import find_titles, list_named, say_left, say_takers
from solerni_xblocks.discussion.presenters.texts import Segment, find_names, make_draft_key, mark_passages
from solerni_xblocks.host import api as host

MEMBER_STATES = 27
RESTRICTIONS = {
    "DECISION_VISIBILITY_CONTENT_REMOVED": _("The message is taken out of the discussion."),
    "DECISION_VISIBILITY_CONTENT_DISABLED": _("Others do not see the message."),
    "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED": _("Others see it, and cannot answer."),
    "DECISION_PROVISION_PARTIAL_SUSPENSION": _("You read, and do not write, in the discussions of one course."),
}
SOURCES = {
    "SOURCE_ARTICLE_16": _("A notice that the message is illegal (article 16)"),
    "SOURCE_TRUSTED_FLAGGER": _("A notice of a trusted flagger"),
    "SOURCE_VOLUNTARY": _("The service's own initiative"),
    "SOURCE_TYPE_OTHER_NOTIFICATION": _("Reports of members"),
}
AUTOMATION = {
    "AUTOMATED_DECISION_FULLY": _("Software decided alone, and no person has read the message yet."),
    "AUTOMATED_DECISION_PARTIALLY": _("Software and a person decided."),
    "AUTOMATED_DECISION_NOT_AUTOMATED": _("A person decided."),
}
GROUNDS = {
    "DECISION_GROUND_ILLEGAL_CONTENT": _("The message is held to be illegal"),
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": _("The message is not compatible with the terms of use"),
}
PARTIES = {Party.AUTHOR: _("The author contests"), Party.REPORTER: _("Who reported contests")}
DECIDED = {
    Act.PUBLISH: _("Your message was published."),
    Act.REFUSE: _("Your message was refused."),
    Act.ASK: _("You are asked to correct your message."),
    Act.HIDE: _("Your message was hidden."),
    Act.REMOVE: _("Your message was removed."),
    Act.RESTORE: _("Your message is shown again."),
    Act.WARN: _("You are warned for this message."),
    Act.MUTE: _("For some days you can read, and not write, in the discussions of this course."),
    Act.LOCK: _("Your thread was locked: it takes no more messages."),
    Act.UNLOCK: _("Your thread takes messages again."),
}
ANSWERED = {
    Act.KEEP: _("The message that you reported stays as it is."),
    Act.PUBLISH: _("The message that you reported stays."),
    Act.RESTORE: _("The message that you reported is shown again."),
    Act.REFUSE: _("The message that you reported was refused."),
    Act.ASK: _("The author of the message that you reported was asked to correct it."),
    Act.HIDE: _("The message that you reported was hidden."),
    Act.REMOVE: _("The message that you reported was removed."),
}


@dataclass(frozen=True, kw_only=True)
class StatementView:
    """The statement of reasons, point by point as article 17(3) lists them."""

    restriction: Any
    territory: Any
    facts: str
    source: Any
    by_rule: bool
    automation: Any
    ground: Any
    statement: StatementRecord


@dataclass(frozen=True, kw_only=True)
class GroundView:
    """One rule that was named, and why."""

    clause: ClauseView
    explanation: str


@dataclass(frozen=True, kw_only=True)
class AppealLineView:
    """A line of the list of appeals."""

    line: AppealLine
    url: str
    party: Any
    done: Any
    decider: Any
    claimant: Any
    course_title: str
    left: str
    is_overdue: bool
    takers: str


def view_decision(reading: DecisionReading, *, viewer_id: int | None) -> dict[str, Any]:
    """What the page of a decision shows to its author, or to who reported."""
    words = DECIDED if reading.party is Party.AUTHOR else ANSWERED
    return {
        "reading": reading,
        "is_author": reading.party is Party.AUTHOR,
        "sentence": words[reading.decision.act],
        "state": STATES[reading.state],
        "grounds": _view_grounds(reading.decision),
        "title": _mark(reading, Part.TITLE),
        "source": _mark(reading, Part.BODY),
        "statement": view_statement(reading.statement) if reading.statement else None,
        "reason": ReportReason(reading.report.reason).label if reading.report else "",
        "course_title": host.courses().get_title(reading.course_key),
        "thread_url": reverse("solerni_discussion:thread", args=[reading.thread_uuid]) if viewer_id else "",
        "left": _say_left(reading.appeal),
        "said": _name_sides(reading.appeal),
        "draft_key": make_draft_key(viewer_id or 0, reading.decision.uuid),
    }


def view_statement(statement: StatementRecord) -> StatementView:
    """The codes of a statement in words."""
    is_everywhere = len(statement.territory) >= MEMBER_STATES
    return StatementView(
        restriction=RESTRICTIONS[statement.visibility or statement.provision],
        territory=_("The European Union, and everywhere else") if is_everywhere else ", ".join(statement.territory),
        facts=statement.facts,
        source=SOURCES[statement.source_type],
        by_rule=statement.automated_detection,
        automation=AUTOMATION[statement.automated_decision],
        ground=GROUNDS[statement.ground],
        statement=statement,
    )


def view_appeals(page: AppealPage) -> dict[str, Any]:
    """What the list of appeals shows; one query for all names."""
    titles = find_titles(line.course_key for line in page.lines)
    takers = [id_ for line in page.lines for id_ in list_named(line.takers)]
    names = find_names([line.decided_by for line in page.lines] + _list_holders(page.lines) + takers)
    return {
        "lines": [_view_line(line, names, titles) for line in page.lines],
        "total": page.total,
        "next": format_appeal_cursor(page.after) if page.after else "",
    }


def view_appeal(reading: AppealReading, *, viewer_id: int) -> dict[str, Any]:
    """What the page of one appeal shows to a second reader."""
    appeal = reading.appeal
    said = [message.writer_id for message in appeal.messages]
    names = find_names([*said, reading.author_id, reading.decision.moderator_id, appeal.second_reader_id])
    claim = appeal.claim
    holder = find_names([claim.member_id])[claim.member_id] if claim else ""
    return {
        "reading": reading,
        "appeal": appeal,
        "party": PARTIES[appeal.party],
        "author": names[reading.author_id],
        "decider": names[reading.decision.moderator_id] if reading.decision.moderator_id else "",
        "reader": names[appeal.second_reader_id] if appeal.second_reader_id else "",
        "said": [(message, names[message.writer_id]) for message in appeal.messages],
        "done": DONE[reading.decision.act],
        "outcome": DONE[appeal.outcome.act] if appeal.outcome else "",
        "state": STATES[reading.state],
        "grounds": _view_grounds(reading.decision),
        "title": _mark(reading, Part.TITLE),
        "source": _mark(reading, Part.BODY),
        "statement": view_statement(reading.statement) if reading.statement else None,
        "reason": ReportReason(reading.report.reason).label if reading.report else "",
        "course_title": host.courses().get_title(reading.course_key),
        "case_url": reverse("solerni_discussion:case", args=[reading.post_uuid]),
        "left": _say_left(appeal),
        "holder": holder,
        "is_mine": claim is not None and claim.member_id == viewer_id,
        "draft_key": make_draft_key(viewer_id, appeal.uuid),
    }


def format_appeal_cursor(cursor: AppealCursor) -> str:
    """``cursor`` as an address carries it."""
    return f"{cursor.due_at.isoformat()}~{cursor.id}"


def _view_grounds(decision: DecisionRecord) -> list[GroundView]:
    return [GroundView(clause=view_ground(ground), explanation=ground.explanation) for ground in decision.grounds]


def _mark(reading: DecisionReading | AppealReading, part: Part) -> list[Segment]:
    text = reading.title if part is Part.TITLE else reading.source
    return mark_passages(text, [*reading.decision.grounds, *reading.reasons], part=part)


def _name_sides(appeal: AppealRecord | None) -> list[tuple[AppealMessage, Any]]:
    """The dialogue as who contested reads it: second readers stay without a name."""
    messages = appeal.messages if appeal else ()
    return [(message, _("Second reader") if message.by_moderation else _("You")) for message in messages]


def _say_left(appeal: AppealRecord | None) -> str:
    return say_left(find_promised_hours(appeal.due_at)) if appeal and appeal.is_open else ""


def _list_holders(lines: Iterable[AppealLine]) -> list[int | None]:
    return [line.claim.member_id for line in lines if line.claim]


def _view_line(line: AppealLine, names: Any, titles: Any) -> AppealLineView:
    return AppealLineView(
        line=line,
        url=reverse("solerni_discussion:appeal", args=[line.uuid]),
        party=PARTIES[line.party],
        done=DONE[line.act],
        decider=names[line.decided_by] if line.decided_by else "",
        claimant=names[line.claim.member_id] if line.claim else "",
        course_title=titles[line.course_key],
        left=say_left(find_promised_hours(line.due_at)),
        is_overdue=line.due_at <= clock.now(),
        takers=say_takers(line.takers, names),
    )
