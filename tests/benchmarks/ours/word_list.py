"""What the courtesy rule's list finds alone: whole words, case ignored, nothing unbent, no phrase allowed."""

from __future__ import annotations

import os
import re

from tests.benchmarks import serving
from tests.benchmarks.messages import make_shares


def main() -> None:
    """Read the list, then answer orders."""
    from solerni_xblocks.discussion.rules.wordlist import get_french_list

    phrases = [r"\W+".join(phrase) for found in get_french_list().severe.values() for phrase in found]
    pattern = re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)
    precision, recall = make_shares(lambda text: bool(pattern.search(text)), os.environ["SOLERNI_MODERATION_DATA"])
    serving.serve({"discussion.courtesy_precision": lambda: precision, "discussion.courtesy_recall": lambda: recall})


if __name__ == "__main__":
    main()
