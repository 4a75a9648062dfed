"""Contesting: the author or a reporter asks for a second reading; a second person answers, never who decided."""

from __future__ import annotations

import inspect
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from freezegun import freeze_time
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api, flows
from solerni_xblocks.discussion.data import Act, Complaint, Power, Ruling, Seen, State
from solerni_xblocks.discussion.data.contesting import Contester, Party, SecondReading, Words
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.errors import contesting as errors
from solerni_xblocks.discussion.errors.deciding import CannotUndo, MessageMissing
from solerni_xblocks.discussion.models import Appeal, AppealMessage, Decision, LogEntry, Notice, NoticeKind, Post
from tests.discussion.conftest import INSULT, REFUSE, open_thread, say
from tests.doubles.courses import MemoryRegister

STANDS = "La phrase vise une personne : la règle s'applique."


def write(text: str = "Je ne vise personne.") -> Words:
    return Words(submission=uuid4(), text=text)


def uphold(seen: int = 1, text: str = STANDS) -> SecondReading:
    return SecondReading(is_reversed=False, text=text, seen=seen)


def overturn(seen: int = 1, act: Act | None = None, **values: Any) -> SecondReading:
    return SecondReading(is_reversed=True, text="Vous aviez raison.", seen=seen, act=act, **values)


@pytest.fixture
def second(django_user_model: Any, register: MemoryRegister, course_key: CourseKey) -> Any:
    """Another appointed moderator of the course."""
    user = django_user_model.objects.create_user("nora", "nora@example.org", "secret")
    api.appoint_moderator(course_key, user.id)
    return user


@pytest.fixture
def decision(learner: Any, moderator: Any, cafe: Any) -> Decision:
    """Léa's message was published, then removed by Sam."""
    post = open_thread(learner, cafe, title="Un fil")
    api.decide_post(moderator.id, post.uuid, say_now(post, Act.REMOVE))
    return Decision.objects.get(act=Act.REMOVE)


def say_now(post: Any, act: Act) -> Ruling:
    ruling = say(act)
    return Ruling(act=act, grounds=ruling.grounds, message=ruling.message, seen=Seen(case=0, post=post.version))


def contest(person: Any, decision: Decision, words: Words | None = None) -> Appeal:
    uuid = api.contest_decision(Contester(member_id=person.id), decision.uuid, words or write())
    return Appeal.objects.get(uuid=uuid)


def test_the_author_contests_once_and_other_moderators_are_told(decision, learner, moderator, second) -> None:
    words = write()
    with freeze_time("2026-11-20T11:00:00Z"):
        for _ in range(2):
            appeal = contest(learner, decision, words)
    assert (Appeal.objects.count(), AppealMessage.objects.count()) == (1, 1)
    assert (appeal.member_id, appeal.report, appeal.is_open) == (learner.id, None, True)
    assert appeal.due_at.isoformat() == "2026-11-25T11:00:00+00:00"
    told = Notice.objects.filter(kind=NoticeKind.SECOND, about=appeal.uuid)
    assert [notice.member_id for notice in told] == [second.id]
    assert LogEntry.objects.get(act="contest").subject == appeal.uuid
    with pytest.raises(errors.AlreadyContested):
        contest(learner, decision)


def test_nobody_else_reads_nor_contests_the_decision(decision, second, stranger, author) -> None:
    for person in (second, stranger, author):
        with pytest.raises(errors.DecisionNotFound):
            contest(person, decision)
    with pytest.raises(errors.DecisionNotFound):
        api.read_decision(Contester(), decision.uuid)
    with pytest.raises(errors.DecisionNotFound):
        api.read_decision(Contester(member_id=stranger.id), uuid4())


def test_a_decision_can_be_contested_for_six_months_and_no_longer(decision, learner) -> None:
    reading = api.read_decision(Contester(member_id=learner.id), decision.uuid)
    assert reading.may_contest and reading.closes_at - decision.at >= timedelta(days=183)
    with freeze_time(reading.closes_at + timedelta(seconds=1)):
        assert not api.read_decision(Contester(member_id=learner.id), decision.uuid).may_contest
        with pytest.raises(errors.ContestClosed):
            contest(learner, decision)


