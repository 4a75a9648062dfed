"""What discussion owes a member: all it holds, as data; then to forget it."""

from __future__ import annotations

import json
from uuid import uuid4

from django.apps import apps

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Complaint, State, TypedText
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.models import Decision, Finding, LogEntry, Moderator, Post, Thread
from solerni_xblocks.hooks import duties
from tests.discussion.conftest import INSULT, REFUSE, make_draft, open_thread

PERSONS = {
    *("author_id", "last_author_id", "member_id", "editor_id", "endorsed_by", "user_id", "granted_by", "added_by"),
    *("reporter_id", "claimed_by", "second_reader_id", "writer_id", "moderator_id", "actor_id"),
}
"""Columns that name an account."""


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
    assert (counts["posts"], counts["threads"], counts["appointments"]) == (3, 3, 0)
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
    assert set(discharge(duties.FORGET, learner.id).values()) == {0}
    assert Moderator.objects.get().granted_by is None


def test_two_forgotten_members_do_not_stand_in_each_others_way(learner, other_learner, cafe) -> None:
    draft = make_draft(title="Un fil")
    for who in (learner, other_learner):
        api.publish_thread(who.id, cafe, draft)
    for who in (learner, other_learner):
        discharge(duties.FORGET, who.id)
    assert list(Post.objects.values_list("author_id", flat=True)) == [None, None]


def test_after_forgetting_no_table_holds_the_member_or_a_word_of_theirs(learner, moderator, cafe) -> None:
    """Every column of every table is looked through; decisions and the log keep what their models say they keep."""
    word = "zanzibarois"
    open_thread(learner, cafe, title=f"Titre {word}", source=f"Texte {word}")
    api.save_draft(learner.id, cafe, TypedText(slot="thread", title=word, source=word, revision=0))
    theirs = open_thread(moderator, cafe)
    api.vote_post(learner.id, cafe, theirs.uuid)
    api.follow_place(learner.id, cafe)
    api.report_post(learner.id, cafe, theirs.uuid, Complaint(reason="other", note=word))
    held = open_thread(learner, cafe, source=f"{word} {INSULT}")
    api.decide_post(moderator.id, held.uuid, REFUSE)
    decision = Decision.objects.get(post__uuid=held.uuid)
    api.contest_decision(Contester(member_id=learner.id), decision.uuid, Words(submission=uuid4(), text=word))
    assert word in json.dumps(discharge(duties.EXPORT, learner.id))
    assert Post.objects.get(uuid=theirs.uuid).votes == 1
    discharge(duties.FORGET, learner.id)
    assert Post.objects.get(uuid=theirs.uuid).votes == 0
    for model in apps.get_app_config("solerni_discussion").get_models():
        kept = json.dumps([{name: str(value) for name, value in row.items()} for row in model.objects.values()])
        assert word not in kept, model
        if model not in (Decision, LogEntry):
            names = [name for name in (field.attname for field in model._meta.fields) if name in PERSONS]
            for name in names:
                assert not model.objects.filter(**{name: learner.id}).exists(), (model, name)
