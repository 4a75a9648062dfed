"""What of a Markdown text is the member's own words: quotes, code and addresses are not judged."""

from __future__ import annotations

import re

BLANK = "\x1f"
"""Stands for each character that is not judged; no word and no phrase runs across it."""

_QUOTED = re.compile(r" {0,3}>")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOT_WORDS = re.compile(
    r"""
      (?<!`)(?P<ticks>`{1,8})(?!`)[^`]+(?P=ticks)(?!`)  # inline code
    | \bhttps?://[^\s<>)\]]+ | \bwww\.[^\s<>)\]]+        # an address of the Web
    | \b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}  # an address of mail
    """,
    re.VERBOSE,
)


def keep_own_words(source: str) -> str:
    """``source`` with all that is not judged blanked out; as long as before, so that offsets stay true.

    >>> keep_own_words("> vieux mot\\nMoi : `x` non").lstrip(BLANK)
    '\\nMoi : \\x1f\\x1f\\x1f non'
    """
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
        else:
            kept.append(_blank(line) if _QUOTED.match(line) else _NOT_WORDS.sub(lambda m: _blank(m[0]), line))
    return "".join(kept)


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else BLANK for character in text)
