"""While somebody reads: what is new since they looked is told; comments are written under their reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from freezegun import freeze_time
from lxml import etree

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Conduct, Glance, News, State
from solerni_xblocks.discussion.errors import PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.models import Post, Thread
from tests.discussion.conftest import INSULT, make_draft, open_thread
from tests.discussion.test_reading import NINE, seed_post, seed_threads
from tests.doubles.runtime import call, make_block

SOON = NINE + timedelta(seconds=20)


@pytest.fixture
def thread(learner, cafe) -> Any:
    """The thread that somebody opened long ago."""
    with freeze_time(NINE - timedelta(hours=1)):
        return open_thread(learner, cafe).thread_uuid


@pytest.fixture
def ask(cafe) -> Any:
    """The news for somebody since nine o'clock: of the list, or of one thread."""
    return lambda member, thread=None: api.find_news(member.id, cafe, Glance(since=NINE, thread=thread))


@pytest.fixture
def write(cafe, thread) -> Any:
    """Somebody writes in the thread, just after nine."""

    def write(member: Any, text: str = "Oui", parent: Any = None) -> Any:
        with freeze_time(SOON):
            return api.publish_post(member.id, cafe, make_draft(text), thread_uuid=thread, parent_uuid=parent)

    return write


def test_words_of_others_are_news_and_ones_own_are_not(learner, other_learner, ask, write, thread) -> None:
    assert (ask(learner).count, ask(learner, thread).count) == (0, 0)
    first = write(other_learner)
    write(other_learner, "Et aussi", first.uuid)
    write(other_learner, INSULT)
    assert (ask(learner).count, ask(learner, thread).count) == (1, 2)
    assert (ask(other_learner).count, ask(other_learner, thread).count) == (0, 0)


def test_what_was_read_since_is_no_news_of_the_list(learner, other_learner, ask, write, thread, cafe) -> None:
    write(other_learner)
    with freeze_time(SOON):
        api.mark_read(learner.id, cafe, thread)
    assert ask(learner).count == 0


def test_the_open_thread_tells_when_it_was_locked_changed_or_hidden(
    learner, other_learner, author, ask, thread
) -> None:
    quiet = News(count=0, limit=100)
    assert ask(other_learner, thread) == quiet
    Post.objects.update(edited_at=NINE - timedelta(minutes=1))
    Thread.objects.update(locked_at=SOON)
    assert ask(other_learner, thread) == replace(quiet, is_locked=True)
    Post.objects.update(edited_at=SOON)
    assert ask(other_learner, thread).is_edited
    Thread.objects.update(state=State.HIDDEN)
    assert (ask(learner, thread).state, ask(author, thread).state) == (State.HIDDEN, State.HIDDEN)
    with pytest.raises(ThreadNotFound):
        ask(other_learner, thread)


def test_threads_of_another_group_or_place_are_no_news(other_learner, ask, write, thread, learner, cafe) -> None:
    write(learner)
    Thread.objects.update(group_id=7)
    divided = replace(cafe, conduct=Conduct(is_divided=True))
    assert api.find_news(other_learner.id, divided, Glance(since=NINE)).count == 0
    with pytest.raises(ThreadNotFound):
        api.find_news(other_learner.id, divided, Glance(since=NINE, thread=thread))
    elsewhere = replace(cafe, usage_key=cafe.course_key.make_usage_key("solerni_discussion", "bar"))
    Thread.objects.update(group_id=None)
    assert api.find_news(other_learner.id, elsewhere, Glance(since=NINE)).count == 0


@pytest.mark.parametrize("many", [2, 200])
def test_news_cost_one_query_beside_who_asks_with_few_and_many(
    learner, other_learner, ask, cafe, thread, django_assert_num_queries, many
) -> None:
    row = Thread.objects.get(uuid=thread)
    for _ in range(many):
        seed_post(row, other_learner, published_at=SOON)
    Thread.objects.filter(pk=row.pk).update(last_activity_at=SOON, last_author_id=other_learner.id)
    seed_threads(cafe, other_learner, many - 1)
    Thread.objects.update(last_activity_at=SOON)
    with django_assert_num_queries(3):  # their role, the platform's answer, the news
        assert ask(learner).count == min(many, 100)
    with django_assert_num_queries(3):  # their role, the platform's answer, the news
        assert ask(learner, thread).count == min(many, 100)


@pytest.fixture
def block(learner, place) -> Any:
    """The block as the learner sees it, in English."""
    with translation.override("en"):
        yield make_block(DiscussionBlock, place, user=learner)


def tell(block: Any, **glance: Any) -> Any:
    return call(block, "list_news", {"since": NINE.isoformat(), **glance})


def test_news_are_told_in_words_and_silence_is_empty(block, other_learner, write, thread) -> None:
    assert (tell(block).json, tell(block, thread=str(thread)).json) == ({"html": ""}, {"html": ""})
    write(other_learner)
    write(other_learner, "Encore")
    assert tell(block).json["html"] == "Something new in 1 thread."
    assert tell(block, thread=str(thread)).json["html"] == "2 new messages."
    Thread.objects.update(locked_at=SOON)
    assert "locked now" in tell(block, thread=str(thread)).json["html"]
    assert "locked" not in tell(block, thread=str(thread), is_locked=True).json["html"]
    Thread.objects.update(locked_at=None, state=State.HELD)
    assert "again" in tell(block, thread=str(thread), is_locked=True).json["html"]
    assert "no longer shown to everybody" in tell(block, thread=str(thread)).json["html"]
    assert "published now" not in tell(block, thread=str(thread), state="held").json["html"]


