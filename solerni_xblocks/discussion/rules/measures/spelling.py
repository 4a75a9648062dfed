"""Which words the French dictionary does not know: pyenchant over Debian's hunspell-fr, both optional.

``suggest_words`` costs more than judging a whole post: it is for one word that somebody clicked, never for judging.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any

from solerni_xblocks.discussion.data.measures import Found, SpellingMeasure
from solerni_xblocks.discussion.data.scenes import Wording
from solerni_xblocks.discussion.data.verdicts import Part
from solerni_xblocks.discussion.rules.measures.libraries import LibraryMissing
from solerni_xblocks.discussion.rules.measures.words import Word, fold_word, list_words, read_words

DICTIONARY = "fr_FR"
MOST_FOUND = 200
MOST_SUGGESTED = 5
LONGEST_WORD = 40
MOST_SECONDS = 0.5
"""That somebody waits for the suggestions of others."""
_INCLUSIVE = "·•⋅."
_PREFIXES = ("co",)
_LOCK, _SLOW_LOCK = Lock(), Lock()
"""Hunspell keeps state while it looks a word up; who waits for suggestions keeps nobody from being judged."""


class SuggesterBusy(Exception):
    """Others wait for suggestions: there are none for now."""


def measure_spelling(wording: Wording) -> SpellingMeasure:
    """The words of title and body that the dictionary or the texting list points at. Raises LibraryMissing."""
    words, unknown, texting = 0, [], []
    for part, source in ((Part.TITLE, wording.title), (Part.BODY, wording.source)):
        for word in list_words(source):
            words += 1
            if word.text[1:].islower() and fold_word(word.text) in read_words("texting_fr.txt"):
                texting.append(_make_found(word, part))
            if not (is_skipped(word.text) or is_known(word.text)):
                unknown.append(_make_found(word, part))
    return SpellingMeasure(words=words, unknown=tuple(unknown[:MOST_FOUND]), texting=tuple(texting[:MOST_FOUND]))


def knows_all(words: Iterable[Word]) -> bool:
    """Whether the dictionary knows every one of ``words``, capital or not. Raises LibraryMissing."""
    return all(is_known(word.text) or is_known(word.text.lower()) for word in words)


def is_skipped(word: str) -> bool:
    """Whether ``word`` is no matter for a dictionary: a name, an abbreviation, a single letter, another script.

    >>> is_skipped("Paris"), is_skipped("eBay"), is_skipped("n"), is_skipped("maison")
    (True, True, True, False)
    """
    return len(word) == 1 or word != word.lower() or word[0] > "\u024f"


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Whether the dictionary knows ``word``, whole, or as what it is made of. Raises LibraryMissing."""
    if word in read_words("accepted_fr.txt") or _check(word):
        return True
    if any(mark in word for mark in _INCLUSIVE):
        return is_known(_strip_inclusive(word))
    pieces = [piece for piece in word.split("-") if piece]
    if len(pieces) > 1:
        return all(piece in _PREFIXES or len(piece) == 1 or is_known(piece) for piece in pieces)
    return any(word.startswith(prefix) and len(word) > 5 and _check(word[len(prefix) :]) for prefix in _PREFIXES)


@lru_cache(maxsize=500)
def suggest_words(word: str) -> tuple[str, ...]:
    """Up to five words that ``word`` may have meant; slow: 100 to 500 ms. Raises LibraryMissing, SuggesterBusy."""
    if not 1 < len(word) <= LONGEST_WORD:
        return ()
    dictionary = _get_suggester()
    if not _SLOW_LOCK.acquire(timeout=MOST_SECONDS):
        raise SuggesterBusy  # never remembered, as an empty answer would be
    try:
        return tuple(dictionary.suggest(word)[:MOST_SUGGESTED])
    finally:
        _SLOW_LOCK.release()


@cache
def get_dictionary() -> Any:
    """The dictionary, loaded once a process. Raises LibraryMissing."""
    return _load()


@cache
def _get_suggester() -> Any:
    """The dictionary once more, for suggestions alone; loaded with the first."""
    return _load()


def _load() -> Any:
    try:
        enchant = import_module("enchant")
        return enchant.Broker().request_dict(DICTIONARY)
    except ImportError as error:  # also when libenchant itself is not there
        raise LibraryMissing("pyenchant") from error
    except Exception as error:
        raise LibraryMissing("hunspell-fr") from error


def _check(word: str) -> bool:
    dictionary = get_dictionary()
    with _LOCK:
        return bool(dictionary.check(word))


def _strip_inclusive(word: str) -> str:
    """``étudiant`` of ``étudiant·e·s``."""
    for mark in _INCLUSIVE:
        word = word.split(mark)[0]
    return word


def _make_found(word: Word, part: Part) -> Found:
    return Found(seen=word.text, part=part, start=word.start, end=word.end)
