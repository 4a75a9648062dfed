"""What is overdue names who can take it on: appointed, not a party, not who decided first; else the pool."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation
from freezegun import freeze_time

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Complaint, Power, Seen
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.models import Decision
from tests.discussion.conftest import APPROVE, INSULT, make_draft, open_thread, say

NOBODY = "Nobody else is appointed here: the staff of the course can take it on."
LATE = timedelta(days=20)


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    translation.activate("en")


@pytest.fixture
def appoint(django_user_model: Any, course_key: Any) -> Any:
    def appoint(name: str, *, where: Any = course_key, power: Power = Power.MODERATOR) -> Any:
        user = django_user_model.objects.create_user(name, f"{name}@example.org", "secret")
        api.appoint_moderator(where, user.id, power=power)
        return user

    return appoint


def read(path: str, user: Any, *, later: timedelta = LATE) -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    with freeze_time(clock.now() + later):
        client.force_login(user)
        return client.get(f"/solerni/discussion/{path}/").content.decode()


def test_a_case_names_its_moderators_only_once_it_is_overdue(learner, moderator, cafe) -> None:
    open_thread(learner, cafe, source=INSULT)
    assert "data-solerni-takers" not in read("queue", moderator, later=timedelta(0))
    assert "Can take it on: sam<" in read("queue", moderator)


def test_neither_the_author_nor_who_decided_before_is_named(learner, moderator, appoint, cafe) -> None:
    nora = appoint("nora")
    post = open_thread(nora, cafe, source=INSULT)
    assert "Can take it on: sam<" in read("queue", moderator)
    api.decide_post(moderator.id, post.uuid, APPROVE)
    api.report_post(learner.id, cafe, post.uuid, Complaint(reason="other", note="Lisez."))
    assert NOBODY in read("queue", moderator)
    appoint("paul", where=None)
    assert "Can take it on: paul<" in read("queue", moderator)


def test_of_many_five_are_named_and_the_rest_counted(learner, moderator, appoint, cafe) -> None:
    for number in range(6):
        appoint(f"nora{number}")
    open_thread(learner, cafe, source=INSULT)
    assert "Can take it on: sam, nora0, nora1, nora2, nora3, and 2 more<" in read("queue", moderator)


def test_trusted_learners_read_no_names_of_moderators(learner, moderator, appoint, read_before) -> None:
    trusted = appoint("tom", power=Power.TRUSTED)
    open_thread(learner, read_before)
    page = read("queue", trusted)
    assert "data-solerni-case=" in page and "data-solerni-takers" not in page


def test_an_overdue_contest_names_second_readers_never_the_first(learner, moderator, appoint, cafe) -> None:
    post = open_thread(learner, cafe)
    api.decide_post(moderator.id, post.uuid, replace(say(Act.REMOVE), seen=Seen(case=0, post=1)))
    words = Words(submission=uuid4(), text="Relisez, s'il vous plaît.")
    api.contest_decision(Contester(member_id=learner.id), Decision.objects.get().uuid, words)
    assert "data-solerni-takers" not in read("appeals", moderator, later=timedelta(0))
    assert NOBODY in read("appeals", moderator)
    appoint("nora")
    assert "Can take it on: nora<" in read("appeals", moderator)


@pytest.mark.parametrize("many", [1, 12])
def test_names_cost_two_queries_whatever_is_overdue(learner, moderator, cafe, django_assert_num_queries, many) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    for _ in range(many):
        api.publish_post(learner.id, cafe, make_draft(INSULT), thread_uuid=thread)
    with django_assert_num_queries(20, exact=False) as in_time:
        api.list_queue(moderator.id)
    with freeze_time(clock.now() + LATE), django_assert_num_queries(len(in_time) + 2):
        api.list_queue(moderator.id)
