"""What changed between two texts, clause by clause and word by word, for people to read.

Clauses are known by their ids: one that moved or was renumbered is not shown as removed and added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser

from solerni_xblocks.terms.data import ClauseChange, Mark, Passage

MAX_PAIRS = 250_000
MAX_PAIRS_IN_ALL = 500_000
"""Pairs of paragraphs in one clause; of paragraphs and of words in one document. What is dearer is shown whole."""
MAX_WORDS = 1_000
"""Longer paragraphs that differ are shown whole: before and after."""

_HEADINGS = ("h2", "h3", "h4", "h5")
_BREAKS = frozenset((*_HEADINGS, "p", "li", "tr", "pre", "blockquote", "ul", "ol", "table", "br", "hr"))


@dataclass
class Part:
    """A clause as read from a rendering: its id, the words of its heading, its paragraphs."""

    id: str = ""
    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)


class Budget:
    """The pairs that may still be compared in this document."""

    def __init__(self) -> None:
        self.left = MAX_PAIRS_IN_ALL

    def pay(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether the two may be compared; what is too dear costs nothing, and is not done."""
        price = len(old) * len(new)
        if price > self.left:
            return False
        self.left -= price
        return True


class _Reader(HTMLParser):
    """Cuts sanitised HTML into clauses at headings that carry an id, and clauses into paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts = [Part()]
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        clause = dict(attrs).get("id")
        if tag in _BREAKS:
            self._end_paragraph()
        if tag in ("td", "th"):
            self._words.append(" ")
        if tag in _HEADINGS and clause:
            self.parts.append(Part(id=clause))

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        part = self.parts[-1]
        if tag in _HEADINGS and part.id and not part.heading and not part.paragraphs:
            part.heading, self._words = _join(self._words), []
        elif tag in _BREAKS:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        words, self._words = _join(self._words), []
        if words:
            self.parts[-1].paragraphs.append(words)


def read_parts(html: str) -> list[Part]:
    """The clauses of a rendering, in order; the first, without id, holds what stands before them.

    >>> read_parts('<h3 id="a.b">Be kind</h3><p>Always.</p>')[1]
    Part(id='a.b', heading='Be kind', paragraphs=['Always.'])
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader._end_paragraph()
    return reader.parts


def compare_texts(old: str, new: str) -> tuple[ClauseChange, ...]:
    """What became of each clause from one rendering to another.

    >>> old = '<h3 id="a.b">Be kind</h3><p>Always be kind.</p>'
    >>> for one in compare_texts(old, old.replace("Always", "Please")):
    ...     one.mark.value, [[(mark.value, words) for mark, words in passage] for passage in one.passages]
    ('changed', [[('deleted', 'Always '), ('inserted', 'Please '), ('same', 'be kind.')]])
    """
    before, after, budget = read_parts(old), read_parts(new), Budget()
    moved = _find_moved([part.id for part in before], [part.id for part in after])
    known = {part.id: part for part in before}
    changes = [_compare_part(known.get(part.id), part, budget, is_moved=part.id in moved) for part in after]
    kept = {part.id for part in after}
    for place, part in enumerate(before):
        if part.id not in kept:
            changes.insert(_find_place(before[:place], changes), _remove(part))
    return tuple(one for one in changes if one.id or one.passages)


def _find_place(above: Sequence[Part], changes: Sequence[ClauseChange]) -> int:
    """Behind the nearest clause that stood above it and still stands."""
    places = {one.id: place for place, one in enumerate(changes)}
    return next((places[part.id] + 1 for part in reversed(above) if part.id in places), 0)


def _compare_part(old: Part | None, new: Part, budget: Budget, *, is_moved: bool) -> ClauseChange:
    passages: tuple[Passage, ...]
    if old is None:
        passages = tuple(((Mark.INSERTED, words),) for words in new.paragraphs)
        return ClauseChange(id=new.id, heading=new.heading, mark=Mark.INSERTED, is_moved=False, passages=passages)
    passages = _compare_heading(old, new, budget) + compare_paragraphs(old.paragraphs, new.paragraphs, budget)
    is_same = all(mark is Mark.SAME for passage in passages for mark, _ in passage)
    mark = Mark.SAME if is_same else Mark.CHANGED
    return ClauseChange(id=new.id, heading=new.heading, mark=mark, is_moved=is_moved, passages=passages)


def _compare_heading(old: Part, new: Part, budget: Budget) -> tuple[Passage, ...]:
    """A heading that was reworded is shown as a paragraph of its own."""
    return () if old.heading == new.heading else (compare_words(old.heading, new.heading, budget),)


def _remove(part: Part) -> ClauseChange:
    passages = tuple(((Mark.DELETED, words),) for words in part.paragraphs)
    return ClauseChange(id=part.id, heading=part.heading, mark=Mark.DELETED, is_moved=False, passages=passages)


def compare_paragraphs(old: Sequence[str], new: Sequence[str], budget: Budget) -> tuple[Passage, ...]:
    """Paragraphs that stayed, came or went; those that changed in place, word by word."""
    if len(old) * len(new) > MAX_PAIRS or not budget.pay(old, new):
        return (*(((Mark.DELETED, words),) for words in old), *(((Mark.INSERTED, words),) for words in new))
    found: list[Passage] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[i1:i2], new[j1:j2]
        if kind == "equal":
            found += [((Mark.SAME, words),) for words in come]
            continue
        paired = min(len(gone), len(come))
        found += [compare_words(one, other, budget) for one, other in zip(gone, come, strict=False)]
        found += [((Mark.DELETED, words),) for words in gone[paired:]]
        found += [((Mark.INSERTED, words),) for words in come[paired:]]
    return tuple(found)


def compare_words(old: str, new: str, budget: Budget) -> Passage:
    """One paragraph with the words that went and came; as two whole ones when hardly a word stayed."""
    before, after = _split(old), _split(new)
    if max(len(before), len(after)) > MAX_WORDS or not budget.pay(before, after):
        return (Mark.DELETED, old), (Mark.INSERTED, new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:
        return tuple(run for run in ((Mark.DELETED, old), (Mark.INSERTED, new)) if run[1])
    runs: list[tuple[Mark, str]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            runs.append((Mark.SAME, "".join(after[j1:j2])))
            continue
        runs += [(Mark.DELETED, "".join(before[i1:i2]))] if i2 > i1 else []
        runs += [(Mark.INSERTED, "".join(after[j1:j2]))] if j2 > j1 else []
    return tuple(runs)


def _find_moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Clauses that stand in both and are out of step with the longest run of clauses that kept their order."""
    common = set(old) & set(new)
    before, after = [one for one in old if one in common], [one for one in new if one in common]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    still = {one for block in blocks for one in before[block.a : block.a + block.size]}
    return common - still


def _split(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text)


def _join(words: Sequence[str]) -> str:
    return " ".join("".join(words).split())
