"""What goes out: records become what templates show, and the JSON of handlers with its server-rendered HTML.

Words for the codes of rules live here. Names are asked for once a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core import clock, conf
from solerni_xblocks.core.htmlkit import PageTooLong as TooLong
from solerni_xblocks.core.htmlkit import render_markdown, sanitize
from solerni_xblocks.discussion.api import Clause
from solerni_xblocks.discussion.data import (
    Case,
    Cursor,
    Part,
    PostRecord,
    Queue,
    Reason,
    State,
    ThreadPage,
    ThreadReading,
    ThreadRecord,
)
from solerni_xblocks.discussion.errors import PageTooLong
from solerni_xblocks.host import api as host

EXPLANATIONS = {
    "courtesy.insult": _("The marked passage reads as an insult."),
    "mode.read_before": _("In this discussion, a moderator reads every message before it appears."),
}
SAID = {
    State.PUBLISHED: _("Your message is published."),
    State.HELD: _("Your message waits for a moderator. Only you and the moderators see it until then."),
    State.REFUSED: _("Your message was refused by a moderator."),
}
FORMER_MEMBER = _("Former member")

Names = dict[int | None, str | Promise]


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A piece of a text, as it was written."""

    text: str
    is_marked: bool


@dataclass(frozen=True, kw_only=True)
class ClauseView:
    """A rule: its name, and where the terms say it (empty on a site without them)."""

    name: Any
    url: str


@dataclass(frozen=True, kw_only=True)
class CardView:
    """Why a post was held and what became of it. ``title`` is empty unless it is judged."""

    clauses: Sequence[ClauseView]
    explanations: Sequence[Any]
    title: Sequence[Segment]
    decision_clause: ClauseView | None
    promise: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A post beside its author's name; ``card`` only for those who may know, ``source`` when the text is not public."""

    post: PostRecord
    author: Any
    is_own: bool
    html: SafeString
    source: Sequence[Segment]
    card: CardView | None


@dataclass(frozen=True, kw_only=True)
class ThreadView:
    """A line of the list."""

    thread: ThreadRecord
    author: Any


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case of the queue. ``form`` is None for the moderator's own post."""

    post: PostView
    course_title: str
    url: str
    is_overdue: bool
    form: Any
    draft_key: str


def show_markdown(source: str) -> SafeString:
    """Safe HTML of ``source`` for a template."""
    try:
        return mark_safe(render_markdown(source))  # noqa: S308 - reduced to the allow-list
    except TooLong as error:
        raise PageTooLong from error


def make_draft_key(member_id: int, place: UsageKey | UUID) -> str:
    """Under which the browser keeps what a member typed in a block or on a case; it tells nothing of the member."""
    return salted_hmac("solerni.discussion.draft", f"{member_id} {place}").hexdigest()[:20]


def format_cursor(cursor: Cursor | None) -> str:
    """``cursor`` as the browser sends it back; empty at the end of a list."""
    return f"{cursor.at.isoformat()}~{cursor.id}" if cursor else ""


def answer_threads(page: ThreadPage) -> dict[str, Any]:
    """The JSON of a page of threads."""
    return {
        "html": render_threads(page),
        "after": format_cursor(page.after),
        "threads": [str(thread.uuid) for thread in page.threads],
    }


def answer_thread(reading: ThreadReading, *, viewer_id: int | None, draft_key: str) -> dict[str, Any]:
    """The JSON of a thread with its first posts and the reply form."""
    context = {
        "thread": reading.thread,
        "posts": _view_posts(reading.posts, viewer_id=viewer_id),
        "after": format_cursor(reading.after),
        "reply_key": f"{draft_key}-{reading.thread.uuid}",
        "limit": conf.get("SOLERNI_DISCUSSION_MAX_CHARACTERS"),
    }
    return {
        "html": render_to_string("solerni/discussion/thread.html", context),
        "after": format_cursor(reading.after),
        "thread": str(reading.thread.uuid),
        "state": reading.thread.state,
    }


def answer_new_thread(post: PostRecord, reading: ThreadReading, *, draft_key: str) -> dict[str, Any]:
    """The JSON of the thread that the author just opened."""
    page = answer_thread(reading, viewer_id=post.author_id, draft_key=draft_key)
    return {**page, "uuid": str(post.uuid), "said": str(SAID[post.state])}


def answer_posts(reading: ThreadReading, *, viewer_id: int) -> dict[str, Any]:
    """The JSON of further posts of a thread."""
    context = {"posts": _view_posts(reading.posts, viewer_id=viewer_id)}
    return {
        "html": render_to_string("solerni/discussion/posts.html", context),
        "after": format_cursor(reading.after),
    }


