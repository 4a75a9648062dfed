"""A LanguageTool server of the operator's own: grammar, which no dictionary sees. https://languagetool.org/http-api/

It counts in UTF-16 code units; a passage is counted in code points here.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from solerni_xblocks.discussion.data.services import Envelope, Malformed, Opinion, Question, ServiceSetting
from solerni_xblocks.discussion.data.verdicts import Passage
from solerni_xblocks.discussion.rules.services.answers import parse
from solerni_xblocks.discussion.rules.services.masking import mask

MOST_PASSAGES = 20
GRAMMAR = "grammar"


def write_question(setting: ServiceSetting, question: Question) -> Envelope:
    """The form for one text; the title stays out, so that passages are those of the body."""
    fields = {"language": question.language, "text": mask(question.source)}
    return Envelope(
        url=setting.url,
        body=urlencode(fields).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
    )


def read_opinion(body: bytes, source: str) -> Opinion:
    """The passages that it points at, and their share of the words. Raises Malformed.

    >>> read_opinion('{"matches": [{"offset": 3, "length": 2}]}'.encode(), chr(0x1F600) + " sa marche").passages
    (Passage(start=2, end=4),)
    """
    matches = parse(body).get("matches")
    if not isinstance(matches, list):
        raise Malformed("matches")
    points = _count_units(source)
    passages = tuple(_read_passage(match, points) for match in matches[: 10 * MOST_PASSAGES])
    share = round(min(1.0, len(matches) / max(1, len(source.split()))), 4)
    return Opinion(
        scores={GRAMMAR: share},
        label=GRAMMAR,
        score=share,
        clause="posts.spelling",
        passages=passages[:MOST_PASSAGES],
    )


def _read_passage(match: Any, points: list[int]) -> Passage:
    offset, length = (match.get(name) if isinstance(match, dict) else None for name in ("offset", "length"))
    if not (type(offset) is int and type(length) is int and 0 <= offset < offset + length < len(points)):
        raise Malformed("passage")
    return Passage(start=points[offset], end=points[offset + length])


def _count_units(source: str) -> list[int]:
    """For each place in UTF-16 code units, how many code points stand before it."""
    points = []
    for place, sign in enumerate(source):
        points += [place] * (2 if ord(sign) > 0xFFFF else 1)
    return [*points, len(source)]
