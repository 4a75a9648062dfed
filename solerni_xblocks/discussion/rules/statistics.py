"""Numbers about numbers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import ceil
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def find_quantile(ascending: Sequence[float], share: float) -> float | None:
    """The least value that ``share`` of them do not exceed; None when there is none.

    >>> find_quantile([1.0, 2.0, 3.0, 10.0], 0.5), find_quantile([1.0, 2.0, 3.0, 10.0], 0.9), find_quantile([], 0.5)
    (2.0, 10.0, None)
    """
    return ascending[max(0, ceil(len(ascending) * share) - 1)] if ascending else None


def mask_cells(cells: Mapping[K, int], *, least: int) -> dict[K, int | None]:
    """Counts as those outside the operator's team may see them: none between 1 and ``least`` - 1.

    When one alone would be hidden, the next smallest goes too: nobody finds it by subtraction.

    >>> mask_cells({"a": 40, "b": 12, "c": 3}, least=10)
    {'a': 40, 'b': None, 'c': None}
    >>> mask_cells({"a": 40, "b": 12, "c": 0}, least=10)
    {'a': 40, 'b': 12, 'c': 0}
    """
    hidden = {key for key, count in cells.items() if 0 < count < least}
    if len(hidden) == 1:
        others = sorted((count, place, key) for place, (key, count) in enumerate(cells.items()) if count >= least)
        hidden |= {key for _count, _place, key in others[:1]}
    return {key: None if key in hidden else count for key, count in cells.items()}
