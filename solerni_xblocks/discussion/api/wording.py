"""Help for who writes: what a word may have meant, a word that is right, threads that ask alike."""

from __future__ import annotations

from solerni_xblocks.core.pacekit import count_up
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.api.judging import find_suggestions
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.data.wording import SimilarThread
from solerni_xblocks.discussion.errors.words import TooManySuggestions
from solerni_xblocks.discussion.flows import keep_word as flow

SUGGESTIONS_A_MINUTE = 20
"""For one member; each may keep a process busy for half a second."""


def suggest_words(member_id: int, place: Place, word: str) -> tuple[str, ...]:
    """Up to five words that ``word`` may have meant, none without the dictionary. For one click: it takes 100 ms.

    Raises: NotTakingPart; TooManySuggestions after twenty in a minute.
    """
    queries.get_participant(member_id, place)
    if count_up(f"discussion.suggestions.{member_id}", seconds=60) > SUGGESTIONS_A_MINUTE:
        raise TooManySuggestions
    return find_suggestions(word)


def keep_word(member_id: int, place: Place, word: str) -> None:
    """The spelling rule accepts ``word`` from the member from now on, in every course. Raises: NotTakingPart."""
    flow.keep_word(member_id, place, word)


def list_similar(member_id: int, place: Place, title: str) -> tuple[SimilarThread, ...]:
    """Up to five threads of ``place`` whose title is much like ``title``. Raises: NotTakingPart."""
    return queries.list_similar(place, viewer=queries.get_participant(member_id, place), title=title)
