"""Who cannot write here is told so before they try, and finds again what they had typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from freezegun import freeze_time
from lxml import etree

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Act, Conduct, Ground
from solerni_xblocks.discussion.data.sanctions import Penalty
from solerni_xblocks.discussion.models import Thread
from tests.discussion.conftest import make_draft, open_thread
from tests.doubles.runtime import call, make_block

LATER = timedelta(days=2)
FORMS = ("//form[@data-solerni-compose='publish_post']", "//*[@data-solerni-closed]", "//*[@data-solerni-muted]")


@pytest.fixture
def thread(learner: Any, cafe: Any) -> Any:
    return open_thread(learner, cafe)


@pytest.fixture
def reply(learner: Any, cafe: Any, thread: Any) -> Any:
    return api.publish_post(learner.id, cafe, make_draft("Oui"), thread_uuid=thread.thread_uuid)


@pytest.fixture
def read(place: Any, thread: Any, reply: Any) -> Any:
    """The thread, and the box under its reply, as somebody has them two days later."""

    def read(who: Any, **settings: Any) -> tuple[Any, Any]:
        with freeze_time(clock.now() + LATER), translation.override("en"):
            block = make_block(DiscussionBlock, place, user=who, **settings)
            pages = (
                call(block, "read_thread", {"thread": str(thread.thread_uuid)}),
                call(block, "open_comment", {"post": str(reply.uuid)}),
            )
        return tuple(etree.HTML(page.json["html"]) for page in pages)

    return read


def tell(page: Any) -> list[int]:
    return [len(page.xpath(path)) for path in FORMS]


def test_a_closed_place_says_since_when_instead_of_a_form(learner, author, read) -> None:
    closed = {"closes_at": clock.now() + timedelta(days=1)}
    for page in read(learner, **closed):
        assert tell(page) == [0, 1, 0]
        assert page.xpath("//*[@data-solerni-closed]//time/@datetime")
        assert not page.xpath("//*[@data-solerni-quote]")
    assert [tell(page) for page in read(learner)] == [[1, 0, 0]] * 2
    assert [tell(page) for page in read(author, **closed)] == [[1, 0, 0]] * 2


def test_who_only_reads_for_now_is_told_under_a_reply_as_under_the_thread(
    learner, moderator, read, thread, cafe
) -> None:
    api.sanction_author(
        moderator.id,
        thread.uuid,
        Penalty(act=Act.MUTE, grounds=(Ground(clause="posts.courtesy"),), message="Trois fois.", days=7),
    )
    for page in read(learner):
        assert tell(page) == [0, 0, 1]
        assert not page.xpath("//*[@data-solerni-quote]")


def test_where_no_form_stands_there_is_room_for_what_was_typed(learner, read, thread, reply) -> None:
    pages = read(learner, closes_at=clock.now() + timedelta(days=1))
    slots = [page.xpath("//*[@data-solerni-kept]/@data-slot") for page in pages]
    assert slots == [[f"reply:{thread.thread_uuid}"], [f"comment:{reply.uuid}"]]
    assert all(page.xpath("//*[@data-solerni-kept]//textarea[@readonly]") for page in pages)


def test_the_author_of_a_locked_thread_may_look_back_and_withdraw_but_not_change(
    learner, moderator, read, thread, cafe
) -> None:
    api.revise_post(learner.id, cafe, make_draft("Bonsoir", title="Un fil"), post_uuid=thread.uuid, version=1)
    Thread.objects.update(locked_at=clock.now())
    locked = api.read_thread(learner.id, cafe, thread.thread_uuid).posts[0]
    assert (locked.may_change, locked.may_look_back) == (False, True)
    assert api.read_thread(moderator.id, cafe, thread.thread_uuid).posts[0].may_change
    Thread.objects.update(locked_at=None)
    assert api.read_thread(learner.id, cafe, thread.thread_uuid).posts[0].may_change


def test_a_quiet_thread_offers_no_change_either(learner, cafe, thread) -> None:
    quiet = replace(cafe, conduct=Conduct(quiet_days=30))
    with freeze_time(clock.now() + timedelta(days=60)):
        assert not api.read_thread(learner.id, quiet, thread.thread_uuid).posts[0].may_change
