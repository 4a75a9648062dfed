"""Replies of others only after one's own: they show through no door before, and through all of them afterwards."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import (
    Choice,
    Claim,
    Complaint,
    Conduct,
    Declaration,
    FileLabel,
    Glance,
    Power,
    Upload,
)
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.errors.attachments import FileNotFound
from solerni_xblocks.discussion.errors.writing import ParentNotFound
from solerni_xblocks.discussion.models import Notice, Post, Thread
from tests.discussion.conftest import INSULT, make_draft, open_thread
from tests.discussion.test_permissions import FILE, HANDLERS, POST
from tests.doubles.runtime import call, make_block

SECRET = "Quarante-deux moutons"
HIDDEN = re.compile(r"moutons|plan\.txt|\blea\b")
"""What the reply says, the file that it shows, and who wrote it."""


@pytest.fixture
def quiet(cafe: Any) -> Any:
    """The place, where one reads the replies of others after one's own."""
    return replace(cafe, conduct=Conduct(replies_after_own=True))


@pytest.fixture
def scene(learner: Any, other_learner: Any, author: Any, quiet: Any, django_user_model: Any, register: Any) -> Any:
    """Staff ask, Lea answers with a file, a comment and a mention of Tom, who follows and has written elsewhere."""
    tom = django_user_model.objects.create_user("tom", email="tom@example.org")
    register.give_role(tom.id, quiet.course_key, "student")
    open_thread(tom, quiet, title="Autre fil", source="Rien à voir")
    thread = open_thread(author, quiet, title="Combien ?", source="Comptez-les").thread_uuid
    api.follow_thread(tom.id, quiet, thread)
    file = api.upload_file(learner.id, quiet, Upload(slot=f"reply:{thread}", name="plan.txt", content=b"Mon plan"))
    api.label_file(learner.id, quiet, file.uuid, FileLabel(rights=Declaration(claim=Claim.MINE)))
    draft = replace(make_draft(f"@tom {SECRET}"), files=(file.uuid,))
    reply = api.publish_post(learner.id, quiet, draft, thread_uuid=thread)
    api.publish_post(learner.id, quiet, make_draft(SECRET), thread_uuid=thread, parent_uuid=reply.uuid)
    return {"tom": tom, "thread": thread, "reply": reply, "file": file.uuid}


def find_texts(who: Any, quiet: Any, thread: Any) -> list[str]:
    return [post.source for post in api.read_thread(who.id, quiet, thread).posts]


def write(who: Any, quiet: Any, scene: Any, text: str = "Douze") -> Any:
    return api.publish_post(who.id, quiet, make_draft(text), thread_uuid=scene["thread"])


@pytest.mark.parametrize("role", ["learner", "trusted"])
@pytest.mark.parametrize("handler", HANDLERS)
def test_no_handler_shows_replies_of_others_before_ones_own(quiet, scene, role, handler) -> None:
    if role == "trusted":
        api.appoint_moderator(quiet.course_key, scene["tom"].id, power=Power.TRUSTED)
    more, objects, _row = HANDLERS[handler]
    named = {"thread": str(scene["thread"]), "post": str(scene["reply"].uuid), "file": str(scene["file"])}
    sent = {**named, "submission": str(uuid4()), **{key: value for key, value in more.items() if key != "post"}}
    sent |= {"words": "moutons "} if handler == "search_posts" else {}
    sent = {key: value for key, value in sent.items() if isinstance(value, str | bool | int | list)}
    block = make_block(DiscussionBlock, quiet.usage_key, user=scene["tom"], replies_after_own=True)
    answer = call(block, handler, sent)
    assert not HIDDEN.search(answer.text)
    if objects in (POST, FILE):
        assert answer.status_code == 404


def test_the_page_of_the_block_shows_none_either(quiet, scene) -> None:
    block = make_block(DiscussionBlock, quiet.usage_key, user=scene["tom"], replies_after_own=True)
    html = block.student_view().content
    assert "Combien ?" in html and not HIDDEN.search(html)


def test_pages_files_and_mails_show_none(quiet, scene) -> None:
    client = Client()
    client.force_login(scene["tom"])
    assert client.get(reverse("solerni_discussion:file", args=[scene["file"]])).status_code == 404
    assert client.get(reverse("solerni_discussion:post", args=[scene["reply"].uuid])).status_code == 302
    found = api.find_post(scene["tom"].id, scene["reply"].uuid)
    assert (found.thread_uuid, found.post_uuid) == (scene["thread"], None)
    assert Notice.objects.filter(member_id=scene["tom"].id).count() == 2
    mail.outbox.clear()
    call_command("solerni_discussion_settle")
    assert [one.to for one in mail.outbox if "tom@example.org" in one.to] == []


def test_the_first_message_and_the_count_are_shown_and_the_way_is_told(quiet, scene) -> None:
    reading = api.read_thread(scene["tom"].id, quiet, scene["thread"], target=scene["reply"].uuid)
    assert [post.source for post in reading.posts] == ["Comptez-les"]
    assert (reading.thread.hides_replies, reading.thread.replies, reading.target) == (True, 2, None)
    block = make_block(DiscussionBlock, quiet.usage_key, user=scene["tom"], replies_after_own=True)
    html = call(block, "read_thread", {"thread": str(scene["thread"])}).json["html"]
    assert "data-solerni-own-first" in html and 'data-solerni-compose="publish_post"' in html


