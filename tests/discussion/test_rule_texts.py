"""Rules on texts of ours: what they find, what they leave alone. Nothing innocent is held."""

from __future__ import annotations

import pytest

from solerni_xblocks.discussion.data import (
    ListedWord,
    ListedWords,
    Outcome,
    Policy,
    Rule,
    RuleSetting,
    Run,
    Scene,
    Verdict,
    Wording,
)
from solerni_xblocks.discussion.rules.measures.words import make_vocabulary
from solerni_xblocks.discussion.rules.measuring import measure
from solerni_xblocks.discussion.rules.moderation import judge
from tests.discussion.fixtures import read_sections

SPELLING, LANGUAGE, PROMOTION, COURTESY, TOPIC = map(
    read_sections, ("spelling", "language", "promotion", "courtesy", "topic")
)
TOOLS = (
    "git commit push docker nginx numpy pandas pip bash npm webpack notebook jupyter matplotlib yaml cluster "
    "kubernetes token webhook vim emacs json grep csv ansible terraform plugin moodle scorm firewall proxy squid "
    "sql postgres gimp sqlite inkscape svg apache css javascript rebase merge framework django middleware hook "
    "pytest mypy driver react arduino linux "
)
COURSES = ("statistics", "garden")


def judge_text(source: str, *, scene: Scene | None = None, policy: Policy | None = None) -> Verdict:
    scene, policy = scene or Scene(), policy or Policy()
    return judge(measure(Wording(source=source), scene, policy), scene, policy)


def find(verdict: Verdict, rule: Rule, outcome: Outcome) -> list[str]:
    return [reason.seen for reason in verdict.reasons if reason.rule == rule and reason.outcome == outcome]


def find_held(texts: list[str], rule: Rule) -> list[str]:
    return [text for text in texts if find(judge_text(text), rule, Outcome.HOLD)]


def test_the_fixtures_are_as_many_as_the_rules_were_promised() -> None:
    sizes = {
        "spelling": (40, 40, 20, 10),
        "language": (40, 16),
        "promotion": (40, 40, 20),
        "courtesy": (20, 20),
        "topic": (9, 9, 20, 20, 20, 20, 4),
    }
    for name, least in sizes.items():
        found = [len(texts) for texts in read_sections(name).values()]
        assert len(found) == len(least)
        assert all(number >= wanted for number, wanted in zip(found, least, strict=True)), name


@pytest.mark.parametrize("source", SPELLING["faulty"])
def test_a_faulty_sentence_is_sent_back_to_its_author(source: str) -> None:
    assert find(judge_text(source), Rule.SPELLING, Outcome.NUDGE)


@pytest.mark.parametrize("source", SPELLING["correct"])
def test_a_correct_sentence_is_not(source: str) -> None:
    assert judge_text(source).reasons == ()


@pytest.mark.parametrize("source", SPELLING["glossary"])
def test_names_of_tools_are_words_once_the_glossary_has_them(source: str) -> None:
    policy = Policy(glossary=tuple(TOOLS.split()))
    assert find(judge_text(source, policy=policy), Rule.SPELLING, Outcome.NUDGE) == []
    assert find(judge_text(source, scene=Scene(member_words=policy.glossary)), Rule.SPELLING, Outcome.NUDGE) == []


@pytest.mark.parametrize("source", SPELLING["texting"])
def test_texting_forms_are_pointed_at(source: str) -> None:
    reasons = [reason for reason in judge_text(source).reasons if reason.code == "spelling.texting"]
    assert len(reasons) == 1
    assert reasons[0].seen == source[reasons[0].passage.start : reasons[0].passage.end]


def test_spelling_says_how_many_words_are_unknown_and_from_where_on_it_speaks() -> None:
    (reason,) = judge_text("Le profeseur explique la leçon avec un schéma simple").reasons
    assert (reason.seen, reason.score, reason.threshold) == ("profeseur", 0.111, 0.08)
    policy = Policy(rules={Rule.SPELLING: RuleSetting(threshold=0.2, ceiling=Outcome.NUDGE)})
    assert judge_text("Le profeseur explique la leçon avec un schéma simple", policy=policy).reasons == ()


def test_a_place_of_another_language_has_no_french_dictionary() -> None:
    source = "Buenos días, el profesor explica muy bien la lección de hoy"
    assert {reason.rule for reason in judge_text(source).reasons} == {Rule.SPELLING, Rule.LANGUAGE}
    assert judge_text(source, policy=Policy(languages=("es",))).reasons == ()
    assert judge_text(source, policy=Policy(languages=("fr", "es"))).reasons == ()


