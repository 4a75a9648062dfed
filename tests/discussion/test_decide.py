"""Deciding: who may, once only, with reasons; what the author is told; what is kept as evidence."""

from __future__ import annotations

from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core.modelkit import AppendOnlyError
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Ground, PostRecord, Rule, Ruling, State
from solerni_xblocks.discussion.errors import NotModerator, PostNotFound
from solerni_xblocks.discussion.errors.deciding import AlreadyDecided, MessageMissing, OwnPost
from solerni_xblocks.discussion.models import Decision, Moderator, Post
from solerni_xblocks.host.api import mail as host_mail
from tests.discussion.conftest import APPROVE, INSULT, REFUSE, make_draft, open_thread


@pytest.fixture
def held(learner: Any, cafe: Any) -> PostRecord:
    """A thread of Léa's that waits."""
    return open_thread(learner, cafe, title="Colère", source=f"Quel {INSULT} !")


def test_an_approved_thread_appears_to_all(
    held, learner, moderator, author, cafe, heard, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post = api.decide_post(moderator.id, held.uuid, APPROVE)
    assert (post.state, post.decision.outcome) == (State.PUBLISHED, State.PUBLISHED)
    assert [line.uuid for line in api.list_threads(author.id, cafe).threads] == [held.thread_uuid]
    assert api.read_thread(learner.id, cafe, held.thread_uuid).posts[0].decision is not None
    assert [name for name, _ in heard] == ["published"]
    assert [(sent.to, "Colère" in sent.subject) for sent in mail.outbox] == [([learner.email], True)]


def test_a_refused_post_stays_with_its_author_and_tells_why_and_how_to_contest(
    held, learner, moderator, cafe, heard, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        api.decide_post(moderator.id, held.uuid, REFUSE)
    seen = api.read_thread(learner.id, cafe, held.thread_uuid).posts[0]
    assert (seen.state, seen.decision.clause, seen.decision.message) == (
        State.REFUSED,
        "posts.courtesy",
        REFUSE.message,
    )
    assert [name for name, _ in heard] == ["refused"]
    body = mail.outbox[0].body
    assert REFUSE.message in body and f"/solerni/discussion/decision/{seen.decision.uuid}/" in body


def test_an_approved_reply_is_counted(learner, moderator, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    reply = api.publish_post(learner.id, cafe, make_draft(INSULT), thread_uuid=thread)
    api.decide_post(moderator.id, reply.uuid, APPROVE)
    assert api.list_threads(learner.id, cafe).threads[0].replies == 1


def test_a_refused_reply_is_not_counted_and_leaves_the_thread(learner, moderator, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    reply = api.publish_post(learner.id, cafe, make_draft(INSULT), thread_uuid=thread)
    api.decide_post(moderator.id, reply.uuid, REFUSE)
    line = api.list_threads(learner.id, cafe).threads[0]
    assert (line.replies, line.state) == (0, State.PUBLISHED)


def test_the_second_of_two_decisions_is_a_conflict_and_changes_nothing(held, moderator, author) -> None:
    api.decide_post(moderator.id, held.uuid, REFUSE)
    with pytest.raises(AlreadyDecided):
        api.decide_post(author.id, held.uuid, APPROVE)
    assert (Post.objects.get().state, Decision.objects.count()) == (State.REFUSED, 1)


def test_the_same_decision_told_twice_by_the_same_person_is_one(held, moderator, author) -> None:
    for _ in range(2):
        assert api.decide_post(moderator.id, held.uuid, REFUSE).state == State.REFUSED
    assert Decision.objects.count() == 1
    with pytest.raises(AlreadyDecided):
        api.decide_post(author.id, held.uuid, REFUSE)


def test_an_approval_names_no_rule(held, learner, moderator, cafe) -> None:
    ruling = Ruling(act=Act.PUBLISH, grounds=(Ground(clause=Rule.COURTESY.clause),))
    for _ in range(2):
        api.decide_post(moderator.id, held.uuid, ruling)
    assert Decision.objects.get().clause == ""


@pytest.mark.parametrize(
    "ruling",
    [Ruling(act=Act.REFUSE, grounds=(Ground(clause=Rule.COURTESY.clause),)), Ruling(act=Act.REFUSE, message="Non.")],
)
def test_a_refusal_needs_a_rule_and_a_message(held, moderator, ruling) -> None:
    with pytest.raises(MessageMissing):
        api.decide_post(moderator.id, held.uuid, ruling)


def test_a_ruling_that_settles_nothing_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="held"):
        Act("held")


def test_nobody_decides_on_their_own_post(author, cafe) -> None:
    post = open_thread(author, cafe, source=INSULT)
    with pytest.raises(OwnPost):
        api.decide_post(author.id, post.uuid, APPROVE)


def test_a_learner_cannot_decide_nor_see_the_queue(held, other_learner) -> None:
    with pytest.raises(PostNotFound):
        api.decide_post(other_learner.id, held.uuid, APPROVE)
    with pytest.raises(NotModerator):
        api.list_queue(other_learner.id)


def test_a_moderator_of_one_course_has_no_power_in_another(held, stranger) -> None:
    api.appoint_moderator(CourseKey.from_string("course-v1:Solerni+Other+2026"), stranger.id)
    assert api.list_queue(stranger.id).cases == ()
    with pytest.raises(PostNotFound):
        api.decide_post(stranger.id, held.uuid, APPROVE)
    with pytest.raises(PostNotFound):
        api.decide_post(stranger.id, uuid4(), APPROVE)


def test_the_queue_shows_the_oldest_first_to_moderators_and_staff(held, learner, moderator, author, cafe) -> None:
    later = open_thread(learner, cafe, source=INSULT)
    for who in (moderator, author):
        queue = api.list_queue(who.id)
        assert ([case.post_uuid for case in queue.cases], queue.total) == ([held.uuid, later.uuid], 2)
    assert api.count_queue(cafe.course_key) == 2


def test_the_decision_stands_when_the_mail_fails(held, moderator, caplog, django_capture_on_commit_callbacks) -> None:
    failing = patch.object(host_mail(), "send", side_effect=SMTPServerDisconnected("gone"))
    with failing, django_capture_on_commit_callbacks(execute=True):
        api.decide_post(moderator.id, held.uuid, REFUSE)
    assert Decision.objects.count() == 1
    assert "could not be sent, and is tried again" in caplog.text


def test_the_mail_escapes_what_people_wrote(learner, moderator, cafe, django_capture_on_commit_callbacks) -> None:
    post = open_thread(learner, cafe, title="<b>Titre</b>", source=INSULT)
    ruling = Ruling(act=Act.REFUSE, grounds=(Ground(clause=Rule.COURTESY.clause),), message="<script>alert(1)</script>")
    with django_capture_on_commit_callbacks(execute=True):
        api.decide_post(moderator.id, post.uuid, ruling)
    html = mail.outbox[0].alternatives[0][0]
    assert "<script>" not in html and "<b>Titre" not in html
    assert "<b>Titre</b>" in mail.outbox[0].subject


def test_a_decision_cannot_be_changed_nor_removed(held, moderator) -> None:
    api.decide_post(moderator.id, held.uuid, REFUSE)
    decision = Decision.objects.get()
    assert (decision.before, decision.after) == (State.HELD, State.REFUSED)
    for change in (decision.save, decision.delete, Decision.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()


def test_an_appointment_told_twice_is_one_row_and_can_end(learner, course_key) -> None:
    for _ in range(2):
        api.appoint_moderator(course_key, learner.id)
    assert (Moderator.objects.count(), api.is_moderator(learner.id, course_key)) == (1, True)
    api.dismiss_moderator(course_key, learner.id)
    assert not api.is_moderator(learner.id, course_key)


def test_the_command_appoints_and_dismisses(learner, course_key, capsys) -> None:
    call_command("solerni_discussion_moderator", course=str(course_key), add="lea")
    assert api.is_moderator(learner.id, course_key)
    call_command("solerni_discussion_moderator", course=str(course_key), remove="lea")
    assert not api.is_moderator(learner.id, course_key)
    for course, name in (("nonsense", "lea"), (str(course_key), "nobody")):
        with pytest.raises(CommandError):
            call_command("solerni_discussion_moderator", course=course, add=name)


def test_the_clause_of_the_rule_is_one_of_the_eight() -> None:
    assert Rule.COURTESY.clause in api.Clause.values
    assert len(api.Clause.values) == 8
