"""The list of threads, and what chooses among them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.discussion.data import Choice, Filter, Kind, ThreadPage, ThreadRecord, Unread
from solerni_xblocks.discussion.data import Sort as Order
from solerni_xblocks.discussion.presenters.arranging import WindowView, view_window
from solerni_xblocks.discussion.presenters.texts import find_names, format_cursor, name_author

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
class ThreadView:
    """A line of the list. ``last_author`` is empty when the thread has no reply, or when nobody may know."""

    thread: ThreadRecord
    author: Any
    last_author: Any
    window: WindowView


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
    lines = [_view_line(thread, names) for thread in page.threads]
    empty = EMPTY.get(choice.filter, "") or (_("No thread of this kind yet.") if choice.kind else "")
    return render_to_string("solerni/discussion/threads.html", {"lines": lines, "empty": empty})


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


def _view_line(thread: ThreadRecord, names: Any) -> ThreadView:
    has_last = thread.replies and thread.last_author_id is not None
    return ThreadView(
        thread=thread,
        author=name_author(thread, names),
        window=view_window(thread.window),
        last_author=names[thread.last_author_id] if has_last else "",
    )
