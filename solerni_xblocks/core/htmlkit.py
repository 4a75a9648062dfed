"""Markdown to safe HTML, and text without markup. Sanitised on write, sanitised again on render.

Allow-list: shared by posts and documents. Renderer: CommonMark without raw HTML, then nh3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from html import unescape
from itertools import pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt

from solerni_xblocks.core import figurekit, mathkit

MAX_GROWTH = 12
ROOM = 10_000
"""HTML may have MAX_GROWTH times the characters of its source, and ROOM more."""

RENDERER = "commonmark-nh3-1"
"""Name kept beside stored HTML, so that a later renderer knows what it replaces."""

POST_RENDERER = "commonmark-nh3-math-figures-1"
"""The same for posts, which have formulas and images of their own too."""

TAGS = frozenset(
    (
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ol",
        "ul",
        "li",
        "h2",
        "h3",
        "h4",
        "h5",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "sup",
        "sub",
        "span",
    )
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "span": {"lang"}}
SCHEMES = {"http", "https", "mailto"}
_POST_TAGS = set(TAGS | mathkit.TAGS | figurekit.TAGS)
_MOST_CLEAN = 20_000
_clean: set[bytes] = set()
_POST_ATTRIBUTES = ATTRIBUTES | mathkit.ATTRIBUTES | figurekit.ATTRIBUTES

# C0 but tab, LF, CR; DEL; the two noncharacters; lone surrogates cannot be stored.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# Absolute, or from the root, or inside the page: anything else stays text.
_LINK = re.compile(r"(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)
# A clause id holds a dot, so that it never takes the id of a part of the page.
_CLAUSE_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}
# The title of a document stands outside its text: its sections (##) come right under the page's h2.
_DOCUMENT_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h5", "h6": "h5"}


class PageTooLong(ValueError):
    """A short text that would make a huge page."""


def strip_controls(text: str) -> str:
    """``text`` without control characters that no writer means (NUL included) and with LF line ends."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def render_markdown(source: str) -> str:
    """Safe HTML of Markdown ``source``; headings start at h3, since they stand inside a page that has its own.

    Raises: PageTooLong when a short text makes a huge page, as tables with missing cells can.
    """
    return sanitize(_render(source, _parser().parse(source), _HEADINGS))


def render_post(source: str) -> str:
    """As ``render_markdown``, with formulas (``mathkit``) and own files (``figurekit``). Raises PageTooLong."""
    parser = _post_parser()
    return sanitize_post(_render(source, parser.parse(source), _HEADINGS, parser))


