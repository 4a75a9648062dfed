"""The list of threads, and what chooses among them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.datekit import make_time_element
from solerni_xblocks.core.rowkit import Row, render_rows
from solerni_xblocks.discussion.data import Choice, Filter, Kind, State, ThreadPage, ThreadRecord, Unread, Window
from solerni_xblocks.discussion.data import Sort as Order
from solerni_xblocks.discussion.presenters.arranging import view_window
from solerni_xblocks.discussion.presenters.texts import Names, find_names, format_cursor, name_author, say_votes

SORT_LABELS = {
    Order.ACTIVITY: _("Latest activity"),
    Order.NEWEST: _("Newest"),
    Order.BEST: _("Best: most votes"),
    Order.REPLIES: _("Most replies"),
    Order.EMERGING: _("Emerging: lively these days"),
}
FILTER_LABELS = {
    Filter.ALL: _("All threads"),
    Filter.UNREAD: _("With something new"),
    Filter.UNANSWERED: _("Questions without an answer"),
    Filter.UNRESOLVED: _("Unresolved issues"),
    Filter.MINE: _("Mine"),
    Filter.FOLLOWED: _("Followed"),
    Filter.HELD: _("Held back"),
    Filter.REPORTED: _("Reported"),
}
EMPTY = {
    Filter.UNREAD: _("Nothing new: you have read everything."),
    Filter.UNANSWERED: _("Every question has its answer."),
    Filter.UNRESOLVED: _("Every course issue is resolved."),
    Filter.MINE: _("You have opened no thread here yet."),
    Filter.FOLLOWED: _("You follow no thread here yet: open one and choose “Follow”."),
    Filter.HELD: _("No thread is held back."),
    Filter.REPORTED: _("No thread was reported."),
}


@dataclass(frozen=True, kw_only=True)
class Option:
    """An entry of a list to choose from."""

    value: str
    label: Any
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class ThreadLook:
    """What the template of a line decides by. ``has_last``: the thread has a reply, and all may know whose."""

    state: State
    kind: Kind
    is_answered: bool
    is_resolved: bool
    is_unread: bool
    is_pinned: bool
    is_locked: bool
    is_quiet: bool
    is_reported: bool
    has_last: bool
    has_votes: bool
    has_window: bool


def answer_threads(page: ThreadPage, choice: Choice) -> dict[str, Any]:
    """The JSON of a page of threads."""
    return {
        "html": render_threads(page, choice),
        "after": format_cursor(page.after),
        "at": page.at.isoformat(),
        "threads": [str(thread.uuid) for thread in page.threads],
        "sort": page.sort,
    }


def render_threads(page: ThreadPage, choice: Choice) -> SafeString:
    """The lines of a page of threads."""
    names = find_names(id_ for thread in page.threads for id_ in (thread.author_id, thread.last_author_id))
    rows = [Row(_look_at(thread), _describe(thread, names)) for thread in page.threads]
    if rows:
        return render_rows("solerni/discussion/elements/thread.html", rows)
    empty = EMPTY.get(choice.filter, "") or (_("No thread of this kind yet.") if choice.kind else "")
    return render_to_string("solerni/discussion/no_thread.html", {"empty": empty})


def _look_at(thread: ThreadRecord) -> ThreadLook:
    return ThreadLook(
        state=thread.state,
        kind=thread.kind,
        is_answered=thread.is_answered,
        is_resolved=thread.resolved_at is not None,
        is_unread=thread.is_unread,
        is_pinned=thread.is_pinned,
        is_locked=thread.is_locked,
        is_quiet=thread.quiet_days > 0,
        is_reported=thread.open_reports > 0,
        has_last=bool(thread.replies) and thread.last_author_id is not None,
        has_votes=thread.votes > 0,
        has_window=bool(thread.window.begins or thread.window.ends),
    )


def _describe(thread: ThreadRecord, names: Names) -> dict[str, Any]:
    return {
        "uuid": thread.uuid,
        "title": thread.title or gettext("Title removed"),
        "author": name_author(thread, names),
        "last_author": names[thread.last_author_id],
        "last_activity": make_time_element(thread.last_activity_at),
        "replies": ngettext("%(replies)s reply", "%(replies)s replies", thread.replies) % {"replies": thread.replies},
        "votes": say_votes(thread.votes, is_issue=thread.kind == Kind.ISSUE) if thread.votes else "",
        "reports": _say_reports(thread.open_reports) if thread.open_reports else "",
        "quiet": _say_quiet(thread.quiet_days) if thread.quiet_days else "",
        "window": _show_window(thread.window) if thread.window.begins or thread.window.ends else "",
    }


def _say_reports(reports: int) -> str:
    return ngettext("%(count)s report", "%(count)s reports", reports) % {"count": reports}


def _say_quiet(days: int) -> str:
    words = ngettext(
        "Locked automatically: no message for %(days)s day", "Locked automatically: no message for %(days)s days", days
    )
    return words % {"days": days}


def _show_window(window: Window) -> str:
    return render_to_string("solerni/discussion/elements/window.html", {"window": view_window(window)})


def list_sorts(chosen: Order) -> Sequence[Option]:
    """The orders to choose from."""
    return [Option(value=sort, label=label, is_chosen=sort == chosen) for sort, label in SORT_LABELS.items()]


def list_filters(kinds: Collection[Kind], *, is_moderator: bool) -> Sequence[Option]:
    """The filters to choose from, where threads of these kinds may be opened."""
    return [
        Option(value=name, label=label, is_chosen=name == Filter.ALL)
        for name, label in FILTER_LABELS.items()
        if (is_moderator or not name.is_for_moderators) and (name != Filter.UNRESOLVED or Kind.ISSUE in kinds)
    ]


def answer_unread(unread: Unread) -> dict[str, Any]:
    """The JSON of what is new."""
    return {"place": unread.place, "course": unread.course, "html": render_unread(unread)}


def render_unread(unread: Unread) -> SafeString:
    """What is new here, in words; empty when nothing is."""
    return render_to_string("solerni/discussion/elements/unread.html", {"unread": unread})
