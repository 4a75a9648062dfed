"""What waits for moderators, inside the block of its place: the same queue, narrowed, with claims."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Complaint
from solerni_xblocks.discussion.errors.arranging import ModeratorsOnly
from solerni_xblocks.discussion.models import Moderator
from tests.discussion.conftest import APPROVE, make_draft, open_thread
from tests.doubles.runtime import call, make_block


def test_a_place_lists_what_waits_in_it_for_those_with_the_role(
    learner, moderator, author, cafe, read_before, django_user_model, register
) -> None:
    bar = replace(read_before, usage_key=cafe.course_key.make_usage_key("solerni_discussion", "bar"))
    here = open_thread(learner, read_before, title="Ici")
    open_thread(learner, bar, title="Là-bas")
    told = [case.title for case in api.list_waiting(moderator.id, cafe).cases]
    assert (told, api.list_waiting(moderator.id, cafe).total) == (["Ici"], 1)
    tom = django_user_model.objects.create_user("tom")
    api.appoint_moderator(cafe.course_key, tom.id)
    Moderator.objects.filter(user_id=tom.id).update(role="trusted")
    assert api.list_waiting(tom.id, cafe).total == 1
    api.decide_post(moderator.id, here.uuid, APPROVE)
    api.report_post(author.id, cafe, here.uuid, Complaint(reason="abusive"))
    assert [api.list_waiting(who.id, cafe).total for who in (moderator, tom)] == [1, 0]
    with pytest.raises(ModeratorsOnly):
        api.list_waiting(learner.id, cafe)


def test_a_case_is_claimed_from_its_place_and_from_no_other(
    learner, moderator, author, cafe, read_before, place
) -> None:
    post = open_thread(learner, read_before, title="Ici")
    block = make_block(DiscussionBlock, place, user=moderator)
    assert 'data-solerni-claim="on"' in call(block, "list_waiting").json["html"]
    taken = call(block, "claim_case", {"post": str(post.uuid), "on": True})
    assert "data-solerni-claimed" in taken.json["html"]
    other = make_block(DiscussionBlock, place, user=author)
    assert call(other, "claim_case", {"post": str(post.uuid), "on": True}).status_code == 409
    assert 'data-solerni-claim="on"' not in call(other, "list_waiting").json["html"]
    elsewhere = place.course_key.make_usage_key("solerni_discussion", "bar")
    bar = make_block(DiscussionBlock, elsewhere, user=moderator)
    assert call(bar, "claim_case", {"post": str(post.uuid), "on": False}).status_code == 404
    given_up = call(block, "claim_case", {"post": str(post.uuid), "on": False})
    assert 'data-solerni-claim="on"' in given_up.json["html"]
    assert call(block, "claim_case", {"post": str(post.uuid)}).status_code == 400


def test_a_message_leads_those_who_moderate_to_its_case(learner, moderator, author, cafe, place) -> None:
    """Where it can be hidden, removed and restored; one's own message is decided on by somebody else."""
    post = open_thread(learner, cafe)
    own = api.publish_post(moderator.id, cafe, make_draft("Bienvenue"), thread_uuid=post.thread_uuid)

    def list_links(who: Any) -> list[str]:
        block = make_block(DiscussionBlock, place, user=who)
        page = call(block, "read_thread", {"thread": str(post.thread_uuid)}).json["html"]
        return re.findall(r"/queue/([0-9a-f-]+)/\"[^>]*data-solerni-moderate", page)

    assert list_links(learner) == []
    assert list_links(moderator) == [str(post.uuid)]
    assert list_links(author) == [str(post.uuid), str(own.uuid)]


@pytest.mark.parametrize("many", [2, 30])
def test_what_waits_in_a_place_costs_the_same_with_few_and_many(
    learner, moderator, read_before, django_assert_num_queries, many
) -> None:
    for number in range(many):
        open_thread(learner, read_before, title=f"Fil {number}")
    with django_assert_num_queries(5):
        waiting = api.list_waiting(moderator.id, read_before)
    assert (len(waiting.cases), waiting.total) == (min(many, 10), many)
