"""Merging filter steps: every form of an existing pipeline, twice as good as once."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.core.pipelinekit import has_filter, list_steps, merge_steps, put_first

OURS = ["ours.One", "ours.Two"]
paths = st.sampled_from(["their.A", "their.B", "other.C", *OURS])
pipelines = st.one_of(st.none(), paths, st.lists(paths), st.lists(paths).map(tuple), st.just(0))
dictionaries = st.fixed_dictionaries(
    {}, optional={"pipeline": pipelines, "fail_silently": st.booleans(), "log_level": st.text(max_size=5)}
)
configured = st.one_of(pipelines, dictionaries)


@given(configured)
def test_our_steps_come_first_and_errors_close(existing: Any) -> None:
    merged = put_first(existing, OURS)
    assert merged["pipeline"][:2] == OURS
    assert merged["fail_silently"] is False


@given(configured)
def test_nobody_elses_step_or_key_is_lost_or_reordered(existing: Any) -> None:
    merged = put_first(existing, OURS)
    assert merged["pipeline"][2:] == [step for step in list_steps(existing) if step not in OURS]
    kept = {key: value for key, value in existing.items() if key == "log_level"} if isinstance(existing, dict) else {}
    assert {key: value for key, value in merged.items() if key == "log_level"} == kept


@given(configured)
def test_merged_twice_is_merged_once(existing: Any) -> None:
    once = put_first(existing, OURS)
    assert put_first(once, OURS) == once


@given(st.dictionaries(st.sampled_from(["a.v1", "b.v1"]), configured))
def test_filter_types_that_we_do_not_use_are_left_as_they_are(existing: Any) -> None:
    merged = merge_steps(existing, {"a.v1": OURS})
    assert {key: value for key, value in merged.items() if key != "a.v1"} == {
        key: value for key, value in existing.items() if key != "a.v1"
    }
    assert merge_steps(merged, {"a.v1": OURS}) == merged


def test_what_the_operator_wrote_is_not_changed_in_place() -> None:
    theirs = {"a.v1": {"pipeline": ["their.A"]}}
    merge_steps(theirs, {"a.v1": OURS})
    assert theirs == {"a.v1": {"pipeline": ["their.A"]}}


def test_a_configuration_that_is_not_a_dictionary_is_none() -> None:
    assert merge_steps(None, {"a.v1": ["ours.One"]}) == {"a.v1": {"pipeline": ["ours.One"], "fail_silently": False}}


def test_filters_of_newer_platforms_may_be_absent() -> None:
    assert has_filter("openedx_filters.learning.filters", "StudentRegistrationRequested")
    assert not has_filter("openedx_filters.learning.filters", "NeverHeardOf")
    assert not has_filter("openedx_filters.no_such_module", "Anything")
