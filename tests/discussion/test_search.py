"""Search: one contract, whatever the database; rights and groups asked; common words said so."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from solerni_xblocks.discussion import api, queries
from solerni_xblocks.discussion.errors.reading import NothingToSearch
from solerni_xblocks.discussion.models import Post, SearchText, Thread
from solerni_xblocks.discussion.queries import search
from solerni_xblocks.discussion.rules.searching import Terms, find_passages
from tests.discussion.conftest import INSULT, make_draft, open_thread


def find(who: Any, cafe: Any, words: str, **more: Any) -> list[str]:
    return [hit.title for hit in api.search_posts(who.id, cafe, words, **more).hits]


# MariaDB and MySQL find in an index what is committed, no sooner.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def written(learner, cafe) -> None:
    open_thread(learner, cafe, title="L’été à Évreux", source="Le **café** de l’œuvre est fermé.")
    open_thread(learner, cafe, title="Hiver", source="Un cafe à la maison, de 7 h à 9 h.")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("café ", ["Hiver", "L’été à Évreux"]),
        ("CAFE ", ["Hiver", "L’été à Évreux"]),
        ("caf", ["Hiver", "L’été à Évreux"]),
        ("caf ", []),
        ("oeuv", ["L’été à Évreux"]),
        ("evreux ferme ", ["L’été à Évreux"]),
        ("café maison ", ["Hiver"]),
        ("maison café", ["Hiver"]),
        ("café absent ", []),
        ("la ", ["Hiver"]),
        ("de la ", ["Hiver"]),
        ("de 7 ", ["Hiver"]),
        ("+maison* -café", ["Hiver"]),
        ('"maison" OR (', []),
        ("' OR 1=1 --", []),
        ("MAISON\x00 ", ["Hiver"]),
    ],
)
def test_words_are_found_alike_whatever_case_accents_and_signs(learner, cafe, written, words, titles) -> None:
    assert find(learner, cafe, words) == titles


@pytest.mark.parametrize("words", ["", " ", "a", "é !", "«»", "𝄞"])
def test_too_little_is_refused(learner, cafe, words) -> None:
    with pytest.raises(NothingToSearch):
        api.search_posts(learner.id, cafe, words)


def test_passages_are_positions_in_the_text_as_it_was_written(learner, cafe, written) -> None:
    hit = api.search_posts(learner.id, cafe, "cafe evr").hits[0]
    assert [hit.text[one.start : one.end] for one in hit.passages] == ["café"]
    assert [hit.title[one.start : one.end] for one in hit.title_passages] == ["Évreux"]
    assert find_passages("œuvre <b>ŒUVRE</b>", Terms(words=("oeuvre",), is_open=False))[1].start == 9


def test_only_what_the_member_may_see_is_found(learner, other_learner, author, cafe, written, register) -> None:
    held = open_thread(learner, cafe, title="Secret", source=f"café {INSULT}")
    assert "Secret" not in find(learner, cafe, "café ") + find(author, cafe, "café ")
    Post.objects.filter(thread__title="Hiver").update(state="removed")
    assert find(author, cafe, "café ") == ["L’été à Évreux"]
    Thread.objects.filter(title="L’été à Évreux").update(group_id=7)
    assert (find(other_learner, cafe, "café "), find(author, cafe, "café ")) == ([], ["L’été à Évreux"])
    assert SearchText.objects.filter(post__uuid=held.uuid).count() == 0


def test_a_place_or_the_whole_course_is_searched_and_no_other(learner, cafe, written, register) -> None:
    from dataclasses import replace

    from opaque_keys.edx.keys import CourseKey

    bar = replace(cafe, usage_key=cafe.course_key.make_usage_key("solerni_discussion", "bar"))
    far_key = CourseKey.from_string("course-v1:Solerni+Far+2026")
    far = replace(cafe, course_key=far_key, usage_key=far_key.make_usage_key("solerni_discussion", "cafe"))
    register.give_role(learner.id, far_key, "student")
    open_thread(learner, bar, title="Ailleurs", source="café")
    open_thread(learner, far, title="Loin", source="café")
    assert find(learner, bar, "café ") == ["Ailleurs"]
    assert find(learner, bar, "café ", in_course=True) == ["Ailleurs", "Hiver", "L’été à Évreux"]


def test_another_wording_is_found_instead_of_the_first(learner, cafe) -> None:
    from dataclasses import replace

    opened = open_thread(learner, cafe, title="Avant", source="cerise")
    api.revise_post(
        learner.id, cafe, replace(make_draft("prune"), title="Après"), post_uuid=opened.uuid, version=opened.version
    )
    assert (find(learner, cafe, "cerise "), find(learner, cafe, "avant "), find(learner, cafe, "prune ")) == (
        [],
        [],
        ["Après"],
    )


def test_what_is_withdrawn_or_forgotten_is_no_longer_kept(learner, other_learner, cafe) -> None:
    opened = open_thread(learner, cafe, source="cerise")
    open_thread(other_learner, cafe, source="cerise")
    api.withdraw_post(learner.id, cafe, post_uuid=opened.uuid)
    assert SearchText.objects.count() == 1
    api.forget_member(other_learner.id)
    assert (SearchText.objects.count(), find(learner, cafe, "cerise ")) == (0, [])


def test_pages_follow_one_another_without_gap_or_repeat(learner, cafe) -> None:
    for number in range(45):
        open_thread(learner, cafe, title=f"Fil {number}", source="prune")
    seen, before = [], None
    while True:
        hits = api.search_posts(learner.id, cafe, "prune ", before=before)
        seen += [hit.title for hit in hits.hits]
        before = hits.after
        if before is None:
            break
    assert seen == [f"Fil {number}" for number in reversed(range(45))]


def test_common_words_are_looked_for_among_the_latest_and_the_answer_says_so(learner, cafe, monkeypatch) -> None:
    from solerni_xblocks.discussion.rules import searching

    monkeypatch.setattr(searching, "BUCKET", 10)
    monkeypatch.setattr(search, "BUCKET", 10)
    monkeypatch.setattr(search, "COMMON", 5)
    for number in range(60):
        open_thread(learner, cafe, title=f"Fil {number}", source=f"prune {'rare' if number == 3 else ''}")
    capped = api.search_posts(learner.id, cafe, "prune ")
    assert (capped.is_capped, len(capped.hits), capped.hits[0].title) == (True, 20, "Fil 59")
    rare = api.search_posts(learner.id, cafe, "prune rare ")
    assert (rare.is_capped, [hit.title for hit in rare.hits]) == (False, ["Fil 3"])


@pytest.mark.parametrize("many", [10, 200])
def test_search_costs_the_same_with_few_and_many(learner, cafe, django_assert_num_queries, many) -> None:
    opened = open_thread(learner, cafe, source="prune")
    thread = Thread.objects.get(uuid=opened.thread_uuid)
    for number in range(many):
        api.publish_post(learner.id, cafe, make_draft(f"prune {number}"), thread_uuid=thread.uuid)
    with django_assert_num_queries(5):
        assert len(api.search_posts(learner.id, cafe, "prune ").hits) == min(many + 1, 20)


def test_messages_from_before_search_are_found_once_they_are_indexed(learner, cafe, written, capsys) -> None:
    SearchText.objects.all().delete()
    assert find(learner, cafe, "café ") == []
    for _ in range(2):
        call_command("solerni_discussion_index")
    assert find(learner, cafe, "café ") == ["Hiver", "L’été à Évreux"]
    assert "every published message" in capsys.readouterr().out
    assert queries.search_posts is search.search_posts
