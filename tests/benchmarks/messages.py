"""Labelled messages, and how well something that holds messages finds the toxic ones."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.timing import Share

FILE = "toxifrench-dev.csv.gz"
FRENCH = ("toxifrench-dev.csv.gz", "hatecheck-fr-dev.csv.gz", "mlma-fr-dev.csv.gz", "ftr-dev.csv.gz")
OTHERS = ("hatecheck-other-dev.csv.gz",)
TOXIC = "1"
FEWEST_LETTERS = 20
"""Shorter texts of another language are not counted: no program tells them."""


def make_shares(holds: Callable[[str], bool], folder: str) -> tuple[Share, Share]:
    """Precision and recall, in percent, of ``holds`` on the messages of ``folder``."""
    messages = [(row["text"], row["label"] == TOXIC) for row in _read(folder, FILE)]
    held = [is_toxic for text, is_toxic in messages if holds(text)]
    toxic = sum(is_toxic for _, is_toxic in messages)
    return Share(percent=100 * sum(held) / max(1, len(held))), Share(percent=100 * sum(held) / max(1, toxic))


def make_language_shares(holds: Callable[[str], bool], folder: str) -> tuple[Share, Share]:
    """French messages that ``holds`` lets pass, and messages in other languages that it holds, in percent."""
    french = [not holds(row["text"]) for name in FRENCH for row in _read(folder, name)]
    texts = [row["text"] for name in OTHERS for row in _read(folder, name)]
    others = [holds(text) for text in texts if sum(map(str.isalpha, text)) >= FEWEST_LETTERS]
    return Share(percent=100 * sum(french) / len(french)), Share(percent=100 * sum(others) / len(others))


def _read(folder: str, name: str) -> list[dict[str, str]]:
    with gzip.open(Path(folder) / name, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
