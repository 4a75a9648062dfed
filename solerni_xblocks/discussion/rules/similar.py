"""Which threads ask alike: titles with the content words of the one that is being typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from solerni_xblocks.discussion.rules.measures.words import list_stems

MOST = 5
SHARE = 0.5
"""Of the content words typed, the part that a title shares to be shown."""


def rank_similar(typed: str, titles: Sequence[str]) -> list[int]:
    """The places of the most similar of ``titles``, the most alike first, of two alike the earlier.

    >>> rank_similar("Installer git sur Windows", ["Le repas de midi", "Comment installer git ?", "Git sous Windows"])
    [1, 2]
    >>> rank_similar("Merci", ["Merci à vous"])
    []
    """
    wanted = _list_stems(typed)
    if not wanted:
        return []
    found = []
    for place, title in enumerate(titles):
        stems = _list_stems(title)
        shared = len(wanted & stems)
        if shared and shared >= SHARE * len(wanted):
            found.append((-shared / len(wanted | stems), place))
    return [place for _, place in sorted(found)[:MOST]]


@lru_cache(maxsize=4_096)
def _list_stems(title: str) -> frozenset[str]:
    """What a title is about. Remembered: the same titles are compared at every pause of who types."""
    return frozenset(list_stems(title))
