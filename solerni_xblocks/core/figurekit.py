"""Images in Markdown, by reference to a file that we keep: ``![what it shows](#file-<uuid>)``. No other image is read.

What is stored names the file, not where it is: each time it is shown, whoever shows it says which files stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any
from uuid import UUID

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

TAGS = frozenset({"img"})
ATTRIBUTES = {"img": {"src", "alt"}}

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REFERENCE = re.compile(rf"!\[([^\[\]\n]{{0,300}})\]\(#file-({_UUID})\)")
_ADDRESS = re.compile(f"#file-{_UUID}")
# As the sanitiser writes it; text cannot hold an unescaped "<".
_PLACE = re.compile(rf'<img src="#file-({_UUID})"')


def read_figures(parser: MarkdownIt) -> MarkdownIt:
    """Let ``parser`` read references to files."""
    parser.inline.ruler.before("link", "figure", _read)
    parser.add_render_rule("figure", _render)
    return parser


def keep_address(tag: str, name: str, value: str) -> str | None:
    """For the sanitiser: an image names a file of ours, or nothing."""
    return value if (tag, name) != ("img", "src") or _ADDRESS.fullmatch(value) else None


def place_figures(html: str, find_source: Callable[[UUID], tuple[str, int | None, int | None] | None]) -> str:
    """Sanitised ``html`` with the address, width and height of each file; one that is not there shows its words alone.

    >>> place_figures('<img src="#file-00000000-0000-4000-8000-000000000000" alt="Un chat">', lambda uuid: None)
    '<img alt="Un chat">'
    """

    def place(found: re.Match[str]) -> str:
        source = find_source(UUID(found[1]))
        if source is None:
            return "<img"
        address, width, height = source
        sized = f' width="{width:d}" height="{height:d}"' if width and height else ""
        return f'<img src="{escape(address)}" loading="lazy"{sized}'

    return _PLACE.sub(place, html)


def _read(state: Any, is_silent: bool) -> bool:
    if state.src[state.pos] != "!":
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not is_silent:
        token = state.push("figure", "img", 0)
        token.content, token.info = found[1], found[2]
    state.pos = found.end()
    return True


def _render(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return f'<img src="#file-{tokens[index].info}" alt="{escapeHtml(tokens[index].content)}">'
