"""Reading what came back: strict JSON, numbers from 0 to 1, and nothing that was not asked for."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from solerni_xblocks.discussion.data.services import Malformed, Opinion

MOST_CATEGORIES = 50
LABEL_LENGTH = 80


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object of ``body``. Raises Malformed, also for NaN, endless nesting and numbers without end.

    >>> parse(b'{"a": 1}')
    {'a': 1}
    """
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed("json") from error
    if not isinstance(value, dict):
        raise Malformed("object")
    return value


def read_scores(value: object) -> dict[str, float]:
    """Scores by category. Raises Malformed for what is no number from 0 to 1.

    >>> read_scores({"hate": 0.25})
    {'hate': 0.25}
    """
    if not isinstance(value, dict) or not value or len(value) > MOST_CATEGORIES:
        raise Malformed("scores")
    return {clean_label(name): read_score(score) for name, score in value.items()}


def read_score(value: object) -> float:
    """One score. Raises Malformed."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Malformed("score")
    return round(float(value), 4)


def clean_label(text: str) -> str:
    """A category as it may be shown: one short line without anything that cannot be seen.

    >>> clean_label("hate" + chr(0x202E) + chr(10) + "x" * 100)[:6]
    'hatexx'
    """
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")[:LABEL_LENGTH]


def weigh(scores: Mapping[str, float], clauses: Mapping[str, str], *, ignored: frozenset[str] = frozenset()) -> Opinion:
    """The opinion that the gravest score of those that count makes.

    >>> weigh({"hate": 0.9, "law": 1.0}, {"hate": "posts.courtesy"}, ignored=frozenset({"law"})).label
    'hate'
    """
    counted = {name: score for name, score in scores.items() if name not in ignored}
    label = max(counted, key=lambda name: counted[name], default="")
    return Opinion(scores=scores, label=label, score=counted.get(label, 0.0), clause=clauses.get(label, ""))


def _refuse(name: str) -> float:
    raise ValueError(name)
