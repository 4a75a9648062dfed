"""Which threads ask alike: titles with the content words of the one that is being typed."""

from __future__ import annotations

from collections.abc import Sequence

from solerni_xblocks.discussion.rules.measures.words import list_stems

MOST = 5
SHARE = 0.5
"""Of the content words typed, the part that a title shares to be shown."""


def rank_similar(typed: str, titles: Sequence[str]) -> list[int]:
    """The places of the most similar of ``titles``, the most alike first, of two alike the earlier.

    >>> rank_similar("Installer git sur Windows", ["Le repas de midi", "Comment installer git ?", "Git sous Windows"])
    [1]
    >>> rank_similar("Merci", ["Merci à vous"])
    []
    """
    wanted = frozenset(list_stems(typed))
    if not wanted:
        return []
    found = []
    for place, title in enumerate(titles):
        stems = frozenset(list_stems(title))
        shared = len(wanted & stems)
        if shared and shared >= SHARE * len(wanted):
            found.append((-shared / len(wanted | stems), place))
    return [place for _, place in sorted(found)[:MOST]]
