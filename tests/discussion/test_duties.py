"""What discussion owes a member: all it holds, as data; then to forget it."""

from __future__ import annotations

import json

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import State
from solerni_xblocks.discussion.models import Decision, Finding, Moderator, Post, Thread
from solerni_xblocks.hooks import duties
from tests.discussion.conftest import INSULT, REFUSE, make_draft, open_thread


def discharge(duty: str, member_id: int) -> dict:
    (result,) = duties.discharge(duty, member_id, performers=["solerni_discussion"])
    assert result.error == ""
    return result.value


def test_the_export_holds_posts_and_decisions_as_plain_json(learner, moderator, cafe) -> None:
    post = open_thread(learner, cafe, title="Colère", source=INSULT)
    api.decide_post(moderator.id, post.uuid, REFUSE)
    value = discharge(duties.EXPORT, learner.id)
    assert json.loads(json.dumps(value)) == value
    assert [(row["title"], row["text"], row["state"]) for row in value["posts"]] == [("Colère", INSULT, "refused")]
    assert value["posts"][0]["decisions"][0]["message"] == REFUSE.message
    theirs = discharge(duties.EXPORT, moderator.id)
    assert theirs["posts"] == []
    assert [row["post"] for row in theirs["decisions_taken"]] == [str(post.uuid)]
    assert [row["course"] for row in theirs["moderates"]] == [str(cafe.course_key)]


def test_forgetting_empties_texts_and_keeps_threads_and_evidence(learner, moderator, cafe) -> None:
    thread = open_thread(learner, cafe, title="Mon nom est Léa", source="Je suis Léa").thread_uuid
    api.publish_post(moderator.id, cafe, make_draft("Bienvenue"), thread_uuid=thread)
    refused = open_thread(learner, cafe, source=f"Léa {INSULT}")
    api.decide_post(moderator.id, refused.uuid, REFUSE)
    waiting = open_thread(learner, cafe, source=f"Léa encore {INSULT}")
    counts = discharge(duties.FORGET, learner.id)
    assert counts == {"posts": 3, "threads": 3, "appointments": 0}
    assert not Post.objects.filter(source__contains="Léa").exists() and not Post.objects.filter(html__contains="Léa")
    assert not Thread.objects.filter(title__contains="Léa").exists()
    assert Finding.objects.count() == 0 and Decision.objects.count() == 1
    assert Post.objects.get(uuid=waiting.uuid).state == State.REFUSED
    assert api.list_queue(moderator.id).cases == ()
    assert [post.html for post in api.read_thread(moderator.id, cafe, thread).posts] == ["", "<p>Bienvenue</p>\n"]


def test_forgetting_twice_finds_nothing_the_second_time(learner, other_learner, cafe, course_key) -> None:
    api.appoint_moderator(course_key, learner.id)
    api.appoint_moderator(course_key, other_learner.id, granted_by=learner.id)
    assert discharge(duties.FORGET, learner.id)["appointments"] == 1
    assert discharge(duties.FORGET, learner.id) == {"posts": 0, "threads": 0, "appointments": 0}
    assert Moderator.objects.get().granted_by is None


def test_two_forgotten_members_do_not_stand_in_each_others_way(learner, other_learner, cafe) -> None:
    draft = make_draft(title="Un fil")
    for who in (learner, other_learner):
        api.publish_thread(who.id, cafe, draft)
    for who in (learner, other_learner):
        discharge(duties.FORGET, who.id)
    assert list(Post.objects.values_list("author_id", flat=True)) == [None, None]
