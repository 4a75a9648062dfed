"""Publishing: who may, what becomes of a draft, one row for one attempt, counters that add up."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread as Worker
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from freezegun import freeze_time
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core.errors import Refused
from solerni_xblocks.discussion import api, queries
from solerni_xblocks.discussion.data import Choice, Passage, Place, Policy, Rule, RuleSetting, Run, State
from solerni_xblocks.discussion.errors import NotTakingPart, ThreadNotFound
from solerni_xblocks.discussion.errors.writing import AlreadySent, ThreadNotOpen
from solerni_xblocks.discussion.models import Finding, Post, Thread
from solerni_xblocks.hooks import gates
from tests.discussion.conftest import INSULT, make_draft, open_thread


def test_a_thread_opens_with_a_published_post(learner, cafe, heard, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post = open_thread(learner, cafe, title="Présentations", source="Je suis **Léa**")
    assert (post.state, post.is_opening, post.title) == (State.PUBLISHED, True, "Présentations")
    assert "<strong>Léa</strong>" in post.html
    assert [(name, told.post_uuid) for name, told in heard] == [("published", post.uuid)]
    assert heard[0][1].usage_key == cafe.usage_key
    assert (heard[0][1].course_key, heard[0][1].author_id) == (cafe.course_key, learner.id)


def test_nothing_is_announced_when_the_transaction_fails(learner, cafe, heard) -> None:
    failing = patch("solerni_xblocks.discussion.flows.publish.announce_state", side_effect=RuntimeError)
    with failing, pytest.raises(RuntimeError):
        open_thread(learner, cafe)
    assert (heard, Post.objects.count(), Thread.objects.count()) == ([], 0, 0)


def test_an_insult_is_held_with_its_passage_and_a_promise(
    learner, cafe, heard, django_capture_on_commit_callbacks
) -> None:
    source = f"Bonjour.\n\nQuel {INSULT} !"
    with freeze_time("2026-11-20T11:00:00Z"), django_capture_on_commit_callbacks(execute=True):
        post = open_thread(learner, cafe, source=source)
    assert post.state == State.HELD
    assert [(reason.clause, reason.passage) for reason in post.reasons] == [
        ("posts.courtesy", Passage(start=source.index(INSULT), end=source.index(INSULT) + len(INSULT)))
    ]
    assert post.due_at.isoformat() == "2026-11-25T11:00:00+00:00"
    assert [name for name, _ in heard] == ["held"]


def test_an_insult_in_the_title_is_held_too(learner, cafe) -> None:
    post = open_thread(learner, cafe, title=f"Encore un {INSULT}")
    assert [(reason.part, reason.passage.start) for reason in post.reasons] == [("title", 10)]


def test_a_place_may_leave_courtesy_to_people(learner, cafe) -> None:
    place = replace(cafe, policy=Policy(rules={Rule.COURTESY: RuleSetting(run=Run.OFF)}))
    assert open_thread(learner, place, source=INSULT).state == State.PUBLISHED


def test_a_place_read_before_publication_holds_every_post(learner, read_before) -> None:
    post = open_thread(learner, read_before)
    assert (post.state, [reason.code for reason in post.reasons]) == (State.HELD, ["mode.read_before"])


def test_who_reads_before_others_is_not_held_by_the_mode(author, read_before) -> None:
    post = open_thread(author, read_before)
    assert (post.state, post.by_staff) == (State.PUBLISHED, True)


def test_an_insult_is_held_whoever_writes_it(author, cafe) -> None:
    assert open_thread(author, cafe, source=INSULT).state == State.HELD


def test_a_reply_moves_the_counter_and_the_activity(learner, other_learner, cafe) -> None:
    with freeze_time("2026-11-23T09:00:00Z"):
        thread = open_thread(learner, cafe).thread_uuid
    with freeze_time("2026-11-23T10:00:00Z"):
        api.publish_post(other_learner.id, cafe, make_draft("Bienvenue"), thread_uuid=thread)
    line = api.list_threads(learner.id, cafe).threads[0]
    assert (line.replies, line.last_activity_at.hour) == (1, 10)


def test_a_held_reply_moves_nothing(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    api.publish_post(other_learner.id, cafe, make_draft(INSULT), thread_uuid=thread)
    assert api.list_threads(learner.id, cafe).threads[0].replies == 0


def test_a_thread_that_waits_takes_no_reply(learner, author, cafe) -> None:
    thread = open_thread(learner, cafe, source=INSULT).thread_uuid
    for member in (learner, author):
        with pytest.raises(ThreadNotOpen):
            api.publish_post(member.id, cafe, make_draft("Et alors ?"), thread_uuid=thread)


def test_a_held_thread_does_not_exist_for_others(learner, other_learner, author, cafe) -> None:
    thread = open_thread(learner, cafe, source=INSULT).thread_uuid
    assert [len(api.list_threads(who.id, cafe).threads) for who in (learner, other_learner, author)] == [1, 0, 1]
    with pytest.raises(ThreadNotFound):
        api.read_thread(other_learner.id, cafe, thread)
    with pytest.raises(ThreadNotFound):
        api.publish_post(other_learner.id, cafe, make_draft("?"), thread_uuid=thread)


def test_a_held_reply_and_its_reasons_are_seen_by_author_and_moderators_only(
    learner, other_learner, author, cafe
) -> None:
    thread = open_thread(other_learner, cafe).thread_uuid
    api.publish_post(learner.id, cafe, make_draft(INSULT), thread_uuid=thread)
    seen = {who.username: api.read_thread(who.id, cafe, thread).posts for who in (learner, other_learner, author)}
    assert {name: len(posts) for name, posts in seen.items()} == {"lea": 2, "sam": 1, "ana": 2}
    assert seen["lea"][1].reasons and seen["ana"][1].reasons


def test_a_stranger_neither_reads_nor_writes(stranger, learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    with pytest.raises(NotTakingPart):
        open_thread(stranger, cafe)
    with pytest.raises(NotTakingPart):
        api.list_threads(stranger.id, cafe)
    with pytest.raises(NotTakingPart):
        api.read_thread(stranger.id, cafe, thread)


def test_a_closed_gate_keeps_the_post_out(learner, cafe) -> None:
    def refuse(member_id: int, course_key: Any) -> None:
        raise Refused("Accept the terms first.", code="terms.missing", where_to_go="/solerni/terms/")

    gates.answer(gates.POST, refuse)
    with pytest.raises(Refused) as caught:
        open_thread(learner, cafe)
    assert (caught.value.code, Post.objects.count()) == ("terms.missing", 0)


def test_the_same_attempt_sent_twice_is_one_row(learner, cafe, heard, django_capture_on_commit_callbacks) -> None:
    draft = make_draft(title="Un fil")
    with django_capture_on_commit_callbacks(execute=True):
        first, second = (api.publish_thread(learner.id, cafe, draft) for _ in range(2))
    assert (first.uuid, Post.objects.count(), Thread.objects.count()) == (second.uuid, 1, 1)
    assert len(heard) == 1


def test_the_other_half_of_a_double_click_finds_the_first_and_is_not_counted(learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    draft = make_draft("Une réponse")
    first = api.publish_post(learner.id, cafe, draft, thread_uuid=thread)
    second = api.publish_post(learner.id, cafe, draft, thread_uuid=thread)
    assert (first.uuid, Post.objects.count()) == (second.uuid, 2)
    assert api.list_threads(learner.id, cafe).threads[0].replies == 1


def test_the_same_attempt_in_other_words_is_a_conflict(learner, cafe) -> None:
    draft = make_draft("Une faute", title="Un fil")
    api.publish_thread(learner.id, cafe, draft)
    for other in (replace(draft, source="Sans faute"), replace(draft, title="Un autre")):
        with pytest.raises(AlreadySent):
            api.publish_thread(learner.id, cafe, other)


def test_two_members_may_name_their_attempts_alike(learner, other_learner, cafe) -> None:
    draft = make_draft(title="Un fil")
    assert len({api.publish_thread(who.id, cafe, draft).uuid for who in (learner, other_learner)}) == 2


@pytest.mark.parametrize("other", ["type@solerni_discussion+block@bar"])
def test_a_thread_of_another_place_is_not_found(learner, cafe, other) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    bar = Place(course_key=cafe.course_key, usage_key=UsageKey.from_string(f"block-v1:Solerni+Demo+2026+{other}"))
    assert api.list_threads(learner.id, bar).threads == ()
    with pytest.raises(ThreadNotFound):
        api.read_thread(learner.id, bar, thread)
    with pytest.raises(ThreadNotFound):
        api.publish_post(learner.id, bar, make_draft("?"), thread_uuid=thread)
    with pytest.raises(ThreadNotFound):
        api.read_thread(learner.id, cafe, uuid4())


@pytest.mark.django_db(transaction=True)
def test_replies_at_the_same_time_are_all_counted(learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid

    def reply() -> None:
        for _ in range(5):
            api.publish_post(learner.id, cafe, make_draft("Oui"), thread_uuid=thread)
        connection.close()

    workers = [Worker(target=reply) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Thread.objects.get().replies == 20


def test_a_counter_read_before_another_reply_does_not_overwrite_it(learner, other_learner, cafe) -> None:
    """Both hold the thread as it was; the database adds."""
    thread = open_thread(learner, cafe).thread_uuid
    stale = Thread.objects.get()
    with patch.object(queries, "get_thread", return_value=stale):
        for who in (learner, other_learner):
            api.publish_post(who.id, cafe, make_draft("Oui"), thread_uuid=thread)
    assert Thread.objects.get().replies == 2


def test_pages_of_threads_follow_one_another_without_gap_or_repeat(learner, cafe) -> None:
    with freeze_time("2026-11-23T09:00:00Z"):  # all at the same instant: the number decides
        opened = [open_thread(learner, cafe, title=f"Fil {number}").thread_uuid for number in range(45)]
    seen, after, sizes = [], None, []
    while True:
        page = api.list_threads(learner.id, cafe, Choice(after=after))
        seen += [line.uuid for line in page.threads]
        sizes.append(len(page.threads))
        after = page.after
        if after is None:
            break
    assert (seen, sizes) == (opened[::-1], [20, 20, 5])


def test_pages_of_posts_follow_one_another_without_gap_or_repeat(learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    for number in range(104):
        api.publish_post(learner.id, cafe, make_draft(f"Réponse {number}"), thread_uuid=thread)
    first = api.read_thread(learner.id, cafe, thread)
    second = api.read_thread(learner.id, cafe, thread, after=first.after)
    assert (len(first.posts), len(second.posts), second.after) == (100, 5, None)
    assert len({post.uuid for post in first.posts + second.posts}) == 105


def test_reasons_are_rows_of_the_post(learner, cafe) -> None:
    open_thread(learner, cafe, source=f"{INSULT} et {INSULT}")
    assert list(Finding.objects.values_list("start", "end")) == [(0, 7), (11, 18)]
