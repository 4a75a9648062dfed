"""Posts, what people change in them when they copy, and how well something finds the copies. Standard library only."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.benchmarks.texts import make_post
from tests.benchmarks.timing import Share

POSTS = 1_000
QUERIES = 100

Finder = Callable[[str], set[int]]
"""The numbers of the posts that a text is a copy of."""


def make_posts() -> list[str]:
    """The posts that copies are looked for among."""
    return [make_post(f"original {number}") for number in range(POSTS)]


def make_copies(post: str, number: int) -> dict[str, str]:
    """``post`` after each of the changes; more than one word in five anew is no near copy any more."""
    draw = random.Random(number)  # noqa: S311 - data, not secrets
    new = make_post(f"around {number}")
    words, others = post.split(), new.split()
    middle = len(words) // 2

    def change(share: float) -> str:
        return " ".join(draw.choice(others) if draw.random() < share else word for word in words)

    return {
        "the same": post,
        "upper case": post.upper(),
        "halves swapped": " ".join(words[middle:] + words[:middle]),
        "one word in ten": change(0.1),
        "one word in five": change(0.2),
        "half of it in a new text": " ".join(others[: len(others) // 2] + words[:middle]),
        "within a longer text": f"{new} {post} {make_post(f'more {number}')}",
        "other marks": post.replace("'", "’").replace(",", " ;").replace(".", " !"),
    }


def make_shares(find: Finder) -> tuple[Share, Share]:
    """Of the near copies, the percentage that ``find`` finds; of new posts, the one that it takes for copies."""
    posts = make_posts()
    found = [number in find(copy) for number in range(QUERIES) for copy in make_copies(posts[number], number).values()]
    false = [bool(find(make_post(f"honest {number}"))) for number in range(3 * QUERIES)]
    return Share(percent=100 * sum(found) / len(found)), Share(percent=100 * sum(false) / len(false))
