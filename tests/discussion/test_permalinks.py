"""The address of a thread: it leads to the block, which opens the thread wherever the platform shows it."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import crum
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.models import Thread
from tests.discussion.conftest import APPROVE, INSULT, make_draft, open_thread
from tests.doubles.runtime import make_block


def follow(user: Any, uuid: Any, *, kind: str = "thread") -> Any:
    """The answer at the address of the thread or post, and the session after it."""
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"solerni_discussion:{kind}", args=[uuid])), client.session


def find_wanted(place: Any, user: Any, session: Any) -> str:
    """The thread with which the block at ``place`` starts, shown in a frame of the same session."""
    request = RequestFactory().get("/xblock/")
    request.user, request.session = user, session
    with crum.impersonate(None):
        crum.set_current_request(request)
        try:
            wanted = make_block(DiscussionBlock, place, user=user).student_view().json_init_args
            return f"{wanted['thread']} {wanted['post']}".strip()
        finally:
            crum.set_current_request(None)


def test_a_followed_link_opens_the_thread_in_its_block_once(learner, cafe, place) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    answer, session = follow(learner, thread)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"https://learn.example.org/courses/{place.course_key}/jump_to/{place}",
    )
    elsewhere = place.course_key.make_usage_key("solerni_discussion", "other")
    assert find_wanted(elsewhere, learner, session) == ""
    assert find_wanted(place, learner, session) == str(thread)
    assert find_wanted(place, learner, session) == ""


def test_a_followed_link_to_a_post_opens_its_thread_there(learner, cafe, place) -> None:
    opened = open_thread(learner, cafe)
    reply = api.publish_post(learner.id, cafe, make_draft("Oui"), thread_uuid=opened.thread_uuid)
    answer, session = follow(learner, reply.uuid, kind="post")
    assert answer.status_code == 302
    assert find_wanted(place, learner, session) == f"{opened.thread_uuid} {reply.uuid}"


def test_for_those_who_may_not_see_it_there_is_nothing_at_an_address(
    learner, other_learner, stranger, author, cafe, register, course_key
) -> None:
    held = open_thread(learner, cafe, source=INSULT)
    opened = open_thread(learner, cafe)
    grouped = open_thread(learner, cafe)
    Thread.objects.filter(uuid=grouped.thread_uuid).update(group_id=7)
    register.groups[learner.id, course_key] = 7
    for post, seen in (
        (held, {learner, author}),
        (opened, {learner, other_learner, author}),
        (grouped, {learner, author}),
    ):
        for who in (learner, other_learner, stranger, author):
            wanted = 302 if who in seen else 404
            assert follow(who, post.thread_uuid)[0].status_code == wanted
            assert follow(who, post.uuid, kind="post")[0].status_code == wanted


def test_a_message_that_waits_in_an_open_thread_has_no_address_for_peers(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    held = api.publish_post(learner.id, cafe, make_draft(INSULT), thread_uuid=thread)
    assert [follow(who, held.uuid, kind="post")[0].status_code for who in (learner, other_learner)] == [302, 404]


def test_outside_a_request_no_thread_is_wanted(learner, place) -> None:
    assert make_block(DiscussionBlock, place, user=learner).student_view().json_init_args["thread"] == ""


def test_an_address_without_thread_is_not_found_and_visitors_log_in(learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    assert follow(learner, uuid4())[0].status_code == 404
    answer = Client().get(reverse("solerni_discussion:thread", args=[thread]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login?next=/solerni/discussion/threads/")


def test_the_mail_of_a_decision_leads_to_the_thread_itself(
    learner, moderator, cafe, django_capture_on_commit_callbacks
) -> None:
    held = open_thread(learner, cafe, source=f"Quel {INSULT} !")
    with django_capture_on_commit_callbacks(execute=True):
        api.decide_post(moderator.id, held.uuid, APPROVE)
    address = f"https://learn.example.org{reverse('solerni_discussion:thread', args=[held.thread_uuid])}"
    message = mail.outbox[-1]
    assert address in message.body
    assert address in message.alternatives[0][0]


def test_names_in_the_queue_tell_posts_apart(learner, moderator, cafe) -> None:
    for number in range(3):
        open_thread(learner, cafe, title=f"Fil {number}", source=f"{number} {INSULT}")
    client = Client()
    client.force_login(moderator)
    page = client.get("/solerni/discussion/queue/").content.decode()
    labels = re.findall(r'<(?:a|input)\b[^>]*aria-labelledby="([^"]+)"', page)
    assert len(labels) == 3 * 2
    for ids in labels:
        assert all(page.count(f'id="{one}"') == 1 for one in ids.split())
    named = re.findall(r'<(?:a|input)\b[^>]*aria-labelledby="([^"]+)"', page)
    assert len(set(named)) == len(named) == 3 * 2
    assert all(f'id="{ids.split()[0]}"' in page for ids in named)  # each begins with its own words
