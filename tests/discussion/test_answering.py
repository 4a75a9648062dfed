"""One gesture on a post: votes that are counted once, answers accepted by who asked, endorsements by staff."""

from __future__ import annotations

from threading import Thread as Worker
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Gesture
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.errors.reading import NotAnAnswer, NotTheAsker, OwnWords, StaffOnly
from solerni_xblocks.discussion.flows import vote
from solerni_xblocks.discussion.models import Post, Thread, Vote
from solerni_xblocks.hooks.events import discussion as events
from tests.discussion.conftest import make_draft, open_thread


@pytest.fixture
def told() -> Any:
    """What is announced, by name."""
    heard: list[tuple[str, Any]] = []
    signals = {"voted": events.POST_VOTED, "accepted": events.ANSWER_ACCEPTED, "endorsed": events.POST_ENDORSED}
    receivers = []
    for name, signal in signals.items():

        def hear(name: str = name, **kwargs: Any) -> None:
            heard.append((name, kwargs.get("vote") or kwargs["post"]))

        signal.connect(hear)
        receivers.append((signal, hear))
    yield heard
    for signal, receiver in receivers:
        signal.disconnect(receiver)


@pytest.fixture
def question(learner, cafe) -> Any:
    opened = open_thread(learner, cafe)
    Thread.objects.update(kind="question")
    return opened


@pytest.fixture
def reply(question, other_learner, cafe) -> Any:
    return api.publish_post(other_learner.id, cafe, make_draft("Ainsi"), thread_uuid=question.thread_uuid)


def test_a_vote_counts_once_and_can_be_withdrawn(
    question, other_learner, cafe, told, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert [api.vote_post(other_learner.id, cafe, question.uuid) for _ in range(2)] == [1, 1]
    assert (Post.objects.get().votes, Thread.objects.get().votes, Vote.objects.count()) == (1, 1, 1)
    assert api.read_thread(other_learner.id, cafe, question.thread_uuid).posts[0].is_voted
    with django_capture_on_commit_callbacks(execute=True):
        assert [api.withdraw_vote(other_learner.id, cafe, question.uuid) for _ in range(2)] == [0, 0]
    assert (Post.objects.get().votes, Thread.objects.get().votes, Vote.objects.count()) == (0, 0, 0)
    assert [(name, fact.votes, fact.member_id) for name, fact in told] == [
        ("voted", 1, other_learner.id),
        ("voted", 0, other_learner.id),
    ]


def test_a_vote_for_a_reply_is_not_one_for_the_thread(reply, learner, cafe) -> None:
    api.vote_post(learner.id, cafe, reply.uuid)
    assert (Post.objects.get(uuid=reply.uuid).votes, Thread.objects.get().votes) == (1, 0)


def test_nobody_votes_for_their_own_words(question, learner, cafe) -> None:
    with pytest.raises(OwnWords):
        api.vote_post(learner.id, cafe, question.uuid)
    assert Gesture.VOTE not in api.read_thread(learner.id, cafe, question.thread_uuid).posts[0].gestures


def test_what_is_not_published_takes_no_vote(reply, learner, cafe) -> None:
    Post.objects.filter(uuid=reply.uuid).update(state="hidden")
    for gesture in (api.vote_post, api.withdraw_vote, api.accept_answer, api.endorse_post):
        with pytest.raises(PostNotFound):
            gesture(learner.id, cafe, reply.uuid)


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_time_are_all_counted_and_double_clicks_once(question, cafe, register) -> None:
    users = [get_user_model().objects.create_user(f"v{number}") for number in range(6)]
    for user in users:
        register.give_role(user.id, cafe.course_key, "student")

    def click(user: Any) -> None:
        for _ in range(2):
            vote.vote_post(user.id, cafe, question.uuid)
        connection.close()

    workers = [Worker(target=click, args=[user]) for user in users for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (Post.objects.get().votes, Thread.objects.get().votes, Vote.objects.count()) == (6, 6, 6)


def test_who_asked_accepts_one_answer_at_a_time(
    reply, question, learner, other_learner, cafe, told, django_capture_on_commit_callbacks
) -> None:
    other = api.publish_post(other_learner.id, cafe, make_draft("Ou ainsi"), thread_uuid=question.thread_uuid)
    with django_capture_on_commit_callbacks(execute=True):
        for chosen in (reply, reply, other):
            api.accept_answer(learner.id, cafe, chosen.uuid)
    assert [(name, fact.post_uuid) for name, fact in told] == [("accepted", reply.uuid), ("accepted", other.uuid)]
    reading = api.read_thread(learner.id, cafe, question.thread_uuid)
    assert (reading.thread.answer_uuid, reading.thread.is_answered) == (other.uuid, True)
    assert [post.is_accepted for post in reading.posts] == [False, False, True]
    api.withdraw_answer(learner.id, cafe, reply.uuid)  # not the one accepted now
    assert Thread.objects.get().answer.uuid == other.uuid
    api.withdraw_answer(learner.id, cafe, other.uuid)
    assert (Thread.objects.get().answer, Thread.objects.get().is_answered) == (None, False)


def test_only_who_asked_accepts_and_only_a_reply(reply, question, learner, other_learner, author, cafe) -> None:
    for who in (other_learner, author):
        with pytest.raises(NotTheAsker):
            api.accept_answer(who.id, cafe, reply.uuid)
    with pytest.raises(NotAnAnswer):
        api.accept_answer(learner.id, cafe, question.uuid)
    Thread.objects.update(kind="discussion")
    with pytest.raises(NotAnAnswer):
        api.accept_answer(learner.id, cafe, reply.uuid)


def test_staff_endorse_and_take_it_back(
    reply, question, learner, author, cafe, told, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            api.endorse_post(author.id, cafe, reply.uuid)
    assert [name for name, _ in told] == ["endorsed"]
    reading = api.read_thread(learner.id, cafe, question.thread_uuid)
    assert (reading.posts[1].is_endorsed, reading.thread.is_answered) == (True, True)
    api.accept_answer(learner.id, cafe, reply.uuid)
    api.withdraw_endorsement(author.id, cafe, reply.uuid)
    assert Thread.objects.get().is_answered
    api.withdraw_answer(learner.id, cafe, reply.uuid)
    assert not Thread.objects.get().is_answered


def test_an_endorsed_reply_keeps_the_question_answered(reply, learner, author, cafe) -> None:
    api.accept_answer(learner.id, cafe, reply.uuid)
    api.endorse_post(author.id, cafe, reply.uuid)
    api.withdraw_answer(learner.id, cafe, reply.uuid)
    assert Thread.objects.get().is_answered


def test_moderators_who_do_not_teach_and_learners_endorse_nothing(reply, question, learner, moderator, cafe) -> None:
    for who in (learner, moderator):
        with pytest.raises(StaffOnly):
            api.endorse_post(who.id, cafe, reply.uuid)


def test_staff_endorse_neither_a_question_nor_themselves(question, author, cafe) -> None:
    with pytest.raises(NotAnAnswer):
        api.endorse_post(author.id, cafe, question.uuid)
    own = api.publish_post(author.id, cafe, make_draft("Voici"), thread_uuid=question.thread_uuid)
    with pytest.raises(OwnWords):
        api.endorse_post(author.id, cafe, own.uuid)


def test_a_counter_read_before_another_vote_does_not_overwrite_it(question, other_learner, author, cafe) -> None:
    stale = Post.objects.select_related("thread").get()
    with patch.object(vote.queries, "get_published_post", return_value=stale):
        for who in (other_learner, author):
            vote.vote_post(who.id, cafe, question.uuid)
    assert Post.objects.get().votes == 2