@pytest.mark.parametrize("source", LANGUAGE["kept"])
def test_french_is_kept_however_mixed_or_written(source: str) -> None:
    assert find(judge_text(source), Rule.LANGUAGE, Outcome.HOLD) == []


@pytest.mark.parametrize("source", LANGUAGE["caught"])
def test_another_language_is_held(source: str) -> None:
    assert find(judge_text(source), Rule.LANGUAGE, Outcome.HOLD)


@pytest.mark.parametrize("source", COURTESY["bent"])
def test_a_bent_insult_is_held(source: str) -> None:
    assert find(judge_text(source), Rule.COURTESY, Outcome.HOLD)


@pytest.mark.parametrize("source", COURTESY["traps"])
def test_no_trap_is_held_or_refused(source: str) -> None:
    assert judge_text(source).outcome < Outcome.HOLD


def test_almost_all_promotion_by_a_newcomer_is_held_and_no_recommendation_is() -> None:
    assert len(find_held(PROMOTION["promotional"], Rule.PROMOTION)) >= 36
    assert find_held(PROMOTION["honest"], Rule.PROMOTION) == []
    assert find_held(PROMOTION["critical"], Rule.PROMOTION) == []


def test_promotion_by_who_wrote_before_is_read_not_held() -> None:
    verdict = judge_text(PROMOTION["promotional"][0], scene=Scene(upheld_posts=3))
    assert (verdict.outcome, verdict.is_to_read) == (Outcome.PUBLISH, True)


def test_the_sites_of_the_course_may_be_linked_to_freely() -> None:
    source = "Le manuel est à 15 € sur https://www.editeur.example/manuel"
    assert judge_text(source).outcome is Outcome.HOLD
    assert judge_text(source, policy=Policy(domains=("editeur.example",))).outcome is Outcome.PUBLISH
    assert judge_text(source, scene=Scene(course_domains=frozenset({"editeur.example"}))).reasons == ()


def test_the_same_link_in_post_after_post_is_read() -> None:
    scene = Scene(recent_links=frozenset({"site.example/page"}), upheld_posts=9)
    assert judge_text("Allez voir https://www.site.example/page/", scene=scene).is_to_read
    assert not judge_text("Allez voir https://www.site.example/autre", scene=scene).is_to_read


def test_a_slur_of_a_product_is_never_held() -> None:
    verdict = judge_text("Ce logiciel est une arnaque, bande de voleurs !")
    assert find(verdict, Rule.PROMOTION, Outcome.PUBLISH)
    assert find(verdict, Rule.PROMOTION, Outcome.HOLD) == []


@pytest.mark.parametrize("course", COURSES)
def test_on_topic_tells_the_courses_posts_from_others(course: str) -> None:
    scene = Scene(course_words=make_vocabulary(TOPIC[f"{course} course"]))
    policy = Policy(rules={Rule.ON_TOPIC: RuleSetting(run=Run.ON, ceiling=Outcome.NUDGE)})

    def count(section: str) -> int:
        texts = TOPIC[section]
        return sum(bool(find_topic(judge_text(text, scene=scene, policy=policy))) for text in texts)

    def find_topic(verdict: Verdict) -> list[str]:
        return find(verdict, Rule.ON_TOPIC, Outcome.NUDGE)

    assert count(f"{course} on") == 0
    assert count(f"{course} off") >= 19
    assert count("never judged") == 0


def test_on_topic_is_only_tried_unless_the_author_turns_it_on() -> None:
    scene = Scene(course_words=make_vocabulary(TOPIC["garden course"]))
    verdict = judge_text(TOPIC["garden off"][0], scene=scene)
    assert [reason.rule for reason in verdict.tried] == [Rule.ON_TOPIC]
    assert (verdict.outcome, verdict.reasons, verdict.is_to_read) == (Outcome.PUBLISH, (), False)


def test_every_passage_lies_in_the_original_text() -> None:
    source = (
        "> cité\n\nSlt 😀 e\u0301te\u0301 : connnnard, $a$ `x` https://site.example 12 € code promo «\u00a0oh\u00a0»"
    )
    scene = Scene(lists=(ListedWords(words=(ListedWord("été", Outcome.NUDGE),)),))
    verdict = judge_text(source, scene=scene)
    assert {reason.rule for reason in verdict.reasons} == {Rule.SPELLING, Rule.COURTESY, Rule.PROMOTION}
    for reason in verdict.reasons:
        assert source[reason.passage.start : reason.passage.end] == reason.seen or reason.rule == Rule.SPELLING
    assert "e\u0301te\u0301" in [reason.seen for reason in verdict.reasons]
