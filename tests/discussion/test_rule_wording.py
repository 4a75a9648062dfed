"""Help while writing: another spelling, a word that is right, people's names, threads that ask alike."""

from __future__ import annotations

from typing import Any

import pytest

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.api import wording
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Advice, State
from solerni_xblocks.discussion.flows import keep_word
from solerni_xblocks.discussion.models import MemberWord, Thread
from solerni_xblocks.discussion.rules.measures import spelling
from tests.discussion.conftest import make_draft, open_thread
from tests.doubles.runtime import call, make_block

FAULTY = "Je pense que le profeseur a raison et que la réponce est bone, merci."


@pytest.fixture
def block(learner: Any, place: Any) -> Any:
    return make_block(DiscussionBlock, place, user=learner)


def publish(block: Any, text: str) -> dict[str, Any]:
    sent = {"title": "Un fil", "text": text, "submission": str(make_draft().submission), "kind": "discussion"}
    return call(block, "publish_thread", sent).json


def test_each_unknown_word_of_an_advice_can_be_helped_with(block) -> None:
    html = publish(block, FAULTY)["html"]
    assert [word for word in ("profeseur", "réponce", "merci") if f'data-solerni-word="{word}"' in html] == [
        "profeseur",
        "réponce",
    ]
    assert "professeur" in call(block, "suggest_words", {"word": "profeseur"}).json["words"]
    assert "l’école" in call(block, "suggest_words", {"word": "l’écolle"}).json["words"]


@pytest.mark.parametrize("word", ["", " ", "123", "><", 3, None])
def test_what_is_no_word_is_refused(block, word) -> None:
    for handler in ("suggest_words", "keep_word"):
        assert call(block, handler, {"word": word}).status_code == 400


def test_a_word_that_its_author_calls_right_is_never_pointed_at_again(block, learner, other_learner, cafe) -> None:
    assert publish(block, "Le rebase du commit est rompu")["state"] == "nudged"
    for word in ("Rebase", "rebase", "commit"):
        assert call(block, "keep_word", {"word": word}).status_code == 200
    assert publish(block, "Le rebase du commit est rompu")["state"] == "published"
    assert MemberWord.objects.count() == 2
    assert isinstance(open_thread(other_learner, cafe, source="Un commit et un rebase à moi"), Advice)


def test_the_oldest_word_leaves_a_full_list(learner, cafe, monkeypatch) -> None:
    monkeypatch.setattr(keep_word, "MOST", 3)
    for word in ("un", "deux", "trois", "quatre"):
        api.keep_word(learner.id, cafe, word)
    assert set(MemberWord.objects.values_list("word", flat=True)) == {"deux", "trois", "quatre"}


def test_words_of_a_member_are_handed_out_and_forgotten(learner, cafe) -> None:
    api.keep_word(learner.id, cafe, "rebase")
    assert [row["word"] for row in api.export_member(learner.id)["words_known"]] == ["rebase"]
    api.forget_member(learner.id)
    assert not MemberWord.objects.exists()


def test_names_of_people_of_the_place_are_known(learner, other_learner, author, cafe, register, course_key) -> None:
    type(other_learner).objects.filter(pk=other_learner.pk).update(username="zorgblatt")
    assert isinstance(open_thread(learner, cafe, source="Merci beaucoup zorgblatt"), Advice)
    open_thread(other_learner, cafe, source="Bonjour à toutes et à tous")
    assert open_thread(learner, cafe, source="Merci beaucoup zorgblatt").state == State.PUBLISHED


def test_a_message_without_faults_asks_for_no_names(learner, cafe, monkeypatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("solerni_xblocks.discussion.queries.list_accepted_words", refuse)
    assert open_thread(learner, cafe, source="Bonjour à toutes et à tous").state == State.PUBLISHED


def test_who_waits_for_a_suggestion_keeps_nobody_from_being_judged() -> None:
    spelling.suggest_words.cache_clear()
    with spelling._LOCK:
        assert spelling.suggest_words("profeseur")


def test_who_would_wait_long_for_a_suggestion_gets_none_for_now(block, monkeypatch) -> None:
    monkeypatch.setattr(spelling, "MOST_SECONDS", 0.01)
    spelling.suggest_words.cache_clear()
    with spelling._SLOW_LOCK:
        assert call(block, "suggest_words", {"word": "profeseur"}).json == {"words": []}
    assert "professeur" in call(block, "suggest_words", {"word": "profeseur"}).json["words"]


def test_threads_that_ask_alike_are_shown_while_a_title_is_typed(block, learner, cafe) -> None:
    for number, title in enumerate(
        ("Comment installer le logiciel sur Windows ?", "Le repas de midi", "Installer Python")
    ):
        open_thread(learner, cafe, title=title, source=f"Bonjour à toutes et à tous, question {number}")
    html = call(block, "list_similar", {"title": "installer un logiciel sous windows"}).json["html"]
    assert "Comment installer le logiciel sur Windows" in html
    assert "repas" not in html
    assert call(block, "list_similar", {"title": "Bonjour"}).json == {"html": ""}
    assert call(block, "list_similar", {"title": 3}).status_code == 400


def test_a_held_thread_or_one_of_another_group_is_never_similar(block, learner, cafe) -> None:
    open_thread(learner, cafe, title="Installer le logiciel")
    assert call(block, "list_similar", {"title": "Installer le logiciel"}).json["html"]
    Thread.objects.update(state=State.HELD)
    assert call(block, "list_similar", {"title": "Installer le logiciel"}).json == {"html": ""}


def test_similar_threads_cost_the_same_with_few_and_many(block, learner, cafe, django_assert_num_queries) -> None:
    def count() -> int:
        with django_assert_num_queries(50, exact=False) as captured:
            call(block, "list_similar", {"title": "Installer le logiciel"})
        return len(captured)

    open_thread(learner, cafe, title="Installer le logiciel")
    few = count()
    thread = Thread.objects.get()
    for _ in range(30):
        thread.pk, thread.uuid = None, make_draft().submission
        thread.save(force_insert=True)
    assert count() == few


def test_very_many_suggestions_in_a_minute_are_refused_to_one_member_alone(
    block, other_learner, place, monkeypatch
) -> None:
    monkeypatch.setattr(wording, "find_suggestions", lambda word: (word,))
    asked = [call(block, "suggest_words", {"word": "profeseur"}) for _ in range(21)]
    assert [answer.status_code for answer in asked] == [200] * 20 + [429]
    assert asked[-1].json["error_code"] == "word.too_many"
    other = make_block(DiscussionBlock, place, user=other_learner)
    assert call(other, "suggest_words", {"word": "profeseur"}).status_code == 200
