"""Markdown to safe HTML, and text without markup. Sanitised on write, sanitised again on render.

Allow-list: shared by posts and documents. Renderer: CommonMark without raw HTML, then nh3.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import nh3
from markdown_it import MarkdownIt

RENDERER = "commonmark-nh3-1"
"""Name kept beside stored HTML, so that a later renderer knows what it replaces."""

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

# C0 but tab, LF, CR; DEL; the two noncharacters; lone surrogates cannot be stored.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# Absolute, or from the root, or inside the page: anything else stays text.
_LINK = re.compile(r"(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}


def strip_controls(text: str) -> str:
    """``text`` without control characters that no writer means (NUL included) and with LF line ends."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def render_markdown(source: str) -> str:
    """Safe HTML of Markdown ``source``; headings start at h3, since they stand inside a page that has its own."""
    tokens = _parser().parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS[token.tag]
    return sanitize(_parser().renderer.render(tokens, _parser().options, {}))


def sanitize(html: str) -> str:
    """``html`` reduced to the allow-list; links get ``rel="nofollow ugc noopener"``."""
    return nh3.clean(html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow ugc noopener")


def to_plain_text(html: str) -> str:
    """The words of ``html`` on one line, entities resolved. Not safe to show unescaped."""
    return " ".join(unescape(nh3.clean(html.replace("<", " <"), tags=set())).split())


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: bool(_LINK.match(url))  # type: ignore[method-assign]
    return parser.disable("image")