@pytest.mark.parametrize(("text", "error"), [("", errors.AppealTextMissing), ("a" * 4001, errors.AppealTextTooLong)])
def test_what_is_contested_is_said_in_a_page(decision, learner, text, error) -> None:
    with pytest.raises(error):
        contest(learner, decision, write(text))


def test_what_takes_nothing_or_was_taken_back_cannot_be_contested(learner, moderator, cafe) -> None:
    held = open_thread(learner, cafe, source=INSULT)
    api.decide_post(moderator.id, held.uuid, Ruling(act=Act.PUBLISH))
    with pytest.raises(errors.NotContestable):
        contest(learner, Decision.objects.get())
    other = open_thread(learner, cafe, source=INSULT)
    api.decide_post(moderator.id, other.uuid, REFUSE)
    refused = Decision.objects.get(act=Act.REFUSE)
    api.undo_decisions(moderator.id, refused.uuid)
    with pytest.raises(errors.NotContestable):
        contest(learner, refused)


def test_who_decided_never_answers(decision, learner, moderator) -> None:
    appeal = contest(learner, decision)
    for act in (
        lambda: api.answer_appeal(moderator.id, appeal.uuid, overturn()),
        lambda: api.claim_appeal(moderator.id, appeal.uuid),
        lambda: api.write_as_reader(moderator.id, appeal.uuid, write()),
    ):
        with pytest.raises(errors.FirstReader):
            act()
    assert api.read_appeal(moderator.id, appeal.uuid).refusal == "first_reader"
    assert Appeal.objects.get().is_open


def test_who_has_a_part_in_the_case_does_not_answer(decision, learner, course_key) -> None:
    api.appoint_moderator(course_key, learner.id)
    appeal = contest(learner, decision)
    with pytest.raises(errors.PartOfCase):
        api.answer_appeal(learner.id, appeal.uuid, overturn())


def test_with_one_moderator_the_pool_is_told_and_staff_may_answer(decision, learner, author, stranger) -> None:
    api.appoint_moderator(None, stranger.id)
    appeal = contest(learner, decision)
    assert list(Notice.objects.filter(kind=NoticeKind.SECOND).values_list("member_id", flat=True)) == [stranger.id]
    for reader in (author, stranger):
        assert [line.may_answer for line in api.list_appeals(reader.id).lines] == [True]
        assert api.read_appeal(reader.id, appeal.uuid).refusal == ""
    api.answer_appeal(author.id, appeal.uuid, uphold())
    assert Appeal.objects.get().second_reader_id == author.id


def test_others_moderators_and_trusted_learners_read_no_appeal(decision, learner, stranger, course_key) -> None:
    appeal = contest(learner, decision)
    api.appoint_moderator(CourseKey.from_string("course-v1:Solerni+Other+2026"), stranger.id)
    assert api.list_appeals(stranger.id).lines == ()
    with pytest.raises(errors.AppealNotFound):
        api.read_appeal(stranger.id, appeal.uuid)
    api.dismiss_moderator(CourseKey.from_string("course-v1:Solerni+Other+2026"), stranger.id)
    api.appoint_moderator(course_key, stranger.id, power=Power.TRUSTED)
    with pytest.raises(NotModerator):
        api.list_appeals(stranger.id)
    with pytest.raises(errors.AppealNotFound):
        api.answer_appeal(stranger.id, appeal.uuid, uphold())


def test_a_reversal_restores_the_message_by_a_new_decision_linked_to_the_case(
    decision, learner, second, cafe, heard, django_capture_on_commit_callbacks
) -> None:
    appeal = contest(learner, decision)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            api.answer_appeal(second.id, appeal.uuid, overturn())
    appeal.refresh_from_db()
    outcome = Decision.objects.get(act=Act.RESTORE)
    assert (appeal.is_open, appeal.is_reversed, appeal.outcome) == (False, True, outcome)
    assert (outcome.moderator_id, Post.objects.get().state) == (second.id, State.PUBLISHED)
    assert [name for name, _ in heard][-1] == "restored"
    bodies = [sent.body for sent in mail.outbox if "contest" in sent.body]
    assert len(bodies) == 1 and "Vous aviez raison." in bodies[0] and "2022/2065" in bodies[0]
    entry = LogEntry.objects.get(act="answer_appeal")
    assert (entry.actor_id, str(outcome.uuid) in entry.after) == (second.id, True)
    reading = api.read_decision(Contester(member_id=learner.id), decision.uuid)
    assert (reading.appeal.is_reversed, reading.may_contest) == (True, False)


