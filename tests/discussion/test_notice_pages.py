"""What a member is told leads where it is read: the message, the decision, the appeal, the queue."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Act, Complaint, Ruling, Seen
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.flows.tell_member import tell_member
from solerni_xblocks.discussion.models import Decision, NoticeKind, Post
from tests.discussion.conftest import make_draft, open_thread, say
from tests.doubles.runtime import call, make_block


@pytest.fixture
def told(place: Any) -> Any:
    """Where the notices of somebody lead, by kind, the latest first."""

    def told(member: Any) -> list[tuple[str, str]]:
        html = call(make_block(DiscussionBlock, place, user=member), "list_notices", {}).json["html"]
        lines = etree.HTML(f"<ul>{html}</ul>").xpath("//li")
        return [(line.get("data-solerni-notice"), line.xpath("string(.//a/@href)")) for line in lines]

    return told


def remove(moderator: Any, post: Any) -> Decision:
    seen = Seen(case=getattr(Post.objects.get(uuid=post.uuid).cases.first(), "version", 0), post=1)
    ruling = Ruling(act=Act.REMOVE, grounds=say(Act.REMOVE).grounds, message="Non.", seen=seen)
    api.decide_post(moderator.id, post.uuid, ruling)
    return Decision.objects.latest("id")


def test_each_notice_leads_to_the_page_where_it_is_read(learner, author, moderator, cafe, told) -> None:
    thread = open_thread(learner, cafe)
    post = api.publish_post(learner.id, cafe, make_draft("Je réponds"), thread_uuid=thread.thread_uuid)
    answer = api.publish_post(author.id, cafe, make_draft("Merci"), thread_uuid=thread.thread_uuid)
    api.report_post(author.id, cafe, post.uuid, Complaint(reason="abusive", note=""))
    decision = remove(moderator, post)
    page = reverse("solerni_discussion:decision", args=[decision.uuid])
    assert told(learner) == [("decision", page), ("reply", reverse("solerni_discussion:post", args=[answer.uuid]))]
    assert told(author) == [("report", page)]

    # Who contested reads on the page of the decision, who is to answer on the page of the appeal.
    words = Words(submission=uuid4(), text="Si.")
    appeal = api.contest_decision(Contester(member_id=learner.id), decision.uuid, words)
    for person in (learner, author):
        tell_member(person.id, NoticeKind.APPEAL, about=appeal, post=Post.objects.get(uuid=post.uuid), at=clock.now())
    assert told(learner)[0] == ("appeal", page)
    assert told(author)[0] == ("appeal", reverse("solerni_discussion:appeal", args=[appeal]))
    for person in (learner, author):
        client = Client()
        client.force_login(person)
        assert {client.get(address).status_code for _kind, address in told(person)} <= {200, 302}


def test_a_decision_taken_back_is_read_on_the_page_of_what_it_took_back(learner, moderator, cafe, told) -> None:
    decision = remove(moderator, open_thread(learner, cafe))
    api.undo_decisions(moderator.id, decision.uuid)
    assert told(learner) == [("decision", reverse("solerni_discussion:decision", args=[decision.uuid]))]


def test_what_waits_leads_moderators_to_the_queue(learner, moderator, cafe, told) -> None:
    post = Post.objects.get(uuid=open_thread(learner, cafe).uuid)
    tell_member(moderator.id, NoticeKind.QUEUE, about=uuid4(), post=post, at=clock.now())
    assert told(moderator) == [("queue", reverse("solerni_discussion:queue"))]
