"""Tables for programs and spreadsheets, written row by row. No cell is ever a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """A file of one line: what the writer wrote last."""

    def write(self, text: str) -> str:
        return text


def write_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of a table, its ``names`` first.

    >>> "".join(write_csv(["word", "count"], [["=1+1", 3], ["café", -2]]))
    "word,count\\r\\n'=1+1,3\\r\\ncafé,-2\\r\\n"
    """
    writer = csv.writer(_Line())
    yield writer.writerow(names)
    for row in rows:
        yield writer.writerow([disarm(cell) for cell in row])


def disarm(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula, made a text; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
