"""What the courtesy rule's list finds alone: whole words, case ignored, nothing unbent, no phrase allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.benchmarks import serving
from tests.benchmarks.messages import make_shares


def list_severe(node: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The phrases that are held, the longest last."""
    from solerni_xblocks.discussion.data import Outcome

    for word, following in node.following.items():
        if following.outcome is Outcome.HOLD:
            yield (*before, word)
        yield from list_severe(following, (*before, word))


def main() -> None:
    """Read the list, then answer orders."""
    from solerni_xblocks.discussion.rules.measures.wordlists import get_french_list

    phrases = frozenset(list_severe(get_french_list().root))
    longest = max(map(len, phrases))

    def holds(text: str) -> bool:
        words = re.findall(r"\w+", text.lower())
        places = range(len(words))
        return any(tuple(words[first : first + size]) in phrases for first in places for size in range(1, longest + 1))

    precision, recall = make_shares(holds)
    serving.serve({"discussion.courtesy_precision": lambda: precision, "discussion.courtesy_recall": lambda: recall})


if __name__ == "__main__":
    main()
