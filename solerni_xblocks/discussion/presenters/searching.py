"""What search found, with the words marked: pieces of text, never HTML made from what somebody typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion.data import Hit, Hits, Passage
from solerni_xblocks.discussion.presenters.texts import Segment, cut_at, find_names, name_author

AROUND = 90


@dataclass(frozen=True, kw_only=True)
class HitView:
    """A line of what was found; ``is_here``: its thread stands in this block."""

    hit: Hit
    author: Any
    title: Sequence[Segment]
    snippet: Sequence[Segment]
    is_cut_before: bool
    is_cut_after: bool
    is_here: bool


def answer_hits(hits: Hits, here: UsageKey, *, is_first: bool) -> dict[str, Any]:
    """The JSON of what was found."""
    names = find_names(hit.author_id for hit in hits.hits)
    lines = [_view_hit(hit, author=name_author(hit, names), here=str(here)) for hit in hits.hits]
    context = {"lines": lines, "is_capped": hits.is_capped, "is_first": is_first}
    return {
        "html": render_to_string("solerni/discussion/hits.html", context),
        "after": hits.after or "",
        "count": len(lines),
    }


def _view_hit(hit: Hit, *, author: Any, here: str) -> HitView:
    first = hit.passages[0].start if hit.passages else 0
    start, end = max(0, first - AROUND), min(len(hit.text), first + 2 * AROUND)
    passages = [
        Passage(start=passage.start - start, end=passage.end - start)
        for passage in hit.passages
        if start <= passage.start and passage.end <= end
    ]
    return HitView(
        hit=hit,
        author=author,
        title=cut_at(hit.title, hit.title_passages),
        snippet=cut_at(hit.text[start:end], passages),
        is_cut_before=start > 0,
        is_cut_after=end < len(hit.text),
        is_here=hit.usage_key == here,
    )
