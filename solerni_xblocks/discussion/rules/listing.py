"""Lists of words as people write them: in a file with a heading for each effect, or in a form with a box for each.

In a file, one entry a line under ``[block]``, ``[hold]``, ``[nudge]``, ``[allow]`` or ``[glossary]``; a heading may
name the rule that its words serve (``[hold promotion]``). Lines that begin with ``#`` are comments. Plurals, feminines
and disguises need not be written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from solerni_xblocks.discussion.data.lexicons import Effect, WordFault, WordLine
from solerni_xblocks.discussion.data.policies import ListedWord, ListedWords
from solerni_xblocks.discussion.data.verdicts import Outcome, Rule
from solerni_xblocks.discussion.rules.measures.wordlists import Phrase, split_phrase

LONGEST = 100
MOST = 3_000
"""Entries of one list."""
MOST_FAULTS = 100
"""Faults told at once: who mends them reads again."""

NO_HEADING = "words.no_heading"
UNKNOWN_HEADING = "words.unknown_heading"
TOO_LONG = "words.too_long"
NEVER_FOUND = "words.never_found"
TWICE = "words.twice"
TOO_MANY = "words.too_many"

OUTCOMES = {
    Effect.BLOCK: Outcome.REFUSE,
    Effect.HOLD: Outcome.HOLD,
    Effect.NUDGE: Outcome.NUDGE,
    Effect.ALLOW: None,
}

_WORD = re.compile(r"[^\W_]+")
_HEADING = re.compile(r"\[\s*(\w+)(?:\s+(\w+))?\s*\]")


class _Reader:
    """Takes lines one by one; what can be is an entry, what cannot is a fault."""

    def __init__(self) -> None:
        self.lines: list[WordLine] = []
        self.faults: list[WordFault] = []
        self._known: set[Phrase] = set()

    def take(self, text: str, effect: Effect, clause: str | None, *, line: int, where: Effect | None = None) -> None:
        """Take ``text``, which stands in ``line`` (of the box ``where`` of a form)."""
        if len(self.faults) >= MOST_FAULTS:
            return
        phrase = text.strip()
        code = find_fault(phrase) or (TWICE if split_phrase(phrase) in self._known else None)
        if len(self.lines) >= MOST and not code:
            code = TOO_MANY
        if code:
            self.refuse(phrase, code, line=line, where=where)
            return
        self._known.add(split_phrase(phrase))
        self.lines.append(WordLine(phrase, effect, clause))

    def refuse(self, seen: str, code: str, *, line: int, where: Effect | None = None) -> None:
        """Tell what is wrong with ``line``, unless enough is told."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(WordFault(line=line, code=code, seen=seen[:LONGEST], effect=where))


def find_fault(phrase: str) -> str | None:
    """Why ``phrase`` cannot stand in a list; None when it can.

    >>> find_fault("pot-de-vin"), find_fault("c++")
    (None, 'words.never_found')
    """
    if len(phrase) > LONGEST:
        return TOO_LONG
    words = split_phrase(phrase)
    return None if words and all(map(_WORD.fullmatch, words)) else NEVER_FOUND


def read_list(text: str) -> tuple[list[WordLine], list[WordFault]]:
    """The entries of a file, and the lines that cannot be.

    >>> read_list("[hold]\\nBidule\\n# why\\n[nudge promotion]\\ntruc")[0]
    ... # doctest: +NORMALIZE_WHITESPACE
    [WordLine(phrase='Bidule', effect=<Effect.HOLD: 'hold'>, clause='posts.courtesy'),
     WordLine(phrase='truc', effect=<Effect.NUDGE: 'nudge'>, clause='posts.promotion')]
    """
    reader = _Reader()
    heading: tuple[Effect, str] | None = None
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        written = line.strip()
        if written.startswith("["):
            heading = _read_heading(written) or heading
            if _read_heading(written) is None:
                reader.refuse(written, UNKNOWN_HEADING, line=number)
        elif written and not written.startswith("#"):
            if heading:
                reader.take(written, *heading, line=number)
            else:
                reader.refuse(written, NO_HEADING, line=number)
    return reader.lines, reader.faults


def read_boxes(boxes: Mapping[Effect, str]) -> tuple[list[WordLine], list[WordFault]]:
    """The entries of a form, and the lines that cannot be; entries serve the rule that they served before."""
    reader = _Reader()
    for effect, text in boxes.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                reader.take(line, effect, None, line=number, where=effect)
    return reader.lines, reader.faults


def write_list(lines: Iterable[WordLine]) -> str:
    """``lines`` as a file that ``read_list`` reads.

    >>> write_list([WordLine("truc", Effect.NUDGE, "posts.promotion"), WordLine("Bidule", Effect.HOLD)])
    '[hold]\\nBidule\\n\\n[nudge promotion]\\ntruc\\n'
    """
    groups: dict[tuple[int, str], list[str]] = {}
    for line in sorted(lines, key=lambda line: split_phrase(line.phrase)):
        groups.setdefault(([*Effect].index(line.effect), line.clause or Rule.COURTESY.clause), []).append(line.phrase)
    parts = ("\n".join([_write_heading(*key), *phrases]) for key, phrases in sorted(groups.items()))
    return "\n\n".join(parts) + "\n" if groups else ""


def make_listed(lines: Iterable[WordLine]) -> ListedWords:
    """What the courtesy rule looks for."""
    watched = (line for line in lines if line.effect in OUTCOMES)
    return ListedWords(
        words=tuple(ListedWord(line.phrase, OUTCOMES[line.effect], line.clause or "") for line in watched)
    )


def list_known(lines: Iterable[WordLine]) -> tuple[str, ...]:
    """What the spelling rule knows, and what speaks of the course."""
    return tuple(line.phrase for line in lines if line.effect is Effect.GLOSSARY)


def digest_list(lines: Iterable[WordLine]) -> str:
    """A name for a list that changes with it."""
    return hashlib.sha256(write_list(lines).encode()).hexdigest()[:32]


def _read_heading(written: str) -> tuple[Effect, str] | None:
    found = _HEADING.fullmatch(written.lower())
    if not found or found[1] not in [*Effect] or (found[2] or Rule.COURTESY) not in [*Rule]:
        return None
    return Effect(found[1]), Rule(found[2] or Rule.COURTESY).clause


def _write_heading(effect: int, clause: str) -> str:
    rule = clause.removeprefix("posts.")
    name = [*Effect][effect].value
    return f"[{name}]" if rule == Rule.COURTESY else f"[{name} {rule}]"
