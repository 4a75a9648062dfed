"""What promotion has in common: links, prices, ways to reach a seller, words that sell; and words that run down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from solerni_xblocks.discussion.data.measures import PromotionMeasure, Sign
from solerni_xblocks.discussion.data.scenes import Scene, Wording
from solerni_xblocks.discussion.data.verdicts import Part
from solerni_xblocks.discussion.rules.folding import fold
from solerni_xblocks.discussion.rules.measures.links import Link, find_links, is_within
from solerni_xblocks.discussion.rules.measures.tokens import find_entries
from solerni_xblocks.discussion.rules.measures.wordlists import WordList, parse_word_list
from solerni_xblocks.discussion.rules.passages import keep_own_words

MOST_FOUND = 50
_AMOUNT = r"\d{1,3}(?:[\s\u00a0\u202f.]\d{3}){0,3}(?:[.,]\d{1,2})?"
_PRICE = re.compile(
    rf"(?<![\w$])(?:{_AMOUNT}\s?(?:€|euros?\b|eur\b|\$(?!\w)|£|chf\b|francs?\b)|[€£]\s?\d{{1,6}})", re.IGNORECASE
)
_CUT = re.compile(r"[-–−]\s?\d{1,2}\s?%|\b\d{1,2}\s?%\s(?:de\s)?(?:remise|réduction|rabais|moins cher)", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])(?:\+\d{2}\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d{2}){4}(?![\w])")
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


def measure_promotion(wording: Wording, scene: Scene, allowed: tuple[str, ...] = ()) -> PromotionMeasure:
    """The signs in title and body. Links to the course's sites and to ``allowed`` ones are none."""
    known = scene.course_domains.union(allowed)
    signs: list[Sign] = []
    for part, source in ((Part.TITLE, wording.title), (Part.BODY, wording.source)):
        for kind, start, end in _find_signs(source, known, scene.recent_links):
            signs.append(Sign(kind=kind, seen=source[start:end][:80], part=part, start=start, end=end))
    return PromotionMeasure(signs=tuple(signs[:MOST_FOUND]))


def _find_signs(source: str, known: frozenset[str], recent: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    for link in find_links(source):
        for kind in _name_link(link, known, recent):
            yield kind, link.start, link.end
    own = keep_own_words(source)
    for kind, pattern in (("price", _PRICE), ("price", _CUT), ("contact", _PHONE)):
        for found in pattern.finditer(own):
            yield kind, *found.span()
    for found in _MAIL.finditer(source):
        yield "contact", *found.span()
    folded = fold(own)
    for match in find_entries(folded, get_selling_words()):
        if match.outcome is not None:
            # The list's two tiers: what sells, and what runs down.
            kind = "word" if match.outcome else "slur"
            yield kind, *folded.locate(match.start, match.end)


def _name_link(link: Link, known: frozenset[str], recent: frozenset[str]) -> Iterator[str]:
    if is_within(link.domain, known):
        return
    yield "link"
    if link.is_affiliate:
        yield "affiliate"
    if link.key in recent:
        yield "repeat"


@cache
def get_selling_words() -> WordList:
    """Our list of words that sell, and of words that run a product down; read once a process."""
    return parse_word_list(files(__package__).joinpath("selling_fr.txt").read_text(encoding="utf-8"))
