"""``python -m tests.benchmarks.page``: docs/reference/benchmarks.md from the figures in build/: of `make bench`, and of
`make bench-large` where it has run."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from typing import Any

from tests.benchmarks.lines import LINES
from tests.benchmarks.sides import ROOT

HEADS = ["Line", "Ours", "Unit", "SQL", "Peer", "Peer's", "Times better", "Target", "Met"]


def make_rows(results: list[dict[str, Any]]) -> list[list[str]]:
    """The table, its heads first."""
    return [HEADS, *(_make_row(result) for result in results)]


def _make_row(result: dict[str, Any]) -> list[str]:
    def show(value: Any) -> str:
        return "–" if value is None else f"{value:,g}" if isinstance(value, float) else str(value)

    return [
        result["name"],
        show(result["value"]),
        result["unit"],
        show(result["sql"]),
        show(result["peer"]),
        show(result["peer_value"]),
        show(result["ratio"]),
        result["target"],
        "yes" if result["met"] else "no",
    ]


def make_page(results: list[dict[str, Any]], *, where: str, large: list[dict[str, Any]] | None = None) -> str:
    """The page that shows ``results``, those of the ``large`` profile too, and explains each line."""
    parts = [
        "# Benchmarks",
        "`make bench` measures these lines and writes `build/bench.json`, `make bench-large` those of a million posts "
        "and writes `build/bench-large.json`; `python -m tests.benchmarks.page` makes this page from them. Do not edit "
        "by hand.",
        f"Measured {where}. Absolute figures change with the machine; *times better* compares with a peer in the same "
        "run, on the same data, the readings interleaved. Every figure is a median; starting the process is not "
        "counted. Every side has the same settings of the database. The peers stand in an environment of their own.",
        _make_table(results),
    ]
    if large:
        parts += ["## On MariaDB, with 10,000 threads and 1,000,000 posts in one course", _make_table(large)]
    every = [*results, *(large or [])]
    for name in dict.fromkeys(result["name"] for result in every):
        line = LINES[name]
        parts.append(f"## {name}\n\n{line.what[0].upper()}{line.what[1:]}. {line.about}")
        parts += list_reasons([result for result in every if result["name"] == name])
    return "\n\n".join(parts) + "\n"


def _make_table(results: list[dict[str, Any]]) -> str:
    rows = make_rows(results)
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], ["---"] * len(HEADS), *rows[1:]])


def list_reasons(results: list[dict[str, Any]]) -> list[str]:
    """Why a peer has no figure, or not the whole of it."""
    return [f"{result['peer']}: {result['reason']}." for result in results if "reason" in result]


def describe_machine() -> str:
    """When and on what."""
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"on {datetime.now(UTC):%Y-%m-%d} on a shared machine of {os.cpu_count()} cores, {versions}"


def read_figures(name: str) -> list[dict[str, Any]] | None:
    """What a run left in build/, if there was one."""
    path = ROOT / "build" / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


if __name__ == "__main__":
    if (figures := read_figures("bench.json")) is None:
        sys.exit("Nothing was measured: run `make bench` first")
    page = ROOT / "docs" / "reference" / "benchmarks.md"
    text = make_page(figures, where=describe_machine(), large=read_figures("bench-large.json"))
    page.write_text(text, encoding="utf-8")
