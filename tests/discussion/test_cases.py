"""Cases: one open at a time for a post, renewed rather than doubled."""

from __future__ import annotations

from typing import Any

import pytest
from freezegun import freeze_time

from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.open_case import open_case
from solerni_xblocks.discussion.models import Case, LogEntry, Post, Source
from tests.discussion.conftest import INSULT, open_thread


@pytest.fixture
def post(learner: Any, cafe: Any) -> Post:
    record = open_thread(learner, cafe)
    return Post.objects.select_related("thread").get(uuid=record.uuid)


def test_a_case_told_twice_is_one_and_its_version_grows(post, cafe) -> None:
    with freeze_time("2026-11-20T11:00:00Z"):
        first = open_case(post, source=Source.SUSPECT, score=2)
    post.version = 2
    again = open_case(post, source=Source.REPORT, score=1)
    assert (first.pk, first.version, first.due_at.isoformat()) == (again.pk, 1, "2026-11-25T11:00:00+00:00")
    assert (again.version, again.post_version, again.score, again.source) == (2, 2, 2, Source.REPORT)
    assert (again.course_key, again.usage_key) == (str(cafe.course_key), str(cafe.usage_key))
    assert open_case(post, source=Source.MODE).source == Source.REPORT


def test_a_closed_case_lets_the_next_one_open(post) -> None:
    first = open_case(post, source=Source.MODE)
    Case.objects.filter(pk=first.pk).update(is_open=None)
    assert open_case(post, source=Source.REPORT).pk != first.pk


def test_an_act_is_logged_with_plain_values(post, course_key) -> None:
    whole = log_act("bulk", actor_id=1, course_key=str(course_key), subject_kind="post", subject=post.uuid)
    log_act(
        "lock",
        actor_id=None,
        course_key=str(course_key),
        subject_kind="post",
        subject=post.uuid,
        before={"locked": False},
        after={"état": "fermé"},
        parent=whole,
    )
    entry = LogEntry.objects.get(parent=whole)
    assert (entry.before, entry.after, entry.actor_id) == ('{"locked": false}', '{"état": "fermé"}', None)


def test_what_is_held_opens_a_case_that_says_why(learner, cafe, read_before) -> None:
    open_thread(learner, cafe, source=INSULT)
    open_thread(learner, read_before)
    assert list(Case.objects.order_by("id").values_list("source", flat=True)) == [Source.RULE, Source.MODE]
    promised = {at.replace(minute=0, second=0, microsecond=0) for at in Post.objects.values_list("due_at", flat=True)}
    assert {case.due_at for case in Case.objects.all()} == promised
