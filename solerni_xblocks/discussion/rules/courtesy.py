"""Rule 2, correct and non-insulting language: a severe word or phrase of the list holds the post.

Words are compared whole, folded (see ``folding``), and also as they read once unbent: figures for letters inside a
word, letters set apart, letters drawn out, stars for letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from solerni_xblocks.discussion.data import Part, Passage, Reason
from solerni_xblocks.discussion.rules.folding import Folded, fold
from solerni_xblocks.discussion.rules.passages import keep_own_words
from solerni_xblocks.discussion.rules.wordlist import Phrase, WordList, get_french_list, squeeze

RULE = "courtesy"
CLAUSE = "posts.courtesy"
CODE = "courtesy.insult"

_TOKEN = re.compile(r"(?:[^\W_]|[@$€!|*])+")
_GAP = re.compile(r"[\s'_*~-]{1,4}")
_LETTER_GAP = re.compile(r"[\s._·•/*,-]{1,3}")
_DRAWN_OUT = re.compile(r"(.)\1\1")
_LEET_LETTERS = "013457@$€!|"
_LEET = tuple(str.maketrans(_LEET_LETTERS, f"o{one}eastasei{one}") for one in "il")
_SHORTEST_SPACED = 3
_SHORTEST_STARRED = 2
_LONGEST_STARRED = 30


@dataclass(frozen=True, kw_only=True)
class _Token:
    """A word of the folded text, and the words of the list that it may stand for."""

    start: int
    end: int
    words: frozenset[str]


def judge_courtesy(source: str, *, part: Part, words: WordList | None = None) -> Iterator[Reason]:
    """One reason for each severe passage of ``source``, in order.

    >>> words = __import__("solerni_xblocks.discussion.rules.wordlist", fromlist=["_"]).parse_word_list("zut")
    >>> [reason.passage for reason in judge_courtesy("Ah, Z.U.T !", part=Part.BODY, words=words)]
    [Passage(start=4, end=9)]
    """
    folded = fold(keep_own_words(source))
    for start, end in _find_severe(folded, words or get_french_list()):
        passage = Passage(start=folded.origins[start], end=folded.origins[end - 1] + 1)
        yield Reason(rule=RULE, code=CODE, clause=CLAUSE, part=part, passage=passage)


def _find_severe(folded: Folded, words: WordList) -> Iterator[tuple[int, int]]:
    tokens = _join_spaced(folded.text, _tokenise(folded.text, words), words)
    position = 0
    while position < len(tokens):
        matches = partial(_match, folded.text, tokens, position)
        allowed = matches(words.allowed)
        severe = 0 if allowed else matches(words.severe)
        if severe:
            yield tokens[position].start, tokens[position + severe - 1].end
        position += allowed or severe or 1


def _match(text: str, tokens: list[_Token], position: int, phrases: dict[str, tuple[Phrase, ...]]) -> int:
    """How many tokens from ``position`` on make the longest of ``phrases``."""
    found = [phrase for word in tokens[position].words for phrase in phrases.get(word, ())]
    fitting = (phrase for phrase in found if _fits(text, tokens[position : position + len(phrase)], phrase))
    return max(map(len, fitting), default=0)


def _fits(text: str, tokens: list[_Token], phrase: Phrase) -> bool:
    if len(tokens) < len(phrase) or not all(word in token.words for word, token in zip(phrase, tokens, strict=True)):
        return False
    return all(_GAP.fullmatch(text, left.end, right.start) for left, right in pairwise(tokens))


def _tokenise(text: str, words: WordList) -> list[_Token]:
    return [
        _Token(start=found.start(), end=found.end(), words=recognise(found[0], words))
        for found in _TOKEN.finditer(text)
    ]


def recognise(token: str, words: WordList) -> frozenset[str]:
    """The words of the list that a folded ``token`` may stand for."""
    plain = token.strip("*!|@$€")
    if plain in words.vocabulary:
        return frozenset({plain})
    if plain.isalpha() and plain == token and not _DRAWN_OUT.search(plain):
        return frozenset()
    readings = {plain, plain.replace("*", "")}
    for whole in (plain, token.strip("*!|")):
        if any(letter in _LEET_LETTERS for letter in whole) and any(letter.isalpha() for letter in whole):
            readings.update(whole.replace("*", "").translate(leet) for leet in _LEET)
    found = readings & words.vocabulary
    for reading in readings:
        if _DRAWN_OUT.search(reading):
            found |= words.squeezed.get(squeeze(reading), frozenset())
    return frozenset(found | _unstar(plain, words))


def _unstar(token: str, words: WordList) -> set[str]:
    letters = token.replace("*", "")
    if letters == token or len(letters) < _SHORTEST_STARRED or len(token) > _LONGEST_STARRED:
        return set()
    pattern = re.compile("".join("[a-z]" if letter == "*" else re.escape(letter) for letter in token))
    return {word for word in words.vocabulary if pattern.fullmatch(word)}


def _join_spaced(text: str, tokens: list[_Token], words: WordList) -> list[_Token]:
    """``tokens`` with each run of lone letters, all set apart alike, read as one word when that is in the list."""
    joined: list[_Token] = []
    position = 0
    while position < len(tokens):
        end = _find_end_of_run(text, tokens, position)
        run = tokens[position:end]
        spelt = recognise("".join(text[token.start] for token in run), words) if len(run) >= _SHORTEST_SPACED else None
        joined.extend([_Token(start=run[0].start, end=run[-1].end, words=spelt)] if spelt else run)
        position = end
    return joined


def _find_end_of_run(text: str, tokens: list[_Token], position: int) -> int:
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


def _is_lone(token: _Token) -> bool:
    return token.end - token.start == 1
