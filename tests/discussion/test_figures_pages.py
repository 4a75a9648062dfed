"""Pages of figures: who may open them, what they show, what they hide."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Ground, Ruling, Seen
from tests.discussion.conftest import open_thread

REPORT = "/solerni/discussion/transparency/"
STATEMENTS = "/solerni/discussion/transparency/statements/"
STATISTICS = "/solerni/discussion/statistics/"


@pytest.fixture(autouse=True)
def english(settings) -> None:
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    translation.activate("en")


def enter(user: Any) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user)
    return client


@pytest.fixture
def removed(learner: Any, moderator: Any, cafe: Any) -> Any:
    post = open_thread(learner, cafe, title="=cmd()", source="Texte")
    ruling = Ruling(
        act=Act.REMOVE, grounds=(Ground(clause="posts.courtesy"),), message="Non.", seen=Seen(case=0, post=1)
    )
    api.decide_post(moderator.id, post.uuid, ruling)
    return post


def test_operators_read_the_report_and_take_the_statements(removed, admin_user) -> None:
    client = enter(admin_user)
    html = client.get(REPORT).content.decode()
    assert "data-solerni-restrictions>1<" in html and "Courtesy" in html and "lea" not in html.split("<main")[1]
    assert client.get(REPORT, {"format": "json"}).json()["restrictions"] == 1
    answer = client.get(STATEMENTS)
    assert len(json.loads(b"".join(answer.streaming_content))["statements"]) == 1
    answer = client.get(STATEMENTS, {"format": "csv"})
    assert (answer["Content-Type"], answer.streaming) == ("text/csv; charset=utf-8", True)
    for where in (REPORT, STATEMENTS):
        assert client.get(where, {"since": "2026-13-01"}).status_code == 400


def test_nobody_else_opens_the_report(removed, learner, moderator, author) -> None:
    for person in (learner, moderator, author):
        for where in (REPORT, STATEMENTS):
            assert enter(person).get(where).status_code == 403
    assert Client().get(REPORT).status_code == 302


def test_moderators_read_figures_without_the_few(removed, moderator, author, learner) -> None:
    for person in (moderator, author):
        html = enter(person).get(STATISTICS).content.decode()
        assert "fewer than ten" in html and "&lt;10" in html and "Promised" in html and REPORT not in html
    assert enter(learner).get(STATISTICS).status_code == 403
    assert enter(moderator).get(STATISTICS, {"until": "no"}).status_code == 400


def test_the_course_team_takes_the_table_of_participants(learner, author, moderator, cafe) -> None:
    open_thread(learner, cafe, source="un deux")
    where = reverse("solerni_discussion:participants", args=[cafe.usage_key])
    table = b"".join(enter(author).get(where).streaming_content).decode()
    assert table.splitlines()[0] == "member,threads,replies,words,votes,last_on" and "lea,1,0,2,0," in table
    learner.username = "=HYPERLINK(0)"
    learner.save()
    assert "\r\n'=HYPERLINK(0),1,0," in b"".join(enter(author).get(where).streaming_content).decode()
    for person in (learner, moderator):
        assert enter(person).get(where).status_code == 403
    assert enter(author).get("/solerni/discussion/places/nonsense/participants.csv").status_code == 400
