"""The canonical N-Quads of one shape of document, with slots: expanded once by PyLD, then filled.

Expanding contexts is most of the cost of a signature, and two awards of one badge differ in a few words only.
RDFC-1.0 labels a blank node by the hash of its quads when all those hashes differ (section 4.4.3, step 4): filling
a template computes the hashes of the nodes, orders the labels, and joins lines that are sorted already. Whatever
does not fit (alike nodes, an order that would depend on a slot, a character to escape) raises ``NotFilled``: the
caller then takes the plain path. A template compares itself with the plain path when it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from solerni_xblocks.badges.credentials.canonical import canonicalize, list_quads, split_quad

Values = Sequence[bytes]
"""What goes into the slots, in their order."""

MAX_NODES = 6
"""Blank nodes that a template has; each order of theirs is one prepared text."""

PROOFS = 3
"""Documents by which a new template is compared with the plain path."""

_PLAIN = re.compile(rb"[A-Za-z0-9:.-]+")
_MARK = "\ue000{}\ue001"
_MARKS = re.compile("\ue000([0-9]+)\ue001")


class NotFilled(Exception):
    """This document has to take the plain path."""


class Template:
    """``make`` gives the document for slot values, ``draw`` random values of the right form.

    Raises: NotFilled when documents of this shape cannot be filled; CredentialError when they cannot be signed.
    """

    def __init__(self, make: Callable[[Sequence[str]], Mapping[str, Any]], draw: Callable[[], Sequence[str]]) -> None:
        sentinels = draw()
        lines = [_mark(line, sentinels) for line in list_quads(make(sentinels))]
        self._nodes = sorted({term for line in lines for term in _list_nodes(line)})
        if len(self._nodes) > MAX_NODES or any("\ue000" in text or "\ue001" in text for text in _strings(make(draw()))):
            raise NotFilled
        self._lines = lines
        self._first_degree = [Form(_sort_lines(_list_first_degree(node, lines))) for node in self._nodes]
        self._texts: dict[tuple[int, ...], Form] = {}
        for _ in range(PROOFS):
            values = draw()
            if self.fill([value.encode() for value in values]) != canonicalize(make(values)).encode():
                raise NotFilled

    def fill(self, values: Values) -> bytes:
        """The canonical N-Quads of the document with ``values``. Raises NotFilled."""
        return self._choose(values).fill(values)

    def digest(self, values: Values) -> bytes:
        """Their SHA-256. Raises NotFilled."""
        return self._choose(values).digest(values)

    def _choose(self, values: Values) -> Form:
        """The text whose labels are in the order of the hashes that ``values`` give the nodes."""
        if not _PLAIN.fullmatch(b"".join(values)):
            raise NotFilled
        hashes = {form.digest(values): node for node, form in enumerate(self._first_degree)}
        if len(hashes) < len(self._first_degree):
            raise NotFilled
        order = tuple([hashes[digest] for digest in sorted(hashes)])
        return self._texts.get(order) or self._prepare(order)

    def _prepare(self, order: tuple[int, ...]) -> Form:
        labels = {self._nodes[node]: f"_:c14n{number}" for number, node in enumerate(order)}
        text = Form(_sort_lines([_rename(line, labels) for line in self._lines]))
        self._texts[order] = text
        return text


class Form:
    """A text with slots, ready to be filled as bytes. Slots are where ``sentinels`` stand in ``text``."""

    def __init__(self, text: str, sentinels: Sequence[str] = ()) -> None:
        marked = _mark(text, sentinels)
        self._slots = [int(number) for number in _MARKS.findall(marked)]
        self._format = _MARKS.sub("%b", marked.replace("%", "%%")).encode()
        head, _, _ = marked.partition("\ue000")
        self._head = sha256(head.encode())
        self._tail = self._format[len(head.replace("%", "%%").encode()) :]

    def digest(self, values: Values) -> bytes:
        """SHA-256 of the filled text; what stands before the first slot is hashed once."""
        if not self._slots:
            return self._head.digest()
        state = self._head.copy()
        state.update(self._tail % tuple([values[slot] for slot in self._slots]))
        return state.digest()

    def fill(self, values: Values) -> bytes:
        """The text with ``values`` in its slots."""
        return self._format % tuple([values[slot] for slot in self._slots])


def _sort_lines(lines: list[str]) -> str:
    """The lines in their order. Raises NotFilled when it depends on what goes into a slot."""
    ordered = sorted(lines)
    for first, second in pairwise(ordered):
        _require_fixed_order(first, second)
    return "".join(f"{line}\n" for line in ordered)


def _mark(line: str, sentinels: Sequence[str]) -> str:
    for number, sentinel in enumerate(sentinels):
        line = line.replace(sentinel, _MARK.format(number))
    return line


def _require_fixed_order(first: str, second: str) -> None:
    """The first difference lies between two written characters, outside every slot (a repeated line counts twice)."""
    at = next((index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    if at is None or _is_in_slot(first, at) or _is_in_slot(second, at):
        raise NotFilled


def _is_in_slot(line: str, at: int) -> bool:
    return line[at] == "\ue000" or line.rfind("\ue000", 0, at) > line.rfind("\ue001", 0, at)


def _list_nodes(line: str) -> Iterator[str]:
    return (term for term in split_quad(line) if term.startswith("_:"))


def _list_first_degree(node: str, lines: list[str]) -> list[str]:
    """RDFC-1.0 section 4.6.3: the quads of ``node``, itself as ``_:a``, every other blank node as ``_:z``."""
    return [
        _rename(line, {name: "_:a" if name == node else "_:z" for name in _list_nodes(line)})
        for line in lines
        if node in split_quad(line)
    ]


def _rename(line: str, labels: Mapping[str, str]) -> str:
    return " ".join(labels.get(term, term) for term in split_quad(line)) + " ."


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for child in value.values():
            yield from _strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from _strings(child)
