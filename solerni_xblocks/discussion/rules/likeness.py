"""Which earlier posts are worth comparing with a wording, judged by the fingerprints that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import chain

MOST_CANDIDATES = 5
FEWEST_SHARED = 3
SMALLEST_SHARE = 0.25

TURN_OF_PHRASE = 20
"""A fingerprint that so many posts of a course have is a way of speaking: no further post leaves it."""


def rank_alike(holders: Mapping[int, Collection[int]], *, prints: int) -> dict[int, int]:
    """The few posts that share most, and how many fingerprints: ``holders`` are those of each, out of ``prints``.

    What few share tells more than what many say.

    >>> rank_alike({1: [7, 8], 2: [7], 3: [7], 4: [8], 5: [8]}, prints=5)
    {7: 3, 8: 3}
    >>> rank_alike({1: [7], 2: [7, 8], 3: [8]}, prints=40)
    {}
    """
    shared = Counter(chain.from_iterable(holders.values()))
    fewest = min(FEWEST_SHARED, prints)
    weights = {post: 0.0 for post, times in shared.items() if times >= fewest}
    for posts in holders.values():
        for post in weights.keys() & posts:
            weights[post] += 1 / len(posts)
    return {post: shared[post] for post in sorted(weights, key=lambda post: (-weights[post], post))[:MOST_CANDIDATES]}


def is_alike(shared: int, *, prints: int, kept: int) -> bool:
    """Whether that many are enough between a wording of ``prints`` and a post that left ``kept``."""
    return shared >= SMALLEST_SHARE * min(prints, kept)


def keep_telling(prints: Collection[int], holders: Mapping[int, Collection[int]]) -> frozenset[int]:
    """The fingerprints that a wording leaves: turns of phrase are left out.

    >>> keep_telling({1, 2}, {1: range(20), 2: range(3)})
    frozenset({2})
    """
    return frozenset(one for one in prints if len(holders.get(one, ())) < TURN_OF_PHRASE)
