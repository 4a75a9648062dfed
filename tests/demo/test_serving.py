"""The whole demo as people start it: two worker processes, a seeded site, Ctrl-C, a second start."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.demo.site import DidNotStart, RunningDemo, Visitor

COURSE = "/courses/course-v1:Solerni+DECOUVRIR+2026/"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def demo(data_dir: Path) -> Iterator[RunningDemo]:
    running = RunningDemo(data_dir)
    yield running
    running.stop()


def test_a_visitor_finds_courses_people_and_static_files(demo: RunningDemo) -> None:
    visitor = Visitor(demo.url)
    page = visitor.get("/").text
    assert page.count("data-demo-course=") == 2
    sheets = re.findall(r'href="(/static/[^"]+)"', page)
    assert sheets
    for address in sheets:
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith("max-age=0")


def test_each_persona_enters_and_a_learner_opens_the_course(demo: RunningDemo) -> None:
    for name in ("lea", "sam", "nina", "modou", "ana", "oscar"):
        visitor = Visitor(demo.url)
        assert f'data-demo-who="{name}"' in visitor.enter(name).text
        assert visitor.get(COURSE).status_code == 200


def test_every_worker_follows_the_clock_within_a_second(demo: RunningDemo) -> None:
    operator = Visitor(demo.url)
    operator.enter("oscar")
    operator.post("/demo/clock/", step="year")
    time.sleep(1.1)
    assert all("data-demo-moved" in operator.get("/demo/clock/").text for _ in range(12))
    operator.post("/demo/clock/", step="now")
    time.sleep(1.1)
    assert not any("data-demo-moved" in operator.get("/demo/clock/").text for _ in range(12))


def test_writes_at_the_same_moment_all_succeed(demo: RunningDemo) -> None:
    def enter(_number: int) -> int:
        return Visitor(demo.url).enter("sam").status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(enter, range(24))) == {200}


def test_a_second_demo_in_the_same_folder_is_refused(demo: RunningDemo, data_dir: Path) -> None:
    with pytest.raises(DidNotStart, match=r"^Solerni demo: DATA_DIR .* is in use by another demo.*\n$"):
        RunningDemo(data_dir)


def test_ctrl_c_stops_cleanly_and_a_second_start_loses_nothing(tmp_path: Path) -> None:
    first = RunningDemo(tmp_path)
    Visitor(first.url).enter("lea").raise_for_status()
    printed = first.stop()
    assert first.process.returncode == 0
    assert "Traceback" not in printed
    assert re.search(r"Léa +lea +demo-lea +Learner, new here", printed)
    second = RunningDemo(tmp_path)
    try:
        assert Visitor(second.url).get("/").text.count("data-demo-course=") == 2
    finally:
        second.stop()
    assert second.process.returncode == 0
