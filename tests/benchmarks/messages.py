"""Labelled messages, and how well something that holds messages finds the toxic ones.

They stand in the folder that SOLERNI_MODERATION_DATA names. Without it, the sentences of ours by which rules are tested
take their place: fewer, and written by who wrote the rules, so that they flatter them.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.timing import Share
from tests.discussion.fixtures import read_sections

FILE = "toxifrench-dev.csv.gz"
FRENCH = ("toxifrench-dev.csv.gz", "hatecheck-fr-dev.csv.gz", "mlma-fr-dev.csv.gz", "ftr-dev.csv.gz")
OTHERS = ("hatecheck-other-dev.csv.gz",)
TOXIC = "1"
FEWEST_LETTERS = 20
"""Shorter texts of another language are not counted: no program tells them."""


def make_shares(holds: Callable[[str], bool]) -> tuple[Share, Share]:
    """Precision and recall, in percent, of ``holds`` on messages of which some are toxic."""
    messages = _list_labelled()
    held = [is_toxic for text, is_toxic in messages if holds(text)]
    toxic = sum(is_toxic for _, is_toxic in messages)
    return Share(percent=100 * sum(held) / max(1, len(held))), Share(percent=100 * sum(held) / max(1, toxic))


def make_language_shares(holds: Callable[[str], bool]) -> tuple[Share, Share]:
    """French messages that ``holds`` lets pass, and messages in other languages that it holds, in percent."""
    french_texts, other_texts = _list_languages()
    french = [not holds(text) for text in french_texts]
    others = [holds(text) for text in other_texts if sum(map(str.isalpha, text)) >= FEWEST_LETTERS]
    return Share(percent=100 * sum(french) / len(french)), Share(percent=100 * sum(others) / len(others))


def _find_folder() -> str:
    return os.environ.get("SOLERNI_MODERATION_DATA", "")


def _list_labelled() -> list[tuple[str, bool]]:
    """Messages, and whether each is toxic."""
    folder = _find_folder()
    if folder:
        return [(row["text"], row["label"] == TOXIC) for row in _read(folder, FILE)]
    sections = read_sections("courtesy")
    return [(text, section == "bent") for section, texts in sections.items() for text in texts]


def _list_languages() -> tuple[list[str], list[str]]:
    """Messages in French, and in other languages."""
    folder = _find_folder()
    if folder:
        french, others = ([row["text"] for name in names for row in _read(folder, name)] for names in (FRENCH, OTHERS))
        return french, others
    sections = read_sections("language")
    return sections["kept"], sections["caught"]


def _read(folder: str, name: str) -> list[dict[str, str]]:
    with gzip.open(Path(folder) / name, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
