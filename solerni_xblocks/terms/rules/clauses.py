"""Clauses keep their ids: through renumbering, through a change of their text, through the removal of others.

Decisions and sanctions point at ids; the number before a heading is for the eye alone. (Obligation 29.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from solerni_xblocks.core.htmlkit import Heading

# "3.", "4.2", "Article 5 –", "IV)", "(b)": printed numbers. A Roman number needs its point, since "I agree" has words.
_NUMBER = re.compile(
    r"^(?:(?:article|clause|section|§)\s*)?"
    r"(?:\d+(?:[.\-]\d+)*(?=[\s.):–—-])|[ivxlc]+(?=[.)])|\(?[a-z]\)|\d+$)[.):\s–—-]*",
    re.IGNORECASE,
)


def list_unmarked(headings: Sequence[Heading]) -> list[Heading]:
    """Headings that open a clause and have no id yet; the title on the first line opens none."""
    return [one for one in headings if not one.clause and (one.level > 1 or one.line > 0)]


def choose_clauses(
    headings: Sequence[Heading],
    *,
    former: Sequence[Heading] = (),
    sibling: Sequence[Heading] = (),
    make_id: Callable[[], str],
) -> dict[int, str]:
    """An id for each heading without one, by its line.

    The id of the heading with the same words in the ``former`` version of this language; else that of the heading in
    the same place of a ``sibling`` language of this version, when both have the same plan; else a new one.

    >>> from solerni_xblocks.core.htmlkit import list_headings
    >>> former = list_headings("## 1. Be kind {#posts.courtesy}")
    >>> choose_clauses(list_headings("## 2. Be kind\\n\\n## New"), former=former, make_id=lambda: "clause.one")
    {0: 'posts.courtesy', 2: 'clause.one'}
    """
    taken = {one.clause for one in headings if one.clause}
    known: dict[str, list[str]] = {}
    for one in former:
        if one.clause and one.clause not in taken:
            known.setdefault(simplify(one.words), []).append(one.clause)
    beside = _align(headings, sibling)
    chosen: dict[int, str] = {}
    for one in list_unmarked(headings):
        same_words = known.get(simplify(one.words))
        clause = same_words.pop(0) if same_words else beside.get(one.line, "")
        if not clause or clause in taken:
            clause = make_id()
        taken.add(clause)
        chosen[one.line] = clause
    return chosen


def find_repeated(headings: Sequence[Heading]) -> list[str]:
    """Ids that stand on two headings of one text: nobody could tell which of them is meant."""
    clauses = [one.clause for one in headings if one.clause]
    return sorted({clause for clause in clauses if clauses.count(clause) > 1})


def simplify(words: str) -> str:
    """The words of a heading without the printed number, case and punctuation.

    >>> simplify("Article 4.2 – Be  kind!"), simplify("IV. Be kind"), simplify("I agree")
    ('be kind', 'be kind', 'i agree')
    """
    return " ".join(re.sub(r"[^\w\s]|_", " ", _NUMBER.sub("", words.strip())).casefold().split())


def _align(headings: Sequence[Heading], sibling: Sequence[Heading]) -> Mapping[int, str]:
    if [one.level for one in headings] != [one.level for one in sibling]:
        return {}
    return {one.line: other.clause for one, other in zip(headings, sibling, strict=True)}
