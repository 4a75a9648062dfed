"""What of a Markdown text is the member's own words: quotes, code, formulas and addresses are not judged as such.

Every function returns a text as long as the one it was given, so that offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

BLANK = "\x1f"
"""Stands for each character that is not judged; no word and no phrase runs across it."""

_QUOTED = re.compile(r" {0,3}>")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = r"(?<!`)(?P<ticks>`{1,8})(?!`)[^`]+(?P=ticks)(?!`)"
_ADDRESS = r"\bhttps?://[^\s<>)\]]+ | \bwww\.[^\s<>)\]]+ | \b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_CODE_OR_ADDRESS = re.compile(f"{_CODE} | {_ADDRESS}", re.VERBOSE | re.IGNORECASE)
_MAY_HOLD = re.compile(r"[`@]|://|www", re.IGNORECASE)
_FORMULA = re.compile(
    r"""
      \$\$(?:[^$\n]|\n(?!\s*\n)){1,2000}\$\$
    | (?<![\\$\w])\$(?![\s$])[^$\n]{1,500}(?<![\s\\])\$(?!\d)  # two prices are no formula
    | \\\((?:(?!\\\))[^\n]){1,500}\\\)
    | \\\[(?:(?!\\\])(?:[^\n]|\n(?!\s*\n))){1,2000}\\\]
    """,
    re.VERBOSE,
)
_QUOTATION = re.compile(r"«[^«»\n]{1,2000}»|“[^“”\n]{1,2000}”|\"[^\"\n]{1,2000}\"")


@lru_cache(maxsize=8)
def keep_own_words(source: str) -> str:
    """``source`` with all that is not judged blanked out. Remembered shortly: every rule asks for the same text.

    >>> keep_own_words("> vieux mot\\nMoi : `x` non, $a+b$").strip(BLANK)
    '\\nMoi : \\x1f\\x1f\\x1f non, '
    """
    kept = _keep_lines(source, quoted=False)
    return _FORMULA.sub(_blank_match, kept) if "$" in kept or "\\" in kept else kept


def keep_borrowed_words(source: str) -> str:
    """``source`` with all but quoted lines and formulas blanked out: what stands there is seldom meant for anybody.

    >>> keep_borrowed_words("> vieux mot\\nMoi").strip(BLANK)
    '> vieux mot\\n'
    """
    own = _keep_lines(source, quoted=False)
    kept = list(_keep_lines(source, quoted=True))
    for formula in _FORMULA.finditer(own):
        kept[formula.start() : formula.end()] = formula[0]
    return "".join(kept)


def find_quotations(text: str) -> Iterator[tuple[int, int]]:
    """From where to where ``text`` stands between quotation marks.

    >>> list(find_quotations("Il dit « non »."))
    [(7, 14)]
    """
    return (found.span() for found in _QUOTATION.finditer(text))


def blank_quotations(text: str) -> str:
    """``text`` without what stands between quotation marks."""
    return _QUOTATION.sub(_blank_match, text)


def _keep_lines(source: str, *, quoted: bool) -> str:
    """Own lines, or quoted ones, without code and addresses; the others blanked."""
    fence = ""
    kept = []
    for line in source.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if fence:
            kept.append(_blank(line))
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            kept.append(_blank(line))
            fence = mark[1]
        elif bool(_QUOTED.match(line)) == quoted:
            kept.append(_CODE_OR_ADDRESS.sub(_blank_match, line) if _MAY_HOLD.search(line) else line)
        else:
            kept.append(_blank(line))
    return "".join(kept)


def _blank_match(match: re.Match[str]) -> str:
    return _blank(match[0])


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else BLANK for character in text)
