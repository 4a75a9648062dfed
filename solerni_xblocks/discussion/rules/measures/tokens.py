"""The words of a text as a word list knows them, also when they were bent to get past it.

Words are compared whole, folded (see ``folding``), and also as they read once unbent: figures for letters inside a
word, letters set apart, letters drawn out, stars for letters, a space inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from solerni_xblocks.discussion.data.verdicts import Outcome
from solerni_xblocks.discussion.rules.folding import Folded
from solerni_xblocks.discussion.rules.measures.wordlists import Node, WordList, squeeze
from solerni_xblocks.discussion.rules.measures.words import is_common

_TOKEN = re.compile(r"(?:[^\W_]|[@$€!|*])+")
_GAP = re.compile(r"[\s'_*~-]{1,4}")
_LETTER_GAP = re.compile(r"[\s._·•/*,-]{1,3}")
_LONE_LETTERS = re.compile(r"(?<![^\W_])[^\W_](?:[\s._·•/*,-]{1,3}[^\W_](?![^\W_])){2}")
_DRAWN_OUT = re.compile(r"(.)\1\1")
_LEET_LETTERS = "013457@$€!|"
_LEET = tuple(str.maketrans(_LEET_LETTERS, f"o{one}eastasei{one}") for one in "il")
_SHORTEST_SPACED = 3
_SHORTEST_STARRED = 2
_LONGEST_STARRED = 30
_SHORTEST_SPLIT = 6
_LONGEST_PHRASE = 12
_NOTHING: frozenset[str] = frozenset()


class Token(NamedTuple):
    """A word of the folded text, and the words of the list that it may stand for."""

    start: int
    end: int
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Match:
    """An entry of the list, from ``start`` to ``end`` (excluded) of the folded text; ``outcome`` None: innocent."""

    outcome: Outcome | None
    start: int
    end: int
    clause: str = ""


def find_entries(folded: Folded, words: WordList) -> Iterator[Match]:
    """The longest entries of ``words`` in the text, in order, innocent ones too."""
    tokens = _join_split(folded.text, _join_spaced(folded.text, _tokenise(folded.text, words), words), words)
    firsts = words.root.following.keys()
    position = 0
    while position < len(tokens):
        may_begin = not firsts.isdisjoint(tokens[position].words)
        length, node = _match(folded.text, tokens, position, words.root) if may_begin else (0, None)
        if node:
            start, end = tokens[position].start, tokens[position + length - 1].end
            yield Match(outcome=node.outcome, start=start, end=end, clause=node.clause)
        position += length or 1


def recognise(token: str, words: WordList) -> frozenset[str]:
    """The words of the list that a folded ``token`` may stand for."""
    if token.isalpha():
        if token in words.vocabulary:
            return frozenset({token})
        if not _DRAWN_OUT.search(token):
            return _NOTHING
    plain = token.strip("*!|@$€")
    readings = {plain, plain.replace("*", "")}
    for whole in (plain, token.strip("*!|")):
        if any(letter in _LEET_LETTERS for letter in whole) and any(letter.isalpha() for letter in whole):
            readings.update(whole.replace("*", "").translate(leet) for leet in _LEET)
    found = readings & words.vocabulary
    for reading in readings:
        if _DRAWN_OUT.search(reading):
            found |= words.squeezed.get(squeeze(reading), frozenset())
    return frozenset(found | _unstar(plain, words))


def _match(text: str, tokens: list[Token], position: int, root: Node) -> tuple[int, Node | None]:
    """How many tokens from ``position`` on make the longest entry, and where it ends; innocence wins a draw."""
    best: tuple[int, Node | None] = (0, None)
    nodes = [root]
    for length, token in enumerate(tokens[position : position + _LONGEST_PHRASE], start=1):
        if length > 1 and not _GAP.fullmatch(text, tokens[position + length - 2].end, token.start):
            break
        nodes = [node.following[word] for node in nodes for word in token.words if word in node.following]
        if not nodes:
            break
        found = [node for node in nodes if node.is_entry]
        if found:
            best = length, max(found, key=_weigh)
    return best


def _weigh(node: Node) -> int:
    return len(Outcome) if node.outcome is None else node.outcome


def _tokenise(text: str, words: WordList) -> list[Token]:
    is_straight = not _DRAWN_OUT.search(text)
    return [
        Token(*found.span(), _NOTHING if is_straight and _is_unknown(found[0], words) else recognise(found[0], words))
        for found in _TOKEN.finditer(text)
    ]


def _is_unknown(token: str, words: WordList) -> bool:
    """Whether a word of letters alone is none of the list, unless letters are drawn out."""
    return token not in words.vocabulary and token.isalpha()


def _unstar(token: str, words: WordList) -> set[str]:
    letters = token.replace("*", "")
    if letters == token or len(letters) < _SHORTEST_STARRED or len(token) > _LONGEST_STARRED:
        return set()
    alike = words.starred.get((len(token), token[0], token[-1]))
    if not alike:
        return set()
    pattern = re.compile("".join("[a-z]" if letter == "*" else re.escape(letter) for letter in token))
    return {word for word in alike if pattern.fullmatch(word)}


def _join_spaced(text: str, tokens: list[Token], words: WordList) -> list[Token]:
    """``tokens`` with each run of lone letters, all set apart alike, read as one word when that is in the list."""
    if not _LONE_LETTERS.search(text):
        return tokens
    joined: list[Token] = []
    position = 0
    while position < len(tokens):
        end = _find_end_of_run(text, tokens, position)
        run = tokens[position:end]
        spelt = recognise("".join(text[token.start] for token in run), words) if len(run) >= _SHORTEST_SPACED else None
        joined.extend([Token(start=run[0].start, end=run[-1].end, words=spelt)] if spelt else run)
        position = end
    return joined


def _find_end_of_run(text: str, tokens: list[Token], position: int) -> int:
    """The position after the run of lone letters that begins at ``position``; the next one when there is no run."""
    gap = None
    end = position + 1
    while _is_lone(tokens[end - 1]) and end < len(tokens) and _is_lone(tokens[end]):
        between = text[tokens[end - 1].end : tokens[end].start]
        if not _LETTER_GAP.fullmatch(between) or gap not in (None, between):
            break
        gap = between
        end += 1
    return end


def _join_split(text: str, tokens: list[Token], words: WordList) -> list[Token]:
    """``tokens`` with two that one space parts read as one word, when that is in the list and neither is common."""
    joined: list[Token] = []
    for token in tokens:
        whole = _join(text, joined[-1], token, words) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(token)
    return joined


def _join(text: str, left: Token, right: Token, words: WordList) -> Token | None:
    if right.start - left.end != 1 or text[left.end] != " " or right.end - left.start <= _SHORTEST_SPLIT:
        return None
    first, second = text[left.start : left.end], text[right.start : right.end]
    if first + second not in words.vocabulary or is_common(first) or is_common(second):
        return None
    return Token(start=left.start, end=right.end, words=frozenset({first + second}))


def _is_lone(token: Token) -> bool:
    return token.end - token.start == 1