def test_nothing_hidden_counts_as_new_in_the_open_thread(quiet, scene, learner) -> None:
    glance = Glance(since=Post.objects.earliest("id").created_at, thread=scene["thread"])
    assert api.find_news(scene["tom"].id, quiet, glance).count == 1, "the question"
    write(scene["tom"], quiet, scene)
    assert api.find_news(scene["tom"].id, quiet, glance).count == 3


@pytest.mark.parametrize("text", ["Douze", INSULT])
def test_ones_own_reply_opens_every_door_also_while_it_waits(quiet, scene, learner, text) -> None:
    tom = scene["tom"]
    with pytest.raises(PostNotFound):
        api.vote_post(tom.id, quiet, scene["reply"].uuid)
    write(tom, quiet, scene, text)
    assert f"@tom {SECRET}" in find_texts(tom, quiet, scene["thread"])
    assert api.vote_post(tom.id, quiet, scene["reply"].uuid) == 1
    assert api.find_post(tom.id, scene["reply"].uuid).post_uuid == scene["reply"].uuid
    assert api.open_file(tom.id, scene["file"]).record.name == "plan.txt"
    assert {notice.kind for notice in api.list_notices(tom.id, quiet).notices} == {"mention", "reply"}
    assert api.list_people(tom.id, quiet, beginning="le") == ["lea"]


@pytest.mark.parametrize("state", ["withdrawn", "refused", "removed", "revising"])
def test_what_was_taken_back_or_down_opens_nothing(quiet, scene, state) -> None:
    mine = write(scene["tom"], quiet, scene)
    Post.objects.filter(uuid=mine.uuid).update(state=state)
    assert find_texts(scene["tom"], quiet, scene["thread"]) == ["Comptez-les", "Douze"]
    with pytest.raises(FileNotFound):
        api.open_file(scene["tom"].id, scene["file"])


def test_who_opened_the_thread_replied_or_moderates_reads_all_of_it(quiet, scene, learner, author, moderator) -> None:
    for who in (learner, author, moderator):
        assert SECRET in find_texts(who, quiet, scene["thread"])
    mine = open_thread(scene["tom"], quiet, title="Mon fil").thread_uuid
    api.publish_post(learner.id, quiet, make_draft("Oui"), thread_uuid=mine)
    assert find_texts(scene["tom"], quiet, mine) == ["Bonjour à tous", "Oui"]
    assert SECRET not in find_texts(scene["tom"], quiet, scene["thread"]), "each thread asks for its own"


def test_nobody_comments_on_or_reports_what_they_do_not_see(quiet, scene) -> None:
    under = {"thread_uuid": scene["thread"], "parent_uuid": scene["reply"].uuid}
    with pytest.raises(ParentNotFound):
        api.publish_post(scene["tom"].id, quiet, make_draft("Oui"), **under)
    with pytest.raises(PostNotFound):
        api.report_post(scene["tom"].id, quiet, scene["reply"].uuid, Complaint(reason="abusive", note=""))


@pytest.mark.django_db(transaction=True)
def test_search_finds_replies_of_others_after_ones_own(quiet, scene) -> None:
    def find() -> list[str]:
        return [hit.text for hit in api.search_posts(scene["tom"].id, quiet, "moutons ", in_course=True).hits]

    assert find() == []
    write(scene["tom"], quiet, scene)
    assert len(find()) == 2


def test_the_choice_is_followed_from_the_next_reading_on(cafe, quiet, scene, learner) -> None:
    tom = scene["tom"]
    assert SECRET in find_texts(tom, cafe, scene["thread"]), "the author has switched it off"
    assert not Thread.objects.filter(replies_after_own=True).exists()
    names = [line.last_author_id for line in api.list_threads(tom.id, quiet).threads]
    assert learner.id not in names, "and on again"
    assert Thread.objects.filter(replies_after_own=False).count() == 0


def test_reading_costs_one_query_more_and_nothing_where_nobody_waits(
    cafe, quiet, scene, django_assert_max_num_queries
) -> None:
    tom, thread = scene["tom"], scene["thread"]

    def count(place: Any) -> int:
        api.read_thread(tom.id, place, thread)
        with django_assert_max_num_queries(50) as asked:
            api.read_thread(tom.id, place, thread)
        return len(asked)

    plain = count(cafe)
    assert count(quiet) <= plain + 1


def test_a_trusted_learner_reads_no_reply_around_a_case_before_their_own(quiet, scene, other_learner) -> None:
    tom = scene["tom"]
    api.appoint_moderator(quiet.course_key, tom.id, power=Power.TRUSTED)
    held = write(other_learner, quiet, scene, INSULT).uuid
    assert [one.is_opening for one in api.read_case(tom.id, held).before] == [True]
    write(tom, quiet, scene)
    assert SECRET in " ".join(one.plain for one in api.read_case(tom.id, held).before)


def test_what_an_author_tries_in_a_preview_opens_nothing_for_learners(author, quiet, scene) -> None:
    tried = replace(quiet, conduct=Conduct(), is_preview=True)
    api.list_threads(author.id, tried, Choice())
    api.read_thread(author.id, tried, scene["thread"])
    assert Thread.objects.get(uuid=scene["thread"]).replies_after_own
