"""Sizes are told in the units of the Web, in the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from solerni_xblocks.core.sizekit import format_size


@pytest.mark.parametrize(
    ("size", "expected"), [(9, "9 B"), (1_000, "1 kB"), (12_400, "12 kB"), (4_000_000, "4 MB"), (3_840_000, "3.8 MB")]
)
def test_a_size_is_told_in_the_largest_unit_that_fits(size, expected) -> None:
    with translation.override("en"):
        assert format_size(size) == expected
