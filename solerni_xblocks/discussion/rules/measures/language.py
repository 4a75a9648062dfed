"""How probable each language is: py3langid, optional, loaded once a process (about a second, 90 MiB)."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

from solerni_xblocks.discussion.data.measures import LanguageMeasure
from solerni_xblocks.discussion.data.scenes import Wording
from solerni_xblocks.discussion.rules.measures.libraries import LibraryMissing
from solerni_xblocks.discussion.rules.measures.spelling import knows_all
from solerni_xblocks.discussion.rules.measures.words import Word, find_words, list_words
from solerni_xblocks.discussion.rules.passages import blank_quotations, keep_own_words

LANGUAGES = ("fr", "en", "es", "it", "pt", "de", "ar", "nl")
"""The languages told apart: with all 97 that the library knows, short French is taken for its neighbours."""

MOST_LETTERS = 4_000


def measure_language(wording: Wording, languages: tuple[str, ...]) -> LanguageMeasure:
    """The probabilities of the languages told apart, those of ``languages`` among them. Raises LibraryMissing."""
    words = [*_list_words(wording.title), *_list_words(wording.source)]
    letters = sum(len(word.text) for word in words)
    text = " ".join(word.text for word in words)[:MOST_LETTERS]
    ranked = get_identifier(frozenset(languages).union(LANGUAGES)).rank(text)
    return LanguageMeasure(
        letters=letters, is_known=_is_known(words), probabilities={name: round(value, 6) for name, value in ranked}
    )


def _list_words(source: str) -> Iterable[Word]:
    """What stands between quotation marks is often the very sentence of another language that is talked about."""
    own = keep_own_words(source)
    unquoted = blank_quotations(own)
    return list_words(source) if unquoted == own else find_words(unquoted)


@cache
def get_identifier(languages: frozenset[str]) -> Any:
    """What ranks ``languages``; those that the library does not know are left out. Raises LibraryMissing."""
    whole = _load()
    chosen = copy.copy(whole)
    chosen.set_languages(languages.intersection(whole.nb_classes))
    return chosen


@cache
def _load() -> Any:
    try:
        langid = import_module("py3langid.langid")
    except ImportError as error:
        raise LibraryMissing("py3langid") from error
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def _is_known(words: list[Word]) -> bool:
    """Whether the dictionary knows all ``words``; without a dictionary, not that we know."""
    try:
        return knows_all(words)
    except LibraryMissing:
        return False
