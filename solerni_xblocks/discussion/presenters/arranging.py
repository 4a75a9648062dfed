"""What moderators do with threads, in words: their tools, what came of an act, and what readers learn of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.datekit import format_field
from solerni_xblocks.discussion.api import Clause
from solerni_xblocks.discussion.data import Act, Kind, MessageTemplate, ThreadReading, ThreadRecord, Window
from solerni_xblocks.discussion.data.arranging import Lock, Move, PostLine, Rearrangement, Workbench
from solerni_xblocks.discussion.presenters.cases import STATES
from solerni_xblocks.discussion.presenters.posts import ClauseView, view_clause
from solerni_xblocks.discussion.presenters.texts import find_names, name_author

KINDS = ((Kind.DISCUSSION, _("Discussion")), (Kind.QUESTION, _("Question")))
SAID = {
    "pinned": _("The thread stands first in the list."),
    "unpinned": _("The thread takes its place among the others."),
    "locked": _("The thread is locked. Who opened it is told why, and may contest it."),
    "unlocked": _("The thread takes messages again."),
    "resolved": _("The course issue is resolved. Who takes part in it is told."),
    "reopened": _("The course issue is open again."),
    "scheduled": _("Learners see the thread as you chose, and staff always."),
    "moved": _("The thread stands in “%(name)s” now. Its address leads there."),
    "split": _("The messages stand in a thread of their own now: this one."),
    "merged": _("The messages stand in this thread now. The old address leads here."),
}
PAST = {
    Move.MOVED: _("Moved here from “%(place)s”"),
    Move.LEFT: _("Messages were taken out of it, into:"),
    Move.MADE: _("Made of messages of:"),
    Move.TOOK_IN: _("Holds the messages of:"),
}


@dataclass(frozen=True, kw_only=True)
class LockView:
    """Why a thread is locked, as its readers see it."""

    lock: Lock
    clauses: Sequence[ClauseView]


@dataclass(frozen=True, kw_only=True)
class WindowView:
    """When learners will see a thread, when they will no longer, since when they do not: what is still of interest."""

    begins: datetime | None
    ends: datetime | None
    ended: datetime | None


@dataclass(frozen=True, kw_only=True)
class PastView:
    """One thing that happened to a thread; ``other``: the thread to go to, when it is another one."""

    happened: Rearrangement
    words: str
    other: str


@dataclass(frozen=True, kw_only=True)
class PostChoice:
    """A message that can be ticked; ``state`` is empty for one that everybody reads."""

    post: PostLine
    author: Any
    state: Any


def view_arranged(reading: ThreadReading) -> dict[str, Any]:
    """What stands above the messages of a thread."""
    return {
        "lock": _view_lock(reading.lock) if reading.lock else None,
        "past": [_view_past(one) for one in reading.past],
        "is_moderator": reading.viewer.is_moderator,
        "resolver": _name_resolver(reading.thread),
        "window": view_window(reading.thread.window),
        "may_reply": reading.viewer.is_moderator or not reading.thread.is_locked,
    }


def view_window(window: Window) -> WindowView:
    """When learners see a thread, as it matters now."""
    now = clock.now()
    return WindowView(
        begins=window.begins if window.begins and now < window.begins else None,
        ends=window.ends if window.ends and now < window.ends else None,
        ended=window.ends if window.ends and window.ends <= now else None,
    )


def answer_workbench(bench: Workbench, templates: Iterable[MessageTemplate]) -> dict[str, Any]:
    """The JSON of a moderator's tools for one thread."""
    names = find_names(post.author_id for post in bench.posts)
    context = {
        "bench": bench,
        "thread": bench.thread,
        "clauses": Clause.choices,
        "kinds": KINDS,
        "window": bench.window,
        "shown_from": format_field(bench.window.begins) if bench.window else "",
        "shown_until": format_field(bench.window.ends) if bench.window else "",
        "zone": conf.get("SOLERNI_TIME_ZONE"),
        "posts": [_view_choice(post, names) for post in bench.posts],
        "templates": [template for template in templates if template.act == Act.LOCK],
    }
    return {"html": render_to_string("solerni/discussion/arrange.html", context)}


def answer_arranged(done: str, *, thread: object = "", name: str = "") -> dict[str, Any]:
    """The JSON of what a moderator did with a thread: what to say, and the thread to show."""
    return {"said": str(SAID[done]) % {"name": name or _("Discussion")}, "thread": str(thread)}


def _name_resolver(thread: ThreadRecord) -> str:
    """Who said that the course issue is mended; empty where nobody did, or has left since."""
    return find_names([thread.resolved_by])[thread.resolved_by] if thread.resolved_by else ""


def _view_lock(lock: Lock) -> LockView:
    return LockView(lock=lock, clauses=[view_clause(one.clause, url=one.terms_url) for one in lock.grounds])


def _view_past(one: Rearrangement) -> PastView:
    words = str(PAST[one.move]) % {"place": one.place or _("Discussion")}
    is_elsewhere = one.move in (Move.LEFT, Move.MADE)
    return PastView(happened=one, words=words, other=str(one.thread_uuid) if is_elsewhere and one.thread_uuid else "")


def _view_choice(post: PostLine, names: Any) -> PostChoice:
    state = "" if post.state == "published" else STATES[post.state]
    return PostChoice(post=post, author=name_author(post, names), state=state)
