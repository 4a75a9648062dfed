"""Posts beside their authors' names, and the card that says why one was held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.text import format_lazy

from solerni_xblocks.core import conf
from solerni_xblocks.core.htmlkit import sanitize_post
from solerni_xblocks.discussion.api import GROUND_CHOICES, ILLEGAL, Clause
from solerni_xblocks.discussion.data import (
    Advice,
    Ground,
    Outcome,
    Part,
    PostRecord,
    Rule,
    State,
)
from solerni_xblocks.discussion.presenters.attachments import FileView, show_figures, view_files
from solerni_xblocks.discussion.presenters.explanations import explain_all
from solerni_xblocks.discussion.presenters.texts import Segment, find_names, mark_passages, name_author, say_promise

MOST_UNKNOWN = 10
"""Words that an advice offers help with, one by one."""


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
    decision_clauses: Sequence[ClauseView]
    promise: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A post beside its author's name; ``card`` only for those who may know, ``source`` when the text is not public."""

    post: PostRecord
    author: Any
    is_own: bool
    html: SafeString
    files: Sequence[FileView]
    source: Sequence[Segment]
    card: CardView | None


@dataclass(frozen=True, kw_only=True)
class AdviceView:
    """What rules saw in a draft: their clauses and why, and the author's words with the passages marked.

    ``hides``: saved so, a published post would wait for a moderator. ``unknown``: words of the body that the
    dictionary does not know. ``is_about_rights``: a declaration is missing.
    """

    clauses: Sequence[ClauseView]
    explanations: Sequence[Any]
    title: Sequence[Segment]
    source: Sequence[Segment]
    may_insist: bool
    hides: bool
    unknown: Sequence[str]
    is_about_rights: bool


def view_advice(advice: Advice) -> AdviceView:
    """``source`` and ``title`` are empty where nothing in them is meant."""
    parts = {reason.part for reason in advice.reasons if reason.passage}
    clauses = dict.fromkeys(reason.clause for reason in advice.reasons if reason.clause)
    return AdviceView(
        clauses=[view_clause(clause) for clause in clauses],
        explanations=explain_all(advice.reasons),
        title=mark_passages(advice.title, advice.reasons, part=Part.TITLE) if Part.TITLE in parts else [],
        source=mark_passages(advice.source, advice.reasons, part=Part.BODY) if Part.BODY in parts else [],
        may_insist=advice.may_insist,
        hides=advice.outcome == Outcome.HOLD,
        unknown=_list_unknown(advice),
        is_about_rights=any(reason.part == Part.RIGHTS for reason in advice.reasons),
    )


def _list_unknown(advice: Advice) -> list[str]:
    """The words as the author wrote them, each once."""
    passages = (
        reason.passage for reason in advice.reasons if reason.rule == Rule.SPELLING and reason.part == Part.BODY
    )
    words = dict.fromkeys(advice.source[passage.start : passage.end] for passage in passages if passage)
    return list(words)[:MOST_UNKNOWN]


def view_posts(posts: Sequence[PostRecord], *, viewer_id: int | None) -> list[PostView]:
    names = find_names(post.author_id for post in posts)
    return [_view_post(post, name_author(post, names), viewer_id=viewer_id) for post in posts]


def _view_post(post: PostRecord, author: Any, *, viewer_id: int | None) -> PostView:
    is_own = post.author_id is not None and post.author_id == viewer_id
    is_public = post.state == State.PUBLISHED
    html = sanitize_post(post.html)  # reduced to the allow-list, once more
    return PostView(
        post=post,
        author=author,
        is_own=is_own,
        html=show_figures(html, post.files),
        files=view_files(post.files, html=html if is_public else ""),
        source=[] if is_public else mark_passages(post.source, [*post.reasons, *_list_grounds(post)], part=Part.BODY),
        card=None if post.is_veiled else _view_card(post) if not is_public or (is_own and post.decision) else None,
    )


def _list_grounds(post: PostRecord) -> Sequence[Ground]:
    """Passages that a moderator meant, unless the author has changed the words since."""
    return post.decision.grounds if post.decision and post.state != State.HELD else ()


def _view_card(post: PostRecord) -> CardView:
    is_title_judged = any(reason.part == Part.TITLE for reason in post.reasons)
    grounds = post.decision.grounds if post.decision else ()
    decided = {ground.clause: ground for ground in grounds}
    clauses = dict.fromkeys(reason.clause for reason in post.reasons if reason.clause and reason.clause not in decided)
    return CardView(
        clauses=[view_clause(clause) for clause in clauses],
        explanations=explain_all(post.reasons),
        title=mark_passages(post.title, post.reasons, part=Part.TITLE) if is_title_judged else [],
        decision_clauses=[view_ground(ground) for ground in decided.values()],
        promise=say_promise(conf.get("SOLERNI_DISCUSSION_HOLD_HOURS")),
        contact=conf.get_contact(),
    )


def view_clause(clause: str, *, url: str = "") -> ClauseView:
    """The rule's name; ``url`` is where it stood when it was cited, else it is where it stands now."""
    return ClauseView(name=Clause(clause).label, url=url or _find_rule(clause))


def view_ground(ground: Ground) -> ClauseView:
    """What a decision rests on: a rule where it stood when it was cited, or the law that the message breaks."""
    if ground.clause == ILLEGAL:
        return ClauseView(name=format_lazy("{} – {}", dict(GROUND_CHOICES)[ILLEGAL], ground.law), url="")
    return view_clause(ground.clause, url=ground.terms_url)


def _find_rule(clause: str) -> str:
    """The clause in the terms in force, when the site has the pages of the terms."""
    try:
        return f"{reverse('solerni_terms:document', args=['terms'])}#{clause}"
    except NoReverseMatch:
        return ""
