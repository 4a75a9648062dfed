"""The rules of time, of publishing and of evidence."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.terms.data import Stage, TextDraft, TimelineEntry, VersionDraft
from solerni_xblocks.terms.rules import evidence, publishing, timeline

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def entry(id: int, at: datetime, *, major: bool = True) -> TimelineEntry:
    return TimelineEntry(id=id, uuid=UUID(int=id), effective_at=at, requires_acceptance=major)


@pytest.mark.parametrize("module", [timeline, publishing, evidence])
def test_examples_in_the_rules_are_true(module) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(("shift", "governing"), [(-SECOND, 1), (0 * SECOND, 2), (SECOND, 2)])
def test_a_version_begins_at_its_instant(shift: timedelta, governing: int) -> None:
    entries = [entry(1, NOON - timedelta(days=9)), entry(2, NOON)]
    assert timeline.find_governing(entries, NOON + shift).id == governing
    assert timeline.decide_stage(entries[1], entries, NOON + shift) is (
        Stage.SCHEDULED if governing == 1 else Stage.IN_FORCE
    )


def test_a_minor_version_asks_nobody_again() -> None:
    entries = [entry(1, NOON), entry(2, NOON + SECOND, major=False)]
    assert timeline.find_satisfying(entries, NOON + 2 * SECOND) == {UUID(int=1), UUID(int=2)}


def test_a_major_version_makes_earlier_acceptances_insufficient() -> None:
    entries = [entry(1, NOON), entry(2, NOON + SECOND, major=False), entry(3, NOON + 2 * SECOND)]
    assert timeline.find_satisfying(entries, NOON + 2 * SECOND) == {UUID(int=3)}


def test_minor_versions_alone_ask_for_nothing() -> None:
    assert timeline.find_satisfying([entry(1, NOON, major=False)], NOON) == frozenset()


@given(st.lists(st.tuples(st.integers(-5, 5), st.booleans()), max_size=8))
def test_what_satisfies_has_begun_and_nothing_changes_before_the_next_change(shifts: list[tuple[int, bool]]) -> None:
    entries = [entry(i, NOON + shift * SECOND, major=major) for i, (shift, major) in enumerate(shifts)]
    begun = {e.uuid for e in entries if e.effective_at <= NOON}
    satisfying = timeline.find_satisfying(entries, NOON)
    assert satisfying <= begun
    until = timeline.find_next_change(entries, NOON)
    if until:
        assert timeline.find_satisfying(entries, until - timedelta(microseconds=1)) == satisfying


def make_draft(**changes) -> VersionDraft:
    values = {
        "label": "1.0",
        "contact": "contact@example.org",
        "texts": {"fr": TextDraft(title="T", source="# T\n\nx")},
    }
    return VersionDraft(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"contact": "nobody"}, "contact.missing"),
        ({"label": ""}, "label.malformed"),
        ({"label": "../x"}, "label.malformed"),
        ({"texts": {"en": TextDraft(title="T", source="x")}}, "language.default_missing"),
        ({"texts": {}}, "language.default_missing"),
        ({"texts": {"fr": TextDraft(title=" ", source="x")}}, "title.length"),
        ({"texts": {"fr": TextDraft(title="T", source=" \n")}}, "source.length"),
        ({"texts": {"fr": TextDraft(title="T", source="x" * 200_001)}}, "source.length"),
        (
            {"texts": {"fr": TextDraft(title="T", source="x"), "FR!": TextDraft(title="T", source="x")}},
            "language.malformed",
        ),
        ({"texts": {"fr": TextDraft(title="T", source="x", summary="x" * 2_001)}}, "summary.length"),
        ({"effective_at": NOON - SECOND}, "effective_at.past"),
    ],
)
def test_a_broken_draft_is_refused_for_its_reason(changes, reason: str) -> None:
    assert reason in publishing.judge_draft(make_draft(**changes), default_language="fr", now=NOON)


def test_a_sound_draft_has_no_reason_against_it() -> None:
    assert publishing.judge_draft(make_draft(effective_at=NOON), default_language="fr", now=NOON) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_the_digest_is_the_one_that_sha256sum_tells(source: str) -> None:
    assert publishing.compute_digest(source) == sha256(source.encode("utf-8")).hexdigest()


def test_a_pseudonym_needs_its_secret() -> None:
    assert evidence.make_subject(7, "a") == evidence.make_subject(7, "a")
    assert len({evidence.make_subject(7, "a"), evidence.make_subject(7, "b"), evidence.make_subject(8, "a")}) == 3


@pytest.mark.parametrize("address", ["", "x", "1.2.3", "fe80::1%eth0", "::ffff:192.0.2.7"])
def test_odd_addresses_are_cut_or_dropped(address: str) -> None:
    assert "192.0.2.7" not in evidence.truncate_ip(address)


def test_a_user_agent_is_cut_and_cleaned() -> None:
    assert evidence.shorten_agent("Fire\x00fox\n" + "x" * 500) == "Firefox" + "x" * 193
