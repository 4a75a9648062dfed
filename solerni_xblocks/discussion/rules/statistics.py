"""Numbers about numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil


def find_quantile(ascending: Sequence[float], share: float) -> float | None:
    """The least value that ``share`` of them do not exceed; None when there is none.

    >>> find_quantile([1.0, 2.0, 3.0, 10.0], 0.5), find_quantile([1.0, 2.0, 3.0, 10.0], 0.9), find_quantile([], 0.5)
    (2.0, 10.0, None)
    """
    return ascending[max(0, ceil(len(ascending) * share) - 1)] if ascending else None
