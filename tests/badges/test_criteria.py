"""Rules over facts: pure, composable, blind to order and repetition."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solerni_xblocks.badges.credentials import keys
from solerni_xblocks.badges.rules import criteria
from solerni_xblocks.badges.rules.criteria import CriterionError, Fulfilled, Missing

BOTH = {"all": [{"count": "post.published", "at_least": 3}, {"has": "terms.accepted"}]}
FACTS = st.lists(st.tuples(st.sampled_from(["post.published", "terms.accepted"]), st.sampled_from("abcdef")))


@given(facts=FACTS, data=st.data())
def test_order_and_repetition_of_facts_do_not_matter(facts: list[tuple[str, str]], data: Any) -> None:
    told_again = data.draw(st.permutations(facts + facts))
    rule = criteria.parse_criterion(BOTH)
    once = criteria.evaluate_criterion(rule, criteria.tally_facts(facts))
    assert criteria.evaluate_criterion(rule, criteria.tally_facts(told_again)) == once


@given(facts=FACTS)
def test_another_fact_never_takes_a_badge_away(facts: list[tuple[str, str]]) -> None:
    rule = criteria.parse_criterion(BOTH)
    if isinstance(criteria.evaluate_criterion(rule, criteria.tally_facts(facts)), Fulfilled):
        more = criteria.tally_facts([*facts, ("post.published", "new")])
        assert isinstance(criteria.evaluate_criterion(rule, more), Fulfilled)


def test_missing_says_what_is_counted_and_needed() -> None:
    outcome = criteria.evaluate_criterion(criteria.parse_criterion(BOTH), {"post.published": 2})
    assert isinstance(outcome, Missing)
    assert [(leaf.counted, leaf.needed, leaf.is_met) for leaf in outcome.requirements] == [(2, 3, False), (0, 1, False)]


def test_groups_nest() -> None:
    rule = criteria.parse_criterion({"all": [BOTH, {"has": "terms.accepted"}]})
    assert [leaf.at_least for leaf in criteria.list_leaves(rule)] == [3, 1, 1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "all",
        {},
        {"all": []},
        {"all": {}},
        {"all": [None]},
        {"has": "names"},
        {"has": ["terms.accepted"]},
        {"count": "post.published"},
        {"count": "post.published", "at_least": 0},
        {"count": "post.published", "at_least": True},
        {"count": "post.published", "at_least": "3"},
        {"count": "post.published", "at_least": 1001},
        {"has": "terms.accepted", "and": 1},
        {"all": [{"all": [{"all": [{"all": [{"all": [{"has": "terms.accepted"}]}]}]}]}]},
        {"all": [{"has": "terms.accepted"}] * 21},
    ],
)
def test_what_says_no_criterion_is_refused(value: Any) -> None:
    with pytest.raises(CriterionError):
        criteria.parse_criterion(value)


@pytest.mark.parametrize("module", [criteria, keys])
def test_examples_in_the_documentation_run(module: Any) -> None:
    assert doctest.testmod(module).failed == 0
