"""A page of a moderator that stays open: the role is gone meanwhile, or was never one in this course."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.models import Case, Decision, LogEntry, Post, Sanction
from tests.discussion.conftest import INSULT, open_thread

FAR = CourseKey.from_string("course-v1:Solerni+Far+2026")


@pytest.fixture
def held(learner: Any, moderator: Any, cafe: Any) -> Any:
    """A message that waits, with a moderator who has its page open."""
    return open_thread(learner, cafe, source=f"Quel {INSULT} !")


def send_everything(person: Any, uuid: Any) -> list[int]:
    """What an open page of the case and of the queue can send; the statuses of the answers."""
    client = Client()
    client.force_login(person)
    ruling = {"act": "refuse", "clauses": ["posts.courtesy"], "message": "Non.", "case_version": 1, "post_version": 1}
    penalty = {"act": "mute", "days": "3", "clauses": ["posts.courtesy"], "message": "Non."}
    sent = {
        "case": ruling,
        "claim": {"how": "take"},
        "sanction": {f"penalty-{name}": value for name, value in penalty.items()},
    }
    answers = [client.post(reverse(f"solerni_discussion:{page}", args=[uuid]), data) for page, data in sent.items()]
    chosen = {"chosen": f"{uuid}~1~1", "confirmed": "1", **ruling}
    answers.append(client.post(reverse("solerni_discussion:several"), chosen))
    assert all(INSULT not in answer.content.decode() for answer in answers)
    return [answer.status_code for answer in answers]


def require_untouched(uuid: Any) -> None:
    assert Post.objects.get(uuid=uuid).state == "held"
    assert Case.objects.get(post__uuid=uuid).claimed_by is None
    assert not Decision.objects.exists() and not Sanction.objects.exists()
    assert not LogEntry.objects.exclude(act="several_refuse").exists()


def test_who_was_dismissed_meanwhile_decides_nothing_from_an_open_page(held, moderator, course_key) -> None:
    api.dismiss_moderator(course_key, moderator.id)
    assert send_everything(moderator, held.uuid) == [404, 404, 404, 403]
    require_untouched(held.uuid)


def test_a_moderator_of_another_course_decides_nothing_here(held, stranger) -> None:
    api.appoint_moderator(FAR, stranger.id)
    assert send_everything(stranger, held.uuid) == [404, 404, 404, 404]
    require_untouched(held.uuid)


def test_who_was_dismissed_lifts_no_sanction_of_their_own(held, moderator, course_key) -> None:
    client = Client()
    client.force_login(moderator)
    address = reverse("solerni_discussion:sanction", args=[held.uuid])
    penalty = {"penalty-act": "mute", "penalty-days": "3", "penalty-clauses": ["posts.courtesy"]}
    assert client.post(address, {**penalty, "penalty-message": "Non."}).status_code == 302
    decision = Decision.objects.get().uuid
    page = client.get(reverse("solerni_discussion:case", args=[held.uuid])).content.decode()
    lift = reverse("solerni_discussion:lift", args=[held.uuid, decision])
    assert lift in page
    api.dismiss_moderator(course_key, moderator.id)
    assert client.post(lift, {"why": "Je change d'avis."}).status_code == 404
    assert Sanction.objects.get().lifted_at is None
