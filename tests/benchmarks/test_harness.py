"""The harness says what it measured: format, arithmetic, names. Nothing is timed here."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import material, texts
from tests.benchmarks.__main__ import OURS, PEERS, READINGS_A_ROUND, ROUNDS, choose_lines, choose_times, measure_line
from tests.benchmarks.lines import BENCH, LARGE, LINES, Line
from tests.benchmarks.messages import FILE, make_language_shares, make_shares
from tests.benchmarks.page import make_page, make_rows
from tests.benchmarks.results import Measured, Readings, compare_lines, make_ratio, make_results, make_value
from tests.benchmarks.sides import REQUIREMENTS, SideError
from tests.benchmarks.timing import Runner, Share, Subject

KEYS = {"name", "value", "unit", "sql", "peer", "peer_value", "ratio", "target", "met"}
NAMES = {
    "terms.gate_warm",
    "terms.gate_cold",
    "terms.publish_1k",
    "terms.publish_100k",
    "terms.verify_chain",
    "discussion.list",
    "discussion.list_deep",
    "discussion.thread",
    "discussion.unread",
    "discussion.publish",
    "discussion.search_rare",
    "discussion.search_common",
    "discussion.queue",
    "discussion.rules",
    "discussion.courtesy_precision",
    "discussion.courtesy_recall",
    "discussion.french_kept",
    "discussion.other_caught",
    "discussion.copy_found",
    "discussion.copy_false",
    "badges.sign",
    "badges.sign_equal",
}


def make_line(**more: Any) -> Line:
    return Line(**{"name": "a.line", "what": "a thing", "unit": "ms", "target": "words", "about": "About.", **more})


def give_results(line: Line, seconds: float, *, sql: int | None = None, **peers: float) -> list[dict[str, Any]]:
    given = {peer: Readings(values=[value]) for peer, value in peers.items()}
    return make_results(Measured(line=line, ours=Readings(values=[seconds], sql=sql), peers=given))


def test_the_table_holds_the_names_that_are_built() -> None:
    assert set(LINES) == NAMES
    assert all(name == line.name for name, line in LINES.items())


def test_every_line_has_a_side_of_ours_and_every_peer_a_side() -> None:
    assert {name.split(".")[0] for name in LINES} == set(OURS)
    assert {peer for line in LINES.values() for peer in line.peers} == set(PEERS)


@pytest.mark.parametrize("line", LINES.values(), ids=lambda line: line.name)
def test_a_result_has_the_agreed_keys_and_types(line: Line) -> None:
    results = give_results(line, 0.5, sql=1, **dict.fromkeys(line.peers, 1.0))
    assert [result["peer"] for result in results] == list(line.peers or (None,))
    for result in results:
        assert set(result) == KEYS
        assert isinstance(result["met"], bool)
        assert result["target"] == line.target


@pytest.mark.parametrize(("unit", "value"), [("µs", 500_000.0), ("ms", 500.0), ("1/s", 2.0), ("%", 0.5)])
def test_the_median_is_told_in_the_unit_of_the_line(unit: str, value: float) -> None:
    assert make_value(make_line(unit=unit), Readings(values=[9.0, 0.5, 0.1])) == value


def test_a_ratio_above_one_means_better_whichever_way_the_unit_runs() -> None:
    assert make_ratio(make_line(unit="ms"), 10.0, 30.0) == 3.0
    assert make_ratio(make_line(unit="1/s"), 30.0, 10.0) == 3.0
    assert make_ratio(make_line(unit="%"), 0.0, 0.0) == 0.0


@pytest.mark.parametrize(
    ("bounds", "seconds", "sql", "met"),
    [
        ({"at_most": 15}, 0.015, None, True),
        ({"at_most": 15}, 0.0151, None, False),
        ({"at_most": 15, "sql_at_most": 12}, 0.001, 12, True),
        ({"at_most": 15, "sql_at_most": 12}, 0.001, 13, False),
        ({"sql_at_most": 12}, 0.001, None, False),
        ({"unit": "%", "at_least": 90}, 89.9, None, False),
        ({"unit": "%", "at_least": 90}, 90, None, True),
        ({}, 1.0, None, True),
    ],
)
def test_a_target_is_met_when_every_bound_holds(
    bounds: dict[str, Any], seconds: float, sql: int | None, met: bool
) -> None:
    assert give_results(make_line(**bounds), seconds, sql=sql)[0]["met"] is met


def test_a_target_against_a_peer_is_judged_by_that_peer_alone() -> None:
    line = make_line(unit="1/s", ratio_at_least=60, ratio_to="slow", peers=("slow", "fast"))
    slow, fast = give_results(line, 0.01, slow=0.6, fast=0.001)
    assert (slow["ratio"], fast["ratio"]) == (60.0, 0.1)
    assert slow["met"] is fast["met"] is True
    assert [result["met"] for result in give_results(line, 0.01, slow=0.59, fast=0.001)] == [False, False]


def test_a_target_against_a_peer_that_is_missing_is_not_met() -> None:
    line = make_line(unit="1/s", ratio_at_least=1, ratio_to="slow", peers=("slow",))
    assert give_results(line, 0.01)[0]["met"] is False


def test_a_peer_that_gave_nothing_is_null_with_a_reason() -> None:
    measured = Measured(line=make_line(peers=("gone",)), ours=Readings(values=[1.0]), reasons={"gone": "no wheel"})
    (result,) = make_results(measured)
    assert (result["peer"], result["peer_value"], result["ratio"]) == ("gone", None, None)
    assert result["reason"] == "not measured: no wheel"


def test_a_slow_side_is_read_once_a_round_and_a_quick_one_many_times() -> None:
    assert choose_times(3.0) == 1
    assert choose_times(0.1) == 4
    assert choose_times(0.0) == 50


def test_what_takes_many_seconds_is_read_once_in_all() -> None:
    side = Memory(seconds=60.0)
    measured = measure_line(make_line(), side, {}, {})  # type: ignore[arg-type]
    assert (measured.ours.values, side.asked) == ([60.0], 1)


def test_a_line_that_must_equal_another_is_judged_by_both() -> None:
    def judge(value: float, sql: int) -> bool:
        first = {"name": "terms.publish_1k", "value": 10.0, "sql": 6, "met": True}
        second = {"name": "terms.publish_100k", "value": value, "sql": sql, "met": True}
        return compare_lines([first, second])[1]["met"]

    assert judge(14.0, 6)
    assert not judge(16.0, 6)
    assert not judge(10.0, 7)
    assert compare_lines([{"name": "terms.publish_100k", "value": 10.0, "sql": 6, "met": True}])[0]["met"]


def test_a_reading_of_many_pieces_is_the_time_of_one() -> None:
    clock = Runner(Subject(run=lambda _: None, pieces=1_000_000, warm_up=0))
    assert clock.read(1)[0] < 1e-6


class Memory:
    """A side that answers at once, or fails at its second reading."""

    def __init__(self, *, fails: bool = False, seconds: float = 1.0) -> None:
        self.asked = 0
        self.seconds = seconds
        self.fails = fails

    def take_readings(self, line: str, times: int) -> list[float]:
        self.asked += 1
        if self.fails and self.asked > 1:
            raise SideError("does not run: it broke")
        return [self.seconds] * times

    def count_queries(self, line: str) -> int:
        return 7


def test_a_peer_that_breaks_off_is_left_out_and_the_others_go_on() -> None:
    line = make_line(peers=("good", "bad"))
    measured = measure_line(line, Memory(), {"good": Memory(), "bad": Memory(fails=True)}, {})  # type: ignore[arg-type, dict-item]
    good, bad = make_results(measured)
    assert len(measured.ours.values) == len(measured.peers["good"].values) == ROUNDS * READINGS_A_ROUND
    assert (good["sql"], good["ratio"], "reason" in good) == (7, 1.0, False)
    assert (bad["peer_value"], bad["reason"]) == (None, "not measured: does not run: it broke")


@pytest.mark.parametrize(("seconds", "is_told"), [(20.0, True), (20.2, True), (19.9, False)])
def test_a_peer_that_was_stopped_is_said_to_take_at_least_that(seconds: float, is_told: bool) -> None:
    (result,) = give_results(make_line(stops_peers_after=20, peers=("slow",)), 0.01, slow=seconds)
    assert (result["peer_value"], result["ratio"]) == pytest.approx((seconds * 1000, seconds * 100))
    told = "stopped after 20 s, so that figure and ratio are the least that they can be"
    assert result.get("reason") == (told if is_told else None)
    page = make_page([{**result, "name": "terms.publish_100k"}], where="somewhere")
    assert (f"slow: {told}." in page) is is_told


def test_our_own_failure_is_not_hidden() -> None:
    with pytest.raises(SideError):
        measure_line(make_line(), Memory(fails=True), {}, {})  # type: ignore[arg-type]


def test_where_no_messages_are_our_own_sentences_take_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOLERNI_MODERATION_DATA", raising=False)
    assert {name for name in NAMES if BENCH in LINES[name].profiles} == set(choose_lines(BENCH))
    assert make_shares(lambda text: "Babylone" in text) == (Share(percent=0), Share(percent=0))
    assert make_shares(lambda text: text == "Quel c0nnard !")[0] == Share(percent=100)
    kept, caught = make_language_shares(lambda text: "push" in text)
    assert (0 < kept.percent < 100, caught.percent) == (True, 0)


def test_each_line_is_measured_in_a_profile_and_the_large_one_is_about_discussion() -> None:
    assert all(set(line.profiles) <= {BENCH, LARGE} and line.profiles for line in LINES.values())
    assert {name.split(".")[0] for name in choose_lines(LARGE)} == {"discussion"}


def test_a_thread_of_a_small_profile_has_ten_posts_and_one_a_page_of_them() -> None:
    long = material.LONG_THREAD
    assert (material.count_posts(0), material.count_posts(long)) == (10, material.POSTS_A_PAGE)
    places = [(thread, number) for thread in (0, 1, long) for number in range(material.count_posts(thread))]
    assert len({material.make_id(*place) for place in places}) == len(places)


def test_copies_stand_behind_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(material, "IS_LARGE", True)
    monkeypatch.setattr(material, "COPIES", 10)
    assert material.count_posts(0) == material.count_posts(material.LONG_THREAD) == material.POSTS_A_PAGE
    written = material.THREADS * material.POSTS_WRITTEN
    assert [material.make_id(3, number) for number in (0, 1, 9, 10, 99)] == [
        31,
        32,
        40,
        written + 32,
        10 * written + 40,
    ]


def test_a_runner_checks_every_answer_and_times_only_the_run() -> None:
    seen: list[str] = []
    subject = Subject(
        run=lambda made: seen.append(f"run {made}") or "answer",
        prepare=lambda: seen.append("prepare") or "made",
        check=lambda answer: seen.append(f"check {answer}"),
        batch=2,
        warm_up=1,
        count=lambda run: run() or 4,
    )
    runner = Runner(subject)
    assert seen == ["prepare", "run made", "run made", "check answer"]
    assert len(runner.read(3)) == 3
    assert runner.count_queries() == 4


def test_shares_count_what_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOLERNI_MODERATION_DATA", str(tmp_path))
    with gzip.open(tmp_path / FILE, "wt", encoding="utf-8", newline="") as file:
        rows = [("bad one", 1), ("bad two", 1), ("one\nand two", 0), ("three", 0)]
        csv.writer(file).writerows([("text", "label", "set", "language"), *((*row, "t", "fr") for row in rows)])
    precision, recall = make_shares(lambda text: "one" in text)
    assert (precision, recall) == (Share(percent=50.0), Share(percent=50.0))


def test_posts_are_different_and_of_the_agreed_length() -> None:
    posts = [texts.make_post(str(seed)) for seed in range(200)]
    assert len(set(posts)) == len(posts)
    assert all(abs(len(post.split()) - texts.WORDS_A_POST) <= 16 for post in posts)
    assert abs(len(texts.make_long_text(24_000).encode()) - 24_000) < 8


def test_peers_agree_on_the_pins_that_they_share() -> None:
    pins: dict[str, str] = {}
    for path in REQUIREMENTS.glob("requirements-*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                name, version = re.fullmatch(r"([\w.-]+)==([\w.]+)", line).groups()  # type: ignore[union-attr]
                assert pins.setdefault(name.lower(), version) == version, name
    assert all(side.requirements == "" or (REQUIREMENTS / side.requirements).exists() for side in PEERS.values())


def test_a_peer_is_named_by_the_version_that_is_installed() -> None:
    for peer, side in PEERS.items():
        if side.requirements and (found := re.fullmatch(r"([\w-]+) ([\d.]+(?:post\d+)?)", peer)):
            pinned = (REQUIREMENTS / side.requirements).read_text(encoding="utf-8").splitlines()
            assert f"{found[1]}=={found[2]}" in pinned


def test_the_page_shows_each_figure_and_explains_each_line() -> None:
    results = [result for line in LINES.values() for result in give_results(line, 0.5, **dict.fromkeys(line.peers, 1))]
    page = make_page(results, where="somewhere", large=results[:1])
    assert page.count(f"| {results[0]['name']} |") == 2
    assert all(f"## {name}\n" in page and line.about in page for name, line in LINES.items())
    assert {len(row) for row in make_rows(results)} == {9}
