"""Texts for templates: safe HTML, marked passages, promises, names, keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core.htmlkit import PageTooLong as TooLong
from solerni_xblocks.core.htmlkit import render_post
from solerni_xblocks.discussion.data import (
    Case,
    Ground,
    Hit,
    ListCursor,
    Neighbour,
    NoticeRecord,
    Part,
    Passage,
    Position,
    PostRecord,
    Reason,
    ThreadRecord,
    Voice,
)
from solerni_xblocks.discussion.data.arranging import PostLine
from solerni_xblocks.discussion.errors.writing import PageTooLong
from solerni_xblocks.discussion.presenters.attachments import show_any_figure, show_figures
from solerni_xblocks.host import api as host

FORMER_MEMBER = _("Former member")
VOICE_NAMES = {Voice.ANONYMOUS: _("Anonymous"), Voice.UNNAMED_MODERATOR: _("The moderators")}

Names = dict[int | None, str | Promise]


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A piece of a text, as it was written."""

    text: str
    is_marked: bool


def show_markdown(source: str) -> SafeString:
    """Safe HTML of ``source`` for a template."""
    return show_figures(_render(source), ())


def show_preview(source: str) -> SafeString:
    """The same of a message that is being written, with its images: each is shown to whoever may have it."""
    return show_any_figure(_render(source))


def _render(source: str) -> str:
    try:
        return render_post(source)
    except TooLong as error:
        raise PageTooLong from error


def make_draft_key(member_id: int, place: UsageKey | UUID) -> str:
    """Under which the browser keeps what a member typed in a block or on a case; it tells nothing of the member."""
    return salted_hmac("solerni.discussion.draft", f"{member_id} {place}").hexdigest()[:20]


def format_cursor(cursor: ListCursor | None) -> str:
    """``cursor`` as the browser sends it back; empty at the end of a list."""
    if cursor is None:
        return ""
    value = cursor.value.isoformat() if isinstance(cursor.value, datetime) else repr(cursor.value)
    return f"{cursor.sort}~{value}~{cursor.id}"


def format_position(position: Position | None) -> str:
    """``position`` as the browser sends it back; empty at the end of a thread."""
    return f"{position.reply_id}~{position.comment_id}" if position else ""


def mark_passages(text: str, reasons: Iterable[Reason | Ground], *, part: Part) -> list[Segment]:
    """``text`` cut at the passages of ``reasons``."""
    return cut_at(text, [reason.passage for reason in reasons if reason.part == part and reason.passage])


def cut_at(text: str, passages: Iterable[Passage]) -> list[Segment]:
    """``text`` cut at the passages; whatever the offsets, every character comes once, in order."""
    segments: list[Segment] = []
    position = 0
    for passage in sorted(passages, key=lambda passage: passage.start):
        start = max(passage.start, position)
        if start < passage.end:
            segments.append(Segment(text=text[position:start], is_marked=False))
            segments.append(Segment(text=text[start : passage.end], is_marked=True))
            position = passage.end
    segments.append(Segment(text=text[position:], is_marked=False))
    return [segment for segment in segments if segment.text]


def say_promise(hours: int) -> str:
    """Working hours in words; 24 of them are a working day (``rules/promise.py``)."""
    days, rest = divmod(hours, 24)
    if rest:
        words = ngettext(
            "A moderator answers within %(count)d working hour, before:",
            "A moderator answers within %(count)d working hours, before:",
            hours,
        )
        return words % {"count": hours}
    words = ngettext(
        "A moderator answers within %(count)d working day, before:",
        "A moderator answers within %(count)d working days, before:",
        days,
    )
    return words % {"count": days}


def say_votes(votes: int, *, is_issue: bool) -> str:
    """How many find a message useful, or have the same issue with the course."""
    if is_issue:
        words = ngettext("%(votes)s other has it too", "%(votes)s others have it too", votes)
    else:
        words = ngettext("%(votes)s vote", "%(votes)s votes", votes)
    return words % {"votes": votes}


def find_names(ids: Iterable[int | None]) -> Names:
    wanted = set(ids)
    names = host.people().find_names(id_ for id_ in wanted if id_ is not None)
    return {**dict.fromkeys(wanted, FORMER_MEMBER), **names}


def name_author(
    record: Case | Hit | Neighbour | NoticeRecord | PostLine | PostRecord | ThreadRecord, names: Names
) -> str | Promise:
    """The name under which the author of ``record`` shows: their voice's, unless the viewer may know who it is."""
    if record.author_id is None and record.voice in VOICE_NAMES:
        return VOICE_NAMES[record.voice]
    return names[record.author_id]