def answer_post(post: PostRecord) -> dict[str, Any]:
    """The JSON of the author's post just written."""
    context = {"posts": _view_posts([post], viewer_id=post.author_id)}
    return {
        "html": render_to_string("solerni/discussion/posts.html", context),
        "uuid": str(post.uuid),
        "thread": str(post.thread_uuid),
        "state": post.state,
        "said": str(SAID[post.state]),
    }


def render_threads(page: ThreadPage) -> SafeString:
    """The lines of a page of threads."""
    names = _find_names(thread.author_id for thread in page.threads)
    lines = [ThreadView(thread=thread, author=names[thread.author_id]) for thread in page.threads]
    return render_to_string("solerni/discussion/threads.html", {"lines": lines})


def view_queue(queue: Queue, *, moderator_id: int, forms: dict[str, Any], make_form: Any) -> dict[str, Any]:
    """What the queue page shows; ``forms`` are those already sent, by post uuid."""
    posts = _view_posts([case.post for case in queue.cases], viewer_id=moderator_id)
    titles = {key: host.courses().get_title(key) for key in {case.course_key for case in queue.cases}}
    cases = [
        _view_case(
            case,
            post,
            title=titles[case.course_key],
            form=None if post.is_own else forms.get(str(case.post.uuid)) or make_form(case),
            draft_key=make_draft_key(moderator_id, case.post.uuid),
        )
        for case, post in zip(queue.cases, posts, strict=True)
    ]
    return {"cases": cases, "total": queue.total, "now": clock.now()}


def _view_case(case: Case, post: PostView, *, title: str, form: Any, draft_key: str) -> CaseView:
    return CaseView(
        post=post,
        course_title=title,
        url=host.courses().get_block_url(case.usage_key),
        is_overdue=case.post.due_at is not None and case.post.due_at < clock.now(),
        form=form,
        draft_key=draft_key,
    )


def _view_posts(posts: Sequence[PostRecord], *, viewer_id: int | None) -> list[PostView]:
    names = _find_names(post.author_id for post in posts)
    return [_view_post(post, author=names[post.author_id], viewer_id=viewer_id) for post in posts]


def _view_post(post: PostRecord, *, author: Any, viewer_id: int | None) -> PostView:
    is_own = post.author_id is not None and post.author_id == viewer_id
    is_public = post.state == State.PUBLISHED
    return PostView(
        post=post,
        author=author,
        is_own=is_own,
        html=mark_safe(sanitize(post.html)),  # noqa: S308 - reduced to the allow-list, once more
        source=[] if is_public else mark_passages(post.source, post.reasons, part=Part.BODY),
        card=_view_card(post) if not is_public or (is_own and post.decision) else None,
    )


def _view_card(post: PostRecord) -> CardView:
    is_title_judged = any(reason.part == Part.TITLE for reason in post.reasons)
    is_refused = post.decision is not None and post.decision.outcome == State.REFUSED
    decided = post.decision.clause if post.decision and is_refused else ""
    clauses = dict.fromkeys(reason.clause for reason in post.reasons if reason.clause not in ("", decided))
    return CardView(
        clauses=[_view_clause(clause) for clause in clauses],
        explanations=[EXPLANATIONS[code] for code in dict.fromkeys(reason.code for reason in post.reasons)],
        title=mark_passages(post.title, post.reasons, part=Part.TITLE) if is_title_judged else [],
        decision_clause=_view_clause(decided) if decided else None,
        promise=_say_promise(conf.get("SOLERNI_DISCUSSION_HOLD_HOURS")),
        contact=conf.get_contact(),
    )


def mark_passages(text: str, reasons: Iterable[Reason], *, part: Part) -> list[Segment]:
    """``text`` cut at the passages of ``reasons``; whatever the offsets, every character comes once, in order."""
    segments: list[Segment] = []
    position = 0
    passages = [reason.passage for reason in reasons if reason.part == part and reason.passage]
    for passage in sorted(passages, key=lambda passage: passage.start):
        start = max(passage.start, position)
        if start < passage.end:
            segments.append(Segment(text=text[position:start], is_marked=False))
            segments.append(Segment(text=text[start : passage.end], is_marked=True))
            position = passage.end
    segments.append(Segment(text=text[position:], is_marked=False))
    return [segment for segment in segments if segment.text]


def _view_clause(clause: str) -> ClauseView:
    return ClauseView(name=Clause(clause).label, url=_find_rule(clause))


def _find_rule(clause: str) -> str:
    """The clause in the terms in force, when the site has the pages of the terms."""
    try:
        return f"{reverse('solerni_terms:document', args=['terms'])}#{clause}"
    except NoReverseMatch:
        return ""


def _say_promise(hours: int) -> str:
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


def _find_names(ids: Iterable[int | None]) -> Names:
    wanted = set(ids)
    people = host.people().find_people(id_ for id_ in wanted if id_ is not None)
    return {id_: people[id_].name if id_ in people else FORMER_MEMBER for id_ in wanted}