@pytest.mark.parametrize("since", [None, "", "hier", "9" * 400, ["x"], "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_is_none_is_refused(block, thread, since) -> None:
    answer = tell(block, since=since)
    assert (answer.status_code, bool(answer.json["error"])) == (400, True)


def test_a_page_names_the_moment_from_which_on_news_count(block, write, other_learner, thread) -> None:
    with freeze_time(NINE):
        lists = [etree.HTML(block.student_view().content), call(block, "list_threads", {}).json["at"]]
        page = etree.HTML(call(block, "read_thread", {"thread": str(thread)}).json["html"])
    assert lists[0].xpath("//@data-since") == page.xpath("//@data-since")
    write(other_learner)
    assert tell(block, since=lists[1]).json["html"]
    assert tell(block, since=page.xpath("//@data-since")[0], thread=str(thread)).json["html"] == "1 new message."


def test_the_form_under_a_reply_names_whom_it_answers_and_keeps_its_draft(block, learner, other_learner, write) -> None:
    reply = write(other_learner)
    comment = write(learner, "Merci", reply.uuid)
    for post in (reply, comment):
        answer = call(block, "open_comment", {"post": str(post.uuid)}).json
        form = etree.HTML(answer["html"]).find(".//form")
        assert answer["parent"] == form.get("data-parent") == str(reply.uuid)
        assert (form.get("data-slot"), form.get("data-thread")) == (f"comment:{reply.uuid}", str(reply.thread_uuid))
        assert "sam" in form.xpath("string(.//label[1])")
    sent = {"thread": form.get("data-thread"), "parent": form.get("data-parent"), "text": "Je"}
    call(block, "save_draft", {"slot": form.get("data-slot"), "revision": 0, "title": "", "text": "Je"})
    assert "Je</textarea>" in block.student_view().content
    html = call(block, "publish_post", {**sent, "submission": str(uuid4())}).json["html"]
    assert f'data-parent="{reply.uuid}"' in html
    assert "Je</textarea>" not in block.student_view().content


def test_nobody_comments_on_an_opening_or_in_a_locked_thread(block, other_learner, author, write, cafe, thread) -> None:
    opening = api.read_thread(other_learner.id, cafe, thread).posts[0]
    reply = write(other_learner)
    with pytest.raises(PostNotFound):
        api.get_commented_reply(other_learner.id, cafe, opening.uuid)
    Thread.objects.update(locked_at=SOON)
    with pytest.raises(PostNotFound):
        api.get_commented_reply(other_learner.id, cafe, reply.uuid)
    assert "data-solerni-comment" not in call(block, "read_thread", {"thread": str(thread)}).json["html"]
    assert api.get_commented_reply(author.id, cafe, reply.uuid).reply.uuid == reply.uuid


def test_a_comment_on_a_comment_stands_alone_once_its_reply_is_hidden(learner, other_learner, write, cafe) -> None:
    reply = write(other_learner)
    comment = write(learner, "Merci", reply.uuid)
    Post.objects.filter(uuid=reply.uuid).update(state=State.HIDDEN)
    assert api.get_commented_reply(other_learner.id, cafe, comment.uuid).reply.uuid == comment.uuid


def test_replies_that_read_otherwise_are_told_and_new_ones_count_as_new_alone(
    learner, other_learner, ask, cafe, thread, block
) -> None:
    with freeze_time(NINE - timedelta(minutes=30)):
        old = api.publish_post(other_learner.id, cafe, make_draft("Oui"), thread_uuid=thread)
        under = api.publish_post(learner.id, cafe, make_draft("Ah"), thread_uuid=thread, parent_uuid=old.uuid)
    with freeze_time(SOON):
        new = api.publish_post(other_learner.id, cafe, make_draft("Encore"), thread_uuid=thread)
    with freeze_time(SOON + timedelta(seconds=5)):
        for post, author in ((old, other_learner), (under, learner), (new, other_learner)):
            api.revise_post(author.id, cafe, make_draft(f"{post.source} !"), post_uuid=post.uuid, version=1)
    news = ask(learner, thread)
    assert (news.edited, news.count, news.is_edited) == (2, 1, False)
    assert tell(block, thread=str(thread)).json["html"] == "2 messages were changed. 1 new message."
    later = (SOON + timedelta(minutes=1)).isoformat()
    assert tell(block, thread=str(thread), since=later).json["html"] == ""


@pytest.mark.parametrize("many", [2, 200])
def test_changed_replies_cost_no_query_more_with_few_and_many(
    learner, other_learner, ask, thread, django_assert_num_queries, many
) -> None:
    row = Thread.objects.get(uuid=thread)
    for _ in range(many):
        seed_post(row, other_learner, published_at=NINE - timedelta(hours=1))
    Post.objects.filter(is_opening=False).update(edited_at=SOON)
    Thread.objects.filter(pk=row.pk).update(edited_at=SOON)
    with django_assert_num_queries(3):  # their role, the platform's answer, the news
        assert ask(learner, thread).edited == min(many, 100)


def test_ones_own_new_reply_takes_a_comment_at_once(block, learner, thread) -> None:
    sent = {"thread": str(thread), "text": "Je réponds", "submission": str(uuid4())}
    html = call(block, "publish_post", sent).json["html"]
    read = call(block, "read_thread", {"thread": str(thread)}).json["html"]
    for page in (html, read):
        own = etree.HTML(page).xpath("//article")[-1]
        acts = [mark for mark in ("comment", "quote", "edit", "withdraw") if own.xpath(f".//*[@data-solerni-{mark}]")]
        assert acts == ["comment", "quote", "edit", "withdraw"]
