"""Blocks served by two worker processes of four threads: first hits at once, one row each, no failure."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.demo.site import RunningDemo, Visitor

COURSE = "course-v1:Solerni+DECOUVRIR+2026"
UNIT = "block-v1:Solerni+DECOUVRIR+2026+type@vertical+block@a_plusieurs"
TEXT = "block-v1:Solerni+DECOUVRIR+2026+type@html+block@a_plusieurs_texte"
VIEWED = f"/courses/{COURSE}/xblock/{TEXT}/handler/publish_completion"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def demo(data_dir: Path) -> Iterator[RunningDemo]:
    running = RunningDemo(data_dir)
    yield running
    running.stop()


def _see(visitor: Visitor) -> int:
    token = visitor.session.cookies["csrftoken"]
    headers = {"X-CSRFToken": token, "Connection": "close"}
    return visitor.session.post(visitor.url + VIEWED, json={}, headers=headers, timeout=30).status_code


def test_first_hits_at_once_keep_one_row_a_learner(demo: RunningDemo, data_dir: Path) -> None:
    names = ["lea", "sam", "ana", "modou"] * 2
    visitors = [Visitor(demo.url) for _ in names]
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(lambda pair: pair[0].enter(pair[1]), zip(visitors, names, strict=True)))
        seen = list(pool.map(_see, visitors * 4))
        shown = list(pool.map(lambda visitor: visitor.get(f"/courses/{COURSE}/units/{UNIT}").status_code, visitors))
    assert set(seen) == set(shown) == {200}
    with sqlite3.connect(data_dir / "demo.sqlite3") as database:
        query = "SELECT count(*), count(DISTINCT user_id) FROM solerni_demo_blockcompletion WHERE usage_key = ?"
        assert database.execute(query, [TEXT]).fetchone() == (4, 4)
    database.close()


def test_edits_of_one_unit_at_once_all_stay(demo: RunningDemo) -> None:
    authors = [Visitor(demo.url) for _ in range(4)]
    for author in authors:
        author.enter("ana")
    page = f"/studio/{COURSE}/units/{UNIT}"
    before = authors[0].get(page).text.count("data-demo-block=")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda a: a.post(f"/studio/{COURSE}/blocks/{UNIT}/add", type="html"), authors * 3))
    assert {answer.status_code for answer in answers} == {200}
    assert authors[0].get(page).text.count("data-demo-block=") == before + 12
