"""What the page of one case shows: the message with its marks, why it is here, what stands around it, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.api import ReportReason
from solerni_xblocks.discussion.data import (
    Act,
    Batch,
    CaseReading,
    DecisionRecord,
    Neighbour,
    Outcome,
    Part,
    PastWording,
    Piece,
    Reason,
    ReportView,
    Seen,
    State,
)
from solerni_xblocks.discussion.presenters.explanations import explain
from solerni_xblocks.discussion.presenters.posts import ClauseView, view_clause, view_ground, view_posts
from solerni_xblocks.discussion.presenters.queue import find_titles, view_cases
from solerni_xblocks.discussion.presenters.sanctions import view_sanctions
from solerni_xblocks.discussion.presenters.texts import (
    Names,
    Segment,
    find_names,
    make_draft_key,
    mark_passages,
    name_author,
)
from solerni_xblocks.discussion.rules.differences import compare

STATES = {
    State.PUBLISHED: _("Published"),
    State.HELD: _("Waiting"),
    State.REVISING: _("To be corrected"),
    State.REFUSED: _("Refused"),
    State.HIDDEN: _("Hidden"),
    State.REMOVED: _("Removed"),
    State.WITHDRAWN: _("Withdrawn by its author"),
}
DONE = {
    Act.PUBLISH: _("Published"),
    Act.REFUSE: _("Refused"),
    Act.ASK: _("Sent back for correction"),
    Act.KEEP: _("Kept as it is"),
    Act.HIDE: _("Hidden"),
    Act.REMOVE: _("Removed"),
    Act.RESTORE: _("Restored"),
    Act.WARN: _("Author warned"),
    Act.MUTE: _("Author set to reading only"),
    Act.LOCK: _("Thread locked"),
    Act.UNLOCK: _("Thread open again"),
}
EXCERPT = 400


@dataclass(frozen=True, kw_only=True)
class ReasonView:
    """What one rule saw: the words, how sure it was, from when on it speaks. ``is_dry``: it was only tried."""

    clause: ClauseView | None
    explanation: Any
    seen: str
    score: float | None
    threshold: float | None
    is_dry: bool
    is_grave: bool


@dataclass(frozen=True, kw_only=True)
class NeighbourView:
    """A message around the one to be decided on."""

    neighbour: Neighbour
    author: Any
    state: Any
    text: str


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A report, with who made it."""

    report: ReportView
    reporter: Any
    reason: Any


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """A decision, with who took it; a nameless one was taken by software."""

    decision: DecisionRecord
    moderator: Any
    done: Any
    clauses: list[ClauseView]


def view_case(reading: CaseReading, *, viewer_id: int) -> dict[str, Any]:
    """What the page of a case shows, but for its form."""
    titles = find_titles([reading.course_key])
    names = find_names(_list_people(reading))
    post = view_posts([reading.post], viewer_id=viewer_id)[0]
    lines = view_cases([reading.case], viewer_id=viewer_id, titles=titles) if reading.case else [None]
    return {
        "post": post,
        "line": lines[0],
        "state": STATES[reading.post.state],
        "course_title": titles[reading.course_key],
        "place_url": reverse("solerni_discussion:thread", args=[reading.post.thread_uuid]),
        "title": _mark(reading, Part.TITLE),
        "source": _mark(reading, Part.BODY),
        "reasons": [_view_reason(reason) for reason in reading.reasons],
        "before": [_view_neighbour(one, names) for one in reading.before],
        "after": [_view_neighbour(one, names) for one in reading.after],
        "reports": [_view_report(one, names) for one in reading.reports],
        "decisions": [_view_decision(one, names) for one in reading.decisions],
        "wordings": reading.wordings,
        "changes": view_changes(reading.wordings, since=reading.post.version - 1),
        "record": reading.record,
        "sanctions": view_sanctions(reading.record.sanctions) if reading.record else [],
        "record_decisions": [_view_decision(one, names) for one in reading.record.decisions] if reading.record else [],
        "acts": reading.acts,
        "draft_key": make_draft_key(viewer_id, reading.post.uuid),
    }


def view_changes(wordings: Iterable[PastWording], *, since: int) -> tuple[Piece, ...]:
    """What the last wording changed in the one of number ``since``; nothing when that one is not kept."""
    listed = list(wordings)
    earlier = [one for one in listed if one.number <= since]
    if not earlier or earlier[-1] is listed[-1]:
        return ()
    return compare(_join(earlier[-1]), _join(listed[-1]))


def _join(wording: PastWording) -> str:
    return f"{wording.title}\n\n{wording.source}" if wording.title else wording.source


def _list_people(reading: CaseReading) -> list[int | None]:
    return [
        *(one.author_id for one in (*reading.before, *reading.after)),
        *(one.reporter_id for one in reading.reports),
        *(one.moderator_id for one in reading.decisions),
        *(one.moderator_id for one in (reading.record.decisions if reading.record else ())),
    ]


def _mark(reading: CaseReading, part: Part) -> list[Segment]:
    text = reading.post.title if part is Part.TITLE else reading.post.source
    return mark_passages(text, [reason for reason in reading.reasons if not reason.is_dry], part=part)


def _view_reason(reason: Reason) -> ReasonView:
    return ReasonView(
        clause=view_clause(reason.clause) if reason.clause else None,
        explanation=explain(reason),
        seen=reason.seen,
        score=reason.score,
        threshold=reason.threshold,
        is_dry=reason.is_dry,
        is_grave=reason.outcome >= Outcome.HOLD,
    )


def _view_neighbour(one: Neighbour, names: Names) -> NeighbourView:
    text = one.plain if len(one.plain) <= EXCERPT else f"{one.plain[:EXCERPT]}…"
    return NeighbourView(neighbour=one, author=name_author(one, names), state=STATES[one.state], text=text)


def _view_report(one: ReportView, names: Names) -> ReportLine:
    return ReportLine(report=one, reporter=names[one.reporter_id], reason=ReportReason(one.reason).label)


def _view_decision(one: DecisionRecord, names: Names) -> DecisionLine:
    return DecisionLine(
        decision=one,
        moderator=names[one.moderator_id] if one.moderator_id else "",
        done=DONE[one.act],
        clauses=[view_ground(ground) for ground in one.grounds],
    )


def list_buttons(acts: Iterable[Act], words: Mapping[Act, Any]) -> list[dict[str, Any]]:
    """One button an act; the lightest comes first and is the main one."""
    return [{"act": act.value, "name": words[act], "is_primary": place == 0} for place, act in enumerate(acts)]


def view_chosen(
    readings: Iterable[CaseReading], chosen: Mapping[UUID, Seen], *, viewer_id: int
) -> list[dict[str, Any]]:
    """The messages of a gesture before it is confirmed, each with what was shown of it."""
    listed = list(readings)
    posts = view_posts([reading.post for reading in listed], viewer_id=viewer_id)
    return [
        {
            "post": post,
            "state": STATES[reading.post.state],
            "source": _mark(reading, Part.BODY),
            "can": reading.acts,
            "choice": f"{reading.post.uuid}~{chosen[reading.post.uuid].case}~{chosen[reading.post.uuid].post}",
        }
        for reading, post in zip(listed, posts, strict=True)
    ]


def view_failures(gesture: Batch, readings: Iterable[CaseReading]) -> list[dict[str, Any]]:
    """What could not be decided, and why."""
    titles = {reading.post.uuid: reading.post.title for reading in readings}
    return [{"uuid": uuid, "title": titles.get(uuid, ""), "why": why} for uuid, why in gesture.failed]
