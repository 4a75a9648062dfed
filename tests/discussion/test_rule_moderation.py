"""All rules together: the gravest wins, modes hold what rules let pass, settings bind, failures harm nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.api.judging import find_suggestions
from solerni_xblocks.discussion.data import (
    Candidate,
    Declaration,
    ListedWord,
    ListedWords,
    Mode,
    Origin,
    Outcome,
    Policy,
    Rule,
    RuleSetting,
    Run,
    Scene,
    Template,
    Verdict,
    Wording,
)
from solerni_xblocks.discussion.data.measures import Measures
from solerni_xblocks.discussion.presenters import EXPLANATIONS
from solerni_xblocks.discussion.presenters.explanations import explain, explain_all
from solerni_xblocks.discussion.rules import measuring
from solerni_xblocks.discussion.rules.measures import language, spelling
from solerni_xblocks.discussion.rules.measures.libraries import LibraryMissing
from solerni_xblocks.discussion.rules.measuring import MEASURES, measure
from solerni_xblocks.discussion.rules.moderation import digest_policy, judge
from solerni_xblocks.discussion.rules.storing import pack_measures, unpack_measures

INSULT = Wording(source="Quel connard !")
POLITE = Wording(source="Bonjour à toutes et à tous")
WORST = Wording(
    source="slt, quel connard : https://site.example 12 € ![x](y) bidule\n\n" + "mot " * 20,
    title="Je",
    is_opening=True,
    tags=("rien",),
    files=(Declaration(),),
)
STRICT = Policy(template=Template(title_min=5, headings=("Contexte",), tags=("tout",)))
COPIED = Scene(
    candidates=(Candidate(origin=Origin.OTHER, name="1", source="mot " * 20),),
    lists=(ListedWords(words=(ListedWord("bidule", Outcome.HOLD),)),),
)


def decide(wording: Wording, *, scene: Scene | None = None, policy: Policy | None = None) -> Verdict:
    scene, policy = scene or Scene(), policy or Policy()
    return judge(measure(wording, scene, policy), scene, policy)


def test_all_reasons_show_at_once_and_the_gravest_outcome_wins() -> None:
    verdict = decide(WORST, scene=COPIED, policy=STRICT)
    assert verdict.outcome is Outcome.REFUSE
    assert {reason.rule for reason in verdict.reasons} == {
        Rule.SPELLING,
        Rule.COURTESY,
        Rule.TEMPLATE,
        Rule.RIGHTS,
        Rule.PROMOTION,
        Rule.PLAGIARISM,
    }
    assert {reason.outcome for reason in verdict.reasons} >= {Outcome.NUDGE, Outcome.HOLD, Outcome.REFUSE}
    assert all(reason.clause == f"posts.{reason.rule}" for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("policy", "scene", "code"),
    [
        (Policy(mode=Mode.BEFORE), Scene(), "mode.read_before"),
        (Policy(mode=Mode.BEFORE), Scene(is_trusted=True), "mode.read_before"),
        (Policy(mode=Mode.BEFORE, spares_trusted=True), Scene(is_trusted=True), None),
        (Policy(mode=Mode.BEFORE), Scene(is_moderator=True), None),
        (Policy(mode=Mode.FIRST, first_posts=2), Scene(upheld_posts=1), "mode.first_posts"),
        (Policy(mode=Mode.FIRST, first_posts=2), Scene(upheld_posts=2), None),
        (Policy(mode=Mode.AFTER), Scene(), None),
        (Policy(), Scene(is_read_first=True), "mode.sanction"),
    ],
)
def test_the_mode_holds_what_rules_let_pass(policy: Policy, scene: Scene, code: str | None) -> None:
    verdict = decide(POLITE, scene=scene, policy=policy)
    assert [reason.code for reason in verdict.reasons] == ([code] if code else [])
    assert verdict.outcome is (Outcome.HOLD if code else Outcome.PUBLISH)


def test_in_a_place_read_after_every_post_stands_on_the_list_else_only_suspects() -> None:
    assert decide(POLITE, policy=Policy(mode=Mode.AFTER)).is_to_read
    assert not decide(POLITE, scene=Scene(is_moderator=True), policy=Policy(mode=Mode.AFTER)).is_to_read
    assert not decide(POLITE).is_to_read
    assert decide(Wording(source="Ah merde alors")).is_to_read


def test_an_advice_yields_to_an_author_who_insists_where_the_place_lets_them() -> None:
    wording = Wording(source="slt à tous")
    assert decide(wording).outcome is Outcome.NUDGE
    insisting = decide(wording, scene=Scene(insists=True))
    assert (insisting.outcome, len(insisting.reasons)) == (Outcome.PUBLISH, 1)
    assert decide(wording, scene=Scene(insists=True), policy=Policy(lets_insist=False)).outcome is Outcome.NUDGE
    assert decide(INSULT, scene=Scene(insists=True)).outcome is Outcome.HOLD
    held = decide(wording, scene=Scene(insists=True), policy=Policy(mode=Mode.BEFORE))
    assert held.outcome is Outcome.HOLD


@pytest.mark.parametrize("ceiling", list(Outcome))
def test_a_rule_asks_for_no_more_than_its_ceiling(ceiling: Outcome) -> None:
    policy = Policy(rules={Rule.COURTESY: RuleSetting(ceiling=ceiling)})
    assert decide(INSULT, policy=policy).outcome is min(ceiling, Outcome.HOLD)


def test_a_rule_that_is_off_neither_looks_nor_speaks_and_one_in_dry_run_only_looks() -> None:
    off = decide(INSULT, policy=Policy(rules={Rule.COURTESY: RuleSetting(run=Run.OFF)}))
    assert (off.outcome, off.reasons, off.tried, off.measures.courtesy) == (Outcome.PUBLISH, (), (), None)
    dry = decide(INSULT, policy=Policy(rules={Rule.COURTESY: RuleSetting(run=Run.DRY)}))
    assert (dry.outcome, dry.reasons, dry.is_to_read) == (Outcome.PUBLISH, (), False)
    assert [(reason.seen, reason.outcome, reason.is_dry) for reason in dry.tried] == [("connard", Outcome.HOLD, True)]


def test_stored_measures_are_judged_again_under_another_policy() -> None:
    stored = pack_measures(measure(WORST, COPIED, STRICT))
    assert judge(unpack_measures(stored), COPIED, STRICT) == decide(WORST, scene=COPIED, policy=STRICT)
    milder = Policy(rules={rule: RuleSetting(ceiling=Outcome.NUDGE) for rule in Rule})
    assert judge(unpack_measures(stored), COPIED, milder).outcome is Outcome.NUDGE


@pytest.mark.parametrize("text", ["", "no json", "[]", "null", '{"courtesy":3,"new":1}', '{"courtesy":{"found":[{}]}}'])
def test_measures_that_another_version_wrote_are_read_as_far_as_they_go(text: str) -> None:
    assert unpack_measures(text) == Measures()


def test_what_is_stored_of_an_innocent_post_is_short() -> None:
    assert len(pack_measures(measure(POLITE, Scene(), Policy()))) < 800


def test_a_policy_has_the_same_digest_until_something_in_it_changes() -> None:
    assert digest_policy(Policy()) == digest_policy(Policy(rules={Rule.SPELLING: RuleSetting(ceiling=Outcome.NUDGE)}))
    others = [
        Policy(mode=Mode.BEFORE),
        Policy(languages=("es",)),
        Policy(template=Template(title_min=1)),
        Policy(rules={Rule.SPELLING: RuleSetting(run=Run.OFF)}),
        STRICT,
    ]
    assert len({digest_policy(policy) for policy in (Policy(), *others)}) == 6


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let a measure fail."""

    def let_fail(rule: Rule, error: Exception) -> None:
        def fail(*args: Any) -> None:
            raise error

        monkeypatch.setattr(measuring, "MEASURES", {**MEASURES, rule: fail})

    return let_fail