def test_an_outcome_of_an_appeal_is_not_taken_back(decision, learner, second) -> None:
    appeal = contest(learner, decision)
    api.answer_appeal(second.id, appeal.uuid, overturn())
    with pytest.raises(CannotUndo):
        api.undo_decisions(second.id, Decision.objects.get(act=Act.RESTORE).uuid)


def test_a_decision_that_stands_is_answered_with_reasons_and_changes_nothing(decision, learner, second) -> None:
    appeal = contest(learner, decision)
    with pytest.raises(errors.AppealTextMissing):
        api.answer_appeal(second.id, appeal.uuid, uphold(text=""))
    api.answer_appeal(second.id, appeal.uuid, uphold())
    assert (Post.objects.get().state, Decision.objects.count()) == (State.REMOVED, 1)
    seen = api.read_decision(Contester(member_id=learner.id), decision.uuid).appeal
    assert (seen.is_reversed, seen.answer) == (False, STANDS)
    told = Notice.objects.filter(kind=NoticeKind.APPEAL, member_id=learner.id)
    assert [notice.about for notice in told] == [appeal.uuid]
    with pytest.raises(errors.AppealClosed):
        api.answer_appeal(second.id, appeal.uuid, overturn())


def test_both_sides_write_each_message_once_and_nothing_after_the_answer(
    decision, learner, second, django_capture_on_commit_callbacks
) -> None:
    appeal = contest(learner, decision)
    question, reply, me = write("Qui visiez-vous ?"), write("Personne."), Contester(member_id=learner.id)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            api.write_as_reader(second.id, appeal.uuid, question)
            api.write_as_contester(me, decision.uuid, reply)
    said = api.read_appeal(second.id, appeal.uuid).appeal.messages
    assert [(one.by_moderation, one.text) for one in said][1:] == [(True, "Qui visiez-vous ?"), (False, "Personne.")]
    assert [("Qui visiez-vous ?" in sent.body, sent.to) for sent in mail.outbox] == [(True, [learner.email])]
    with pytest.raises(errors.AppealChanged):
        api.answer_appeal(second.id, appeal.uuid, uphold(seen=1))
    api.answer_appeal(second.id, appeal.uuid, uphold(seen=2))
    with pytest.raises(errors.AppealClosed):
        api.write_as_contester(me, decision.uuid, write())
    with pytest.raises(errors.AppealClosed):
        api.write_as_reader(second.id, appeal.uuid, write())


def test_one_second_reader_works_on_a_case_at_a_time(decision, learner, second, author) -> None:
    appeal = contest(learner, decision)
    api.claim_appeal(second.id, appeal.uuid)
    for act in (
        lambda: api.claim_appeal(author.id, appeal.uuid),
        lambda: api.answer_appeal(author.id, appeal.uuid, uphold()),
    ):
        with pytest.raises(errors.AppealClaimed):
            act()
    assert api.list_appeals(author.id).lines[0].claim.member_id == second.id
    with freeze_time(clock.now() + timedelta(hours=1)):
        api.claim_appeal(author.id, appeal.uuid)
        api.release_appeal(author.id, appeal.uuid)
        assert api.read_appeal(author.id, appeal.uuid).appeal.claim is None


def test_a_message_that_moved_on_is_not_changed_by_a_reversal(decision, learner, second, moderator) -> None:
    appeal = contest(learner, decision)
    post = Post.objects.get()
    api.decide_post(moderator.id, post.uuid, Ruling(act=Act.RESTORE, seen=Seen(case=0, post=post.version)))
    assert api.read_appeal(second.id, appeal.uuid).acts == ()
    api.answer_appeal(second.id, appeal.uuid, overturn())
    appeal.refresh_from_db()
    assert (appeal.is_reversed, appeal.outcome, Decision.objects.count()) == (True, None, 2)


