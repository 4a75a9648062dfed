"""What changed between two wordings, word by word where lines changed; long changes are told line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from solerni_xblocks.discussion.data import Change, Piece

MOST_LINES = 300
MOST_WORDS = 600
"""Comparing takes time that grows with the square: beyond these a part is told as removed and written anew."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both, in reading order; those not added make ``before``, those not removed ``after``.

    >>> [(piece.change.value, piece.text) for piece in compare("un bon jour", "un beau jour")]
    [('same', 'un '), ('removed', 'bon'), ('added', 'beau'), ('same', ' jour')]
    """
    return tuple(_join(_compare(_LINE.findall(before), _LINE.findall(after), most=MOST_LINES, is_fine=False)))


def _compare(old: list[str], new: list[str], *, most: int, is_fine: bool) -> Iterator[Piece]:
    if max(len(old), len(new)) > most:
        yield from _replace("".join(old), "".join(new))
        return
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[start:end]), "".join(new[new_start:new_end])
        if tag == "equal":
            yield Piece(text=added, change=Change.SAME)
        elif tag == "replace" and not is_fine:
            yield from _compare(_WORD.findall(removed), _WORD.findall(added), most=MOST_WORDS, is_fine=True)
        else:
            yield from _replace(removed, added)


def _replace(removed: str, added: str) -> Iterator[Piece]:
    yield Piece(text=removed, change=Change.REMOVED)
    yield Piece(text=added, change=Change.ADDED)


def _join(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind become one piece; empty ones go."""
    kept: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if kept and kept.change == piece.change:
            kept = Piece(text=kept.text + piece.text, change=kept.change)
            continue
        if kept:
            yield kept
        kept = piece
    if kept:
        yield kept
