"""What the rules know of a course: its language, its title and prompt, the sites that it sends to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Place, PostRecord, Rule, RuleSetting, Run, State
from solerni_xblocks.discussion.models import Finding, Version
from solerni_xblocks.discussion.rules.storing import unpack_measures
from tests.discussion.conftest import make_draft
from tests.doubles.runtime import call, make_block

ENGLISH = "I think that the weather of tomorrow will be much better than what we had yesterday."
FRENCH = "Je pense que le temps de demain sera bien meilleur que celui que nous avons eu hier."


@pytest.fixture
def make(place: Any) -> Any:
    return lambda user, **fields: make_block(DiscussionBlock, place, user=user, **fields)


def publish(block: Any, text: str) -> str:
    draft = make_draft(text)
    sent = {"title": "Un fil", "text": text, "submission": str(draft.submission), "kind": "discussion"}
    return call(block, "publish_thread", sent).json["state"]


def set_language(register: Any, course_key: Any, language: str) -> None:
    register.courses[course_key] = {"title": "A course", "language": language}


def test_where_the_author_names_none_the_language_is_the_courses(make, learner, register, course_key) -> None:
    set_language(register, course_key, "en")
    assert publish(make(learner), ENGLISH) == "published"
    assert publish(make(learner), FRENCH) == "held"
    assert [finding.seen for finding in Finding.objects.filter(rule=Rule.LANGUAGE)] == ["fr"]


def test_a_course_that_names_no_language_is_french(make, learner) -> None:
    assert publish(make(learner), FRENCH) == "published"
    assert publish(make(learner), ENGLISH) == "held"


def test_the_languages_of_the_author_count_more_than_that_of_the_course(make, learner, register, course_key) -> None:
    set_language(register, course_key, "en")
    block = make(learner, languages=["fr"])
    assert publish(block, FRENCH) == "published"
    assert publish(block, ENGLISH) == "held"


def test_an_author_may_leave_the_languages_empty(make, author) -> None:
    block = make(author)
    values = {"languages": [], "display_name": "Café"}
    assert call(block, "submit_studio_edits", {"values": values, "defaults": []}).json == {"result": "success"}


def test_a_course_that_changes_its_language_is_known_within_a_minute(
    make, learner, register, course_key, monkeypatch
) -> None:
    assert publish(make(learner), ENGLISH) == "held"
    set_language(register, course_key, "en")
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert publish(make(learner), "Please tell me how long this course is going to take.") == "published"


def write(who: Any, place: Place, text: str) -> PostRecord:
    return api.publish_thread(who.id, place, make_draft(text, title="Un fil"))


def measure(who: Any, place: Place, text: str) -> Any:
    write(who, place, text)
    return unpack_measures(Version.objects.latest("id").measures)


def test_words_of_title_prompt_and_glossary_are_words_of_the_course(learner, cafe) -> None:
    policy = replace(cafe.policy, glossary=("humidité",))
    known = replace(cafe, title="Les nuages", prompt="Parlons de la **montagne**", policy=policy)
    text = "Les nuages se forment au-dessus de la montagne quand l'humidité monte, et Solerni le dit."
    topic = measure(learner, known, text).on_topic
    assert (topic.shared, topic.course) == (4, 6)


def test_a_site_that_the_prompt_sends_to_is_no_promotion(learner, cafe) -> None:
    text = "Voir https://editeur.example/livre qui coûte 12 €"
    assert write(learner, cafe, text).state == State.HELD
    told = replace(cafe, prompt="Lisez https://editeur.example/ d'abord.")
    said = "J'ai lu https://editeur.example/autre pour 12 €"
    assert write(learner, told, said).state == State.PUBLISHED


def test_what_is_known_of_a_course_costs_no_query_warm(learner, cafe, django_assert_num_queries) -> None:
    policy = replace(cafe.policy, rules={rule: RuleSetting(run=Run.OFF) for rule in Rule})
    place = replace(cafe, policy=policy)
    write(learner, place, "Bonjour à toutes et à tous")
    with django_assert_num_queries(200, exact=False) as warm:
        write(learner, place, "Encore bonjour")
    api.forget_lexicons()
    with django_assert_num_queries(200, exact=False) as cold:
        write(learner, place, "Et encore bonjour")
    assert len(cold) == len(warm) + 1