def test_a_rule_that_breaks_is_logged_the_post_goes_on_and_is_read(broken: Any, caplog: Any) -> None:
    broken(Rule.LANGUAGE, RuntimeError("boom"))
    verdict = decide(POLITE)
    assert (verdict.outcome, verdict.unjudged, verdict.is_to_read) == (Outcome.PUBLISH, {"language": "error"}, True)
    assert "The rule language failed." in caplog.text
    assert decide(INSULT).outcome is Outcome.HOLD


def test_without_its_library_a_rule_does_not_judge_and_nobody_is_bothered(broken: Any) -> None:
    broken(Rule.SPELLING, LibraryMissing("pyenchant"))
    verdict = decide(Wording(source="slt"))
    assert (verdict.outcome, verdict.unjudged, verdict.is_to_read) == (Outcome.PUBLISH, {"spelling": "library"}, False)


@pytest.fixture
def no_libraries(monkeypatch: pytest.MonkeyPatch) -> Any:
    """As on a machine where neither the dictionary nor the language model is installed."""

    def refuse(name: str) -> None:
        raise ImportError(name)

    forgotten = (
        spelling.get_dictionary,
        spelling._get_suggester,
        spelling.suggest_words,
        spelling.is_known,
        language.get_identifier,
        language._load,
    )
    for remembered in forgotten:
        remembered.cache_clear()
    for module in (spelling, language):
        monkeypatch.setattr(module, "import_module", refuse)
    monkeypatch.setattr(measuring, "find_spec", lambda name: None)
    yield
    for remembered in forgotten:
        remembered.cache_clear()