@pytest.fixture
def kept(learner: Any, stranger: Any, moderator: Any, register: MemoryRegister, cafe: Any) -> Decision:
    """Ève reported Léa's message; Sam kept it."""
    register.give_role(stranger.id, cafe.course_key, "student")
    post = open_thread(learner, cafe)
    api.report_post(stranger.id, cafe, post.uuid, Complaint(reason="posts.courtesy"))
    api.decide_post(moderator.id, post.uuid, Ruling(act=Act.KEEP))
    return Decision.objects.get()


def test_a_reporter_contests_and_the_second_reader_removes_with_reasons(kept, stranger, learner, second) -> None:
    with pytest.raises(errors.DecisionNotFound):  # nobody tells an author that they were reported in vain
        api.read_decision(Contester(member_id=learner.id), kept.uuid)
    reading = api.read_decision(Contester(member_id=stranger.id), kept.uuid)
    assert reading.report.is_upheld is False
    assert (reading.party, reading.source, reading.may_contest) == (Party.REPORTER, "", True)
    appeal = contest(stranger, kept)
    with pytest.raises(errors.ReversalMissing):
        api.answer_appeal(second.id, appeal.uuid, overturn())
    with pytest.raises(MessageMissing):
        api.answer_appeal(second.id, appeal.uuid, overturn(act=Act.REMOVE))
    ruling = say(Act.REMOVE)
    api.answer_appeal(second.id, appeal.uuid, overturn(act=Act.REMOVE, grounds=ruling.grounds, message=ruling.message))
    removed = Decision.objects.get(act=Act.REMOVE)
    assert (Appeal.objects.get().outcome, Post.objects.get().state) == (removed, State.REMOVED)
    assert removed.statement.visibility == "DECISION_VISIBILITY_CONTENT_REMOVED"
    # what was taken from the author can be contested in its turn, and not answered by who took it
    again = contest(learner, removed)
    with pytest.raises(errors.FirstReader):
        api.answer_appeal(second.id, again.uuid, uphold())


def test_a_reporter_reads_nothing_that_is_the_authors_own(kept, stranger) -> None:
    assert "Bonjour" not in str(api.read_decision(Contester(member_id=stranger.id), kept.uuid))


def test_no_flow_closes_an_appeal_without_a_person(decision, learner, moderator, cafe) -> None:
    folder = Path(inspect.getfile(flows)).parent
    closing = [path.name for path in sorted(folder.glob("*.py")) if "is_reversed=" in path.read_text("utf-8")]
    assert closing == ["answer_appeal.py"]
    appeal = contest(learner, decision)
    with pytest.raises(errors.AppealNotFound):  # software has no account
        api.answer_appeal(0, appeal.uuid, uphold())
    api.undo_decisions(moderator.id, decision.uuid)
    api.withdraw_post(learner.id, cafe, post_uuid=Post.objects.get().uuid)
    assert Appeal.objects.get().is_open


def test_lists_and_pages_ask_as_much_for_twenty_as_for_one(
    decision, learner, second, moderator, cafe, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    contest(learner, decision)
    with django_assert_max_num_queries(8) as few:
        assert len(api.list_appeals(second.id).lines) == 1
    for number in range(26):
        post = open_thread(learner, cafe, title=f"Fil {number}")
        api.decide_post(moderator.id, post.uuid, say_now(post, Act.REMOVE))
        contest(learner, Decision.objects.latest("id"))
    with django_assert_num_queries(len(few)):
        page = api.list_appeals(second.id)
    assert (len(page.lines), page.total) == (25, 27)
    assert len(api.list_appeals(second.id, after=page.after).lines) == 2
    with django_assert_max_num_queries(12):
        api.read_appeal(second.id, page.lines[0].uuid)
    with django_assert_max_num_queries(8):
        api.read_decision(Contester(member_id=learner.id), decision.uuid)
