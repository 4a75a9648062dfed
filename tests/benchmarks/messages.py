"""Labelled messages, and how well something that holds messages finds the toxic ones."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.timing import Share

FILE = "toxifrench-dev.csv.gz"
TOXIC = "1"


def make_shares(holds: Callable[[str], bool], folder: str) -> tuple[Share, Share]:
    """Precision and recall, in percent, of ``holds`` on the messages of ``folder``."""
    with gzip.open(Path(folder) / FILE, "rt", encoding="utf-8", newline="") as lines:
        messages = [(row["text"], row["label"] == TOXIC) for row in csv.DictReader(lines)]
    held = [is_toxic for text, is_toxic in messages if holds(text)]
    toxic = sum(is_toxic for _, is_toxic in messages)
    return Share(percent=100 * sum(held) / max(1, len(held))), Share(percent=100 * sum(held) / max(1, toxic))
