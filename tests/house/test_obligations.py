"""obligations.md has one row for each of the 74 rules; every test that it or features.md names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def _read_rows() -> list[tuple[str, ...]]:
    return ROW.findall((ROOT / "docs/reference/obligations.md").read_text(encoding="utf-8"))


def _list_tests() -> set[str]:
    names: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        names |= set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    return names


def test_each_rule_has_one_row() -> None:
    assert [int(row[0]) for row in _read_rows()] == list(range(1, 75))


@pytest.mark.parametrize("page", ["obligations", "features"])
def test_each_named_test_exists(page: str) -> None:
    text = (ROOT / f"docs/reference/{page}.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    assert named
    assert named - _list_tests() == set()


def test_each_named_check_exists() -> None:
    from solerni_xblocks.core.platform_settings import WANTED

    named = {name for row in _read_rows() for name in re.findall(r"`(solerni_core\.W1\d\d)`", row[3])}
    assert named == {wanted.check_id for wanted in WANTED}
