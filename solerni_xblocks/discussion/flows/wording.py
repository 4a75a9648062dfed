"""A wording as it is kept: rendered once, numbered, beside what was judged of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from solerni_xblocks.core import htmlkit
from solerni_xblocks.discussion.data import Draft, Verdict
from solerni_xblocks.discussion.errors.writing import PageTooLong
from solerni_xblocks.discussion.models import EXCERPT_LENGTH, Post, Version
from solerni_xblocks.discussion.rules.storing import pack_measures


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What the renderer made of a source: HTML, its words on one line, how many they are, the first of them."""

    html: str
    plain: str
    words: int
    excerpt: str


def render(source: str) -> Rendered:
    """Raises PageTooLong."""
    try:
        html = htmlkit.render_post(source)
    except htmlkit.PageTooLong as error:
        raise PageTooLong(details={"field": "text"}) from error
    plain = htmlkit.to_plain_text(html)
    return Rendered(html=html, plain=plain, words=len(plain.split()), excerpt=plain[:EXCERPT_LENGTH])


def keep_version(post: Post, draft: Draft, verdict: Verdict, *, editor_id: int, at: datetime) -> None:
    """The current wording of ``post`` becomes a row that stays."""
    Version.objects.create(
        post=post,
        number=post.version,
        editor_id=editor_id,
        title=draft.title,
        source=draft.source,
        rights=draft.rights.claim,
        licence=draft.rights.licence,
        rights_source=draft.rights.source,
        measures=pack_measures(verdict.measures, verdict.circumstances) if verdict.measures else "",
        policy=verdict.policy,
        outcome=verdict.outcome,
        insisted=draft.insists and bool(verdict.reasons),
        at=at,
    )
