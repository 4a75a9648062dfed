"""Sanctions: warn the author, or let them only read for some days; told with reasons, contestable, ended, lifted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from freezegun import freeze_time
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Complaint, Ground, Power, State
from solerni_xblocks.discussion.data.contesting import Contester, SecondReading, Words
from solerni_xblocks.discussion.data.sanctions import Penalty
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.errors import sanctioning as errors
from solerni_xblocks.discussion.errors.deciding import MessageMissing, NotAllowed, OwnPost
from solerni_xblocks.discussion.flows import sanction
from solerni_xblocks.discussion.models import Decision, LogEntry, Notice, NoticeKind, Sanction, Statement
from tests.discussion.conftest import INSULT, REFUSE, make_draft, open_thread

WHY = "Trois fois que nous en parlons."
FAR = CourseKey.from_string("course-v1:Solerni+Far+2026")


def mute(days: int = 3, *clauses: str, message: str = WHY) -> Penalty:
    grounds = tuple(Ground(clause=clause) for clause in clauses or ("posts.courtesy",))
    return Penalty(act=Act.MUTE, grounds=grounds, message=message, days=days, note="Vu en équipe.")


def warn(message: str = WHY) -> Penalty:
    return Penalty(act=Act.WARN, grounds=(Ground(clause="posts.courtesy"),), message=message)


@pytest.fixture
def post(learner: Any, moderator: Any, cafe: Any) -> Any:
    """A message of Léa's, and a thread of Sam's beside it."""
    return open_thread(learner, cafe, title="Un fil")


@pytest.fixture
def muted(post: Any, moderator: Any) -> Decision:
    return Decision.objects.get(uuid=api.sanction_author(moderator.id, post.uuid, mute()))


def test_who_reads_only_neither_publishes_revises_votes_nor_reports(muted, post, learner, moderator, cafe) -> None:
    theirs = open_thread(moderator, cafe)
    tries = [
        lambda: open_thread(learner, cafe),
        lambda: api.publish_post(learner.id, cafe, make_draft(), thread_uuid=theirs.thread_uuid),
        lambda: api.revise_post(learner.id, cafe, make_draft("Autrement"), post_uuid=post.uuid, version=1),
        lambda: api.vote_post(learner.id, cafe, theirs.uuid),
        lambda: api.report_post(learner.id, cafe, theirs.uuid, Complaint(reason="abusive", note="")),
    ]
    for attempt in tries:
        with pytest.raises(errors.Muted) as caught:
            attempt()
        assert caught.value.where_to_go == f"/solerni/discussion/decision/{muted.uuid}/"
    # Reading, taking back one's own words, and notice of what is illegal stay open.
    assert api.read_thread(learner.id, cafe, theirs.thread_uuid).shut.mute.uuid == muted.uuid
    api.report_post(learner.id, cafe, theirs.uuid, Complaint(reason="illegal", note="Une menace."))
    assert api.withdraw_post(learner.id, cafe, post_uuid=post.uuid).state == State.WITHDRAWN


def test_the_message_stays_and_the_member_is_told_with_a_statement_of_reasons(
    post, learner, moderator, cafe, django_capture_on_commit_callbacks
) -> None:
    with freeze_time("2026-11-20T11:00:00Z"), django_capture_on_commit_callbacks(execute=True):
        uuid = api.sanction_author(moderator.id, post.uuid, mute(7))
    seen = api.read_thread(moderator.id, cafe, post.thread_uuid).posts[0]
    assert (seen.state, seen.decision) == (State.PUBLISHED, None)
    statement = Statement.objects.get(decision__uuid=uuid)
    assert (statement.visibility, statement.provision) == ("", "DECISION_PROVISION_PARTIAL_SUSPENSION")
    assert (statement.ends_on.isoformat(), statement.category) == (
        "2026-11-27",
        "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    )
    assert Notice.objects.get(member_id=learner.id, kind=NoticeKind.DECISION).about == uuid
    (sent,) = mail.outbox
    assert (sent.to, WHY in sent.body, str(uuid) in sent.body) == ([learner.email], True, True)
    assert "27 novembre 2026" in sent.body
    entry = LogEntry.objects.get(act="mute")
    assert (entry.actor_id, entry.subject, entry.why) == (moderator.id, post.uuid, "Vu en équipe.")
    with freeze_time("2026-11-21T11:00:00Z"):
        reading = api.read_decision(Contester(member_id=learner.id), uuid)
    assert (reading.sanction.is_running, reading.may_contest, reading.is_moved) == (True, True, False)


def test_a_warning_takes_nothing_and_is_contestable(post, learner, moderator, cafe) -> None:
    uuid = api.sanction_author(moderator.id, post.uuid, warn())
    assert not Statement.objects.exists()
    assert api.find_mute(learner.id, cafe.course_key) is None
    assert api.read_decision(Contester(member_id=learner.id), uuid).may_contest
    open_thread(learner, cafe)
    (line,) = api.read_case(moderator.id, post.uuid).record.sanctions
    assert (line.act, line.clause, line.is_running) == (Act.WARN, "posts.courtesy", False)


def test_it_ends_by_itself_at_its_moment(post, learner, moderator, cafe) -> None:
    with freeze_time("2026-11-20T11:00:00Z"):
        api.sanction_author(moderator.id, post.uuid, mute(3))
    with freeze_time("2026-11-23T10:59:59Z"), pytest.raises(errors.Muted):
        open_thread(learner, cafe)
    with freeze_time("2026-11-23T11:00:00Z"):
        assert open_thread(learner, cafe).state == State.PUBLISHED


def test_a_moderator_lifts_it_once_with_a_reason_and_the_member_is_told(
    muted, learner, moderator, cafe, django_capture_on_commit_callbacks
) -> None:
    Notice.objects.update(read_at=clock.now())
    with pytest.raises(errors.LiftUnexplained):
        api.lift_sanction(moderator.id, muted.uuid, why="")
    with django_capture_on_commit_callbacks(execute=True):
        api.lift_sanction(moderator.id, muted.uuid, why="Nous nous sommes parlé.")
    with pytest.raises(errors.SanctionOver):
        api.lift_sanction(moderator.id, muted.uuid, why="Encore.")
    assert open_thread(learner, cafe).state == State.PUBLISHED
    assert Notice.objects.get(member_id=learner.id, about=muted.uuid).read_at is None
    assert "Nous nous sommes parlé." in mail.outbox[-1].body
    assert LogEntry.objects.get(act="lift").why == "Nous nous sommes parlé."


def test_a_second_reader_lifts_what_was_contested(muted, learner, author, cafe) -> None:
    appeal = api.contest_decision(
        Contester(member_id=learner.id), muted.uuid, Words(submission=uuid4(), text="Je ne visais personne.")
    )
    reading = api.read_appeal(author.id, appeal)
    assert (reading.acts, reading.sanction.is_running) == ((), True)
    api.answer_appeal(author.id, appeal, SecondReading(is_reversed=True, text="En effet.", seen=1))
    assert Sanction.objects.get().lifted_at is not None
    assert open_thread(learner, cafe).state == State.PUBLISHED
    assert api.read_decision(Contester(member_id=learner.id), muted.uuid).appeal.is_reversed


def test_sent_twice_it_is_imposed_once_and_a_second_one_waits_for_the_first(
    post, learner, moderator, author, cafe
) -> None:
    other = open_thread(learner, cafe)
    first = api.sanction_author(moderator.id, post.uuid, mute())
    assert api.sanction_author(moderator.id, post.uuid, mute()) == first
    with pytest.raises(errors.AlreadyMuted):
        api.sanction_author(author.id, other.uuid, mute(30))
    assert Sanction.objects.count() == 1


@pytest.mark.parametrize(
    ("penalty", "refusal"),
    [
        (mute(0), errors.LengthUnknown),
        (mute(91), errors.LengthUnknown),
        (mute(3, "posts.unknown"), MessageMissing),
        (mute(message=""), MessageMissing),
        (Penalty(act=Act.WARN, grounds=(), message=WHY), MessageMissing),
    ],
)
def test_a_sanction_names_a_length_a_rule_and_speaks(post, moderator, penalty, refusal) -> None:
    with pytest.raises(refusal):
        api.sanction_author(moderator.id, post.uuid, penalty)
    assert not Sanction.objects.exists()


def test_only_moderators_of_that_course_impose_and_lift_and_not_on_one_another(
    post, learner, moderator, author, stranger, cafe, course_key, register
) -> None:
    api.appoint_moderator(FAR, stranger.id)
    register.give_role(stranger.id, course_key, "student")
    own = open_thread(moderator, cafe)
    for person, about, refusal in (
        (stranger, post, PostNotFound),
        (moderator, own, OwnPost),
        (author, own, errors.ModeratorSpared),
    ):
        with pytest.raises(refusal):
            api.sanction_author(person.id, about.uuid, mute())
    imposed = api.sanction_author(moderator.id, post.uuid, mute())
    with pytest.raises(errors.SanctionNotFound):
        api.lift_sanction(stranger.id, imposed, why="Je peux ?")
    held = open_thread(stranger, cafe, source=f"{INSULT} !")
    api.appoint_moderator(course_key, learner.id, power=Power.TRUSTED)
    with pytest.raises(NotAllowed):
        api.sanction_author(learner.id, held.uuid, warn())


def test_it_holds_in_its_course_alone(muted, learner, register, cafe) -> None:
    assert api.find_mute(learner.id, FAR) is None
    assert api.find_mute(learner.id, cafe.course_key).uuid == muted.uuid


def test_a_decision_can_still_be_taken_back_after_its_author_was_sanctioned(learner, moderator, cafe) -> None:
    held = open_thread(learner, cafe, source=f"Quel {INSULT} !")
    decision = api.decide_post(moderator.id, held.uuid, REFUSE).decision
    api.sanction_author(moderator.id, held.uuid, mute())
    assert api.undo_decisions(moderator.id, decision.uuid).done == (held.uuid,)


def test_what_is_asked_at_each_message_costs_one_query(muted, learner, cafe, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        api.find_mute(learner.id, cafe.course_key)


def test_the_same_words_impose_again_once_the_first_time_has_run_out(post, learner, moderator, cafe) -> None:
    with freeze_time("2026-11-20T11:00:00Z"):
        first = api.sanction_author(moderator.id, post.uuid, mute(3))
    with freeze_time("2026-11-23T11:00:00Z"):
        second = api.sanction_author(moderator.id, post.uuid, mute(3))
        assert api.find_mute(learner.id, cafe.course_key).uuid == second != first


def test_what_two_imposed_at_the_same_moment_is_lifted_together_in_its_course_alone(
    muted, learner, moderator, author, cafe, monkeypatch
) -> None:
    monkeypatch.setattr(sanction, "_require_unmuted", lambda _post: None)
    other = muted.post
    api.sanction_author(author.id, other.uuid, mute(9, message="Moi aussi."))
    far = Decision.objects.get(uuid=api.sanction_author(author.id, other.uuid, mute(9, message="Ailleurs.")))
    Sanction.objects.filter(decision=far).update(course_key=str(FAR))
    api.lift_sanction(moderator.id, muted.uuid, why="Nous nous sommes parlé.")
    assert api.find_mute(learner.id, cafe.course_key) is None
    assert api.find_mute(learner.id, FAR).uuid == far.uuid
    assert LogEntry.objects.filter(act="lift").count() == 2