def test_on_a_bare_machine_all_other_rules_judge_and_a_check_says_what_is_missing(no_libraries, capsys) -> None:
    verdict = decide(Wording(source="Quel connard, this is a long English sentence"))
    assert (verdict.outcome, set(verdict.unjudged)) == (Outcome.HOLD, {"spelling", "language"})
    assert api.list_missing_libraries() == ("py3langid", "pyenchant")
    assert find_suggestions("profeseur") == ()
    call_command("check", tags=["solerni"])
    shown = capsys.readouterr()
    assert (shown.out + shown.err).count("solerni_discussion.W001") == 2
    api.warm_up_rules()


def test_here_nothing_is_missing_and_a_word_is_suggested_on_demand() -> None:
    assert api.list_missing_libraries() == ()
    assert "professeur" in find_suggestions("profeseur")
    assert find_suggestions("x" * 1000) == ()


def test_judging_never_asks_the_dictionary_for_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dictionary:
        def check(self, word: str) -> bool:
            return False

    spelling.is_known.cache_clear()
    monkeypatch.setattr(spelling, "get_dictionary", Dictionary)
    assert decide(Wording(source="un profeseur ecri")).outcome is Outcome.NUDGE
    spelling.is_known.cache_clear()


def test_every_code_has_a_sentence_and_every_sentence_speaks_of_what_was_seen() -> None:
    verdict = decide(WORST, scene=COPIED, policy=STRICT)
    assert len(explain_all(verdict.reasons)) >= 8
    foreign = decide(Wording(source="Thank you very much for this wonderful course")).reasons
    with translation.override("fr"):
        assert "Anglais" in explain(foreign[-1])
    assert all("%" not in explain(reason) for reason in (*verdict.reasons, *foreign))
    assert len(EXPLANATIONS) == 30


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_judged_by_every_rule(source: str) -> None:
    verdict = decide(Wording(source=source, title=source[:50], is_opening=True), scene=COPIED, policy=STRICT)
    assert verdict.unjudged == {}
    assert unpack_measures(pack_measures(verdict.measures)) == verdict.measures
    for reason in verdict.reasons:
        if reason.passage:
            assert 0 <= reason.passage.start < reason.passage.end <= len(source)


@pytest.mark.parametrize("source", ["a." * 10_000, "www." * 5_000, "1 " * 10_000, "# \n" * 6_000, "> a\n" * 5_000])
def test_a_long_text_is_judged_by_every_rule_in_reasonable_steps(source: str) -> None:
    """No time is asserted: a quadratic rule would not come back."""
    assert decide(Wording(source=source), scene=COPIED, policy=STRICT).unjudged == {}
