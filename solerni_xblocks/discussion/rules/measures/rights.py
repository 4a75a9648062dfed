"""What in a wording needs a right to be shared, and which declarations are missing or unfinished."""

from __future__ import annotations

import re
from collections.abc import Iterator

from solerni_xblocks.discussion.data.measures import Found, RightsMeasure
from solerni_xblocks.discussion.data.scenes import Claim, Declaration, Scene, Wording
from solerni_xblocks.discussion.data.verdicts import Part
from solerni_xblocks.discussion.rules.folding import fold
from solerni_xblocks.discussion.rules.measures.links import find_links, is_within
from solerni_xblocks.discussion.rules.measures.words import read_words
from solerni_xblocks.discussion.rules.passages import find_quotations, keep_borrowed_words

LONG_QUOTATION = 40
"""Words from which on a quotation needs a source."""

_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\((?!#file-)")
"""Of elsewhere: one of the message's own files is declared with the file."""

_QUOTED_LINES = re.compile(r"(?:^ {0,3}>[^\n]*(?:\n|$))+", re.MULTILINE)
_PIECES = re.compile(r"[\W_]+")


def measure_rights(wording: Wording, scene: Scene) -> RightsMeasure:
    """What needs a right. What a reply quotes of its own thread needs none."""
    images = len(_IMAGE.findall(wording.source))
    quotations = tuple(_find_long_quotations(wording.source, scene.thread_texts))
    missing = {name for declaration in wording.files for name in find_missing(declaration)}
    if quotations or images:
        missing.update(find_missing(wording.rights))
    if quotations and wording.rights.claim == Claim.MINE:
        missing.add("source")
    hosts = tuple(_make_found(wording.source, link.start, link.end) for link in find_links(wording.source)
                  if is_within(link.domain, read_words("file_hosts.txt") - scene.course_domains))  # fmt: skip
    return RightsMeasure(
        images=images, files=len(wording.files), quotations=quotations, hosts=hosts, missing=tuple(sorted(missing))
    )


def find_missing(declaration: Declaration) -> Iterator[str]:
    """What ``declaration`` still has to say: ``claim``, ``licence``, ``source``.

    >>> list(find_missing(Declaration(claim=Claim.LICENSED, licence="CC BY 4.0")))
    ['source']
    """
    if declaration.claim == Claim.NONE:
        yield "claim"
    if declaration.claim == Claim.LICENSED and not declaration.licence.strip():
        yield "licence"
    if declaration.claim not in (Claim.NONE, Claim.MINE) and not declaration.source.strip():
        yield "source"


def _find_long_quotations(source: str, thread_texts: tuple[str, ...]) -> Iterator[Found]:
    own = [_fold_words(text) for text in thread_texts]
    spans = [*find_quotations(source), *(found.span() for found in _QUOTED_LINES.finditer(keep_borrowed_words(source)))]
    for start, end in sorted(spans):
        words = _fold_words(source[start:end])
        if words.count(" ") + 1 >= LONG_QUOTATION and not any(words in text for text in own):
            yield _make_found(source, start, end)


def _fold_words(text: str) -> str:
    return _PIECES.sub(" ", fold(text).text).strip()


def _make_found(source: str, start: int, end: int) -> Found:
    return Found(seen=source[start:end][:80], part=Part.BODY, start=start, end=end)