def sanitize(html: str) -> str:
    """``html`` reduced to the allow-list; links get ``rel="nofollow ugc noopener"``."""
    return nh3.clean(html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow ugc noopener")


def sanitize_post(html: str) -> str:
    """As ``sanitize``, formulas and references to files kept; nh3 drops what stands in the namespace of another.

    What came out as it went in comes out so again: that is remembered, by digest, for the pages of a hundred posts.
    """
    digest = blake2b(html.encode(), digest_size=32).digest()
    if digest in _clean:
        return html
    cleaned = nh3.clean(
        html,
        tags=_POST_TAGS,
        attributes=_POST_ATTRIBUTES,
        # Asked for each attribute: only where there is an image.
        attribute_filter=figurekit.keep_address if "<img" in html else None,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    if cleaned == html:
        if len(_clean) >= _MOST_CLEAN:
            _clean.clear()
        _clean.add(digest)
    return cleaned


def render_document(source: str) -> str:
    """Safe HTML of a document's Markdown; a heading that ends in ``{#posts.courtesy}`` gets that clause id.

    Raises: PageTooLong, as render_markdown.

    >>> render_document("## Be kind {#posts.courtesy}").strip()
    '<h3 id="posts.courtesy">Be kind</h3>'
    """
    tokens = _parser().parse(source)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            _move_mark(opening, inline)
    return sanitize_document(_render(source, tokens, _DOCUMENT_HEADINGS))


def _move_mark(opening: Any, inline: Any) -> None:
    """From the end of a heading's words to its id."""
    last = inline.children[-1] if inline.children else inline
    words, clause = _split_mark(last.content) if last.type == "text" else ("", "")
    if clause:
        last.content = words
        opening.attrSet("id", clause)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of a document's Markdown: its words, and the clause id written after them (empty: none).

    ``line``: where its words end, from 0. ``level``: 1 to 6.
    """

    line: int
    level: int
    words: str
    clause: str


@lru_cache(maxsize=16)
def list_headings(source: str) -> tuple[Heading, ...]:
    """The headings of a document, those inside quotations and lists apart.

    >>> [(found.words, found.clause) for found in list_headings("## Be kind {#posts.courtesy}")]
    [('Be kind', 'posts.courtesy')]
    """
    tokens = _outliner().parse(source)
    return tuple(
        _read_heading(opening.map[0] if opening.markup.startswith("#") else opening.map[1] - 2, opening, inline)
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.level == 0 and opening.map
    )


def _read_heading(line: int, opening: Any, inline: Any) -> Heading:
    words, clause = _split_mark(inline.content)
    return Heading(line=line, level=int(opening.tag[1]), words=" ".join(words.split()), clause=clause)


def _split_mark(words: str) -> tuple[str, str]:
    """A heading's words and the clause id behind them; in one pass, since a line may be all spaces."""
    before, opening, rest = words.rstrip().rpartition("{#")
    clause = rest.removesuffix("}")
    is_marked = opening and clause != rest and _CLAUSE_ID.fullmatch(clause)
    return (before.rstrip(), clause) if is_marked else (words, "")


def mark_headings(source: str, clauses: Mapping[int, str]) -> str:
    """``source`` with a clause id behind the words of each heading whose line is named.

    >>> mark_headings("## Be kind ##", {0: "posts.courtesy"})
    '## Be kind {#posts.courtesy}'
    """
    lines = source.split("\n")
    for line, clause in clauses.items():
        lines[line] = f"{_strip_closing(lines[line].rstrip())} {{#{clause}}}"
    return "\n".join(lines)


def _strip_closing(line: str) -> str:
    """``## Words ##`` without what closes it."""
    bare = line.rstrip("#")
    return bare.rstrip() if line.lstrip().startswith("#") and bare[-1:].isspace() else line


def sanitize_document(html: str) -> str:
    """``html`` reduced to the allow-list and to clause ids on headings; what it once returned it leaves as it is."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES | {heading: {"id"} for heading in ("h2", "h3", "h4", "h5")},
        attribute_filter=_keep_clause_id,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def _keep_clause_id(tag: str, name: str, value: str) -> str | None:
    return value if name != "id" or _CLAUSE_ID.fullmatch(value) else None


def to_plain_text(html: str) -> str:
    """The words of ``html`` on one line, entities resolved. Not safe to show unescaped."""
    return " ".join(unescape(nh3.clean(html.replace("<", " <"), tags=set())).split())


def _render(source: str, tokens: list[Any], headings: dict[str, str], parser: MarkdownIt | None = None) -> str:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = headings[token.tag]
    used = parser or _parser()
    rendered: str = used.renderer.render(tokens, used.options, {})
    if len(rendered) > MAX_GROWTH * len(source) + ROOM:
        raise PageTooLong
    return rendered


@cache
def _outliner() -> MarkdownIt:
    """Blocks only: what stands inside a line costs most and is not asked for."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
    parser.core.ruler.disable(["inline"])
    return parser


@cache
def _post_parser() -> MarkdownIt:
    return figurekit.read_figures(mathkit.read_formulas(_make_parser()))


@cache
def _parser() -> MarkdownIt:
    return _make_parser()


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: bool(_LINK.match(url))  # type: ignore[method-assign]
    # Reference definitions write one long address many times over.
    return parser.disable(["image", "reference"])
