"""Claims, every act with its evidence, several at once, undo; reports of members, their weight and their answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db.models import F
from freezegun import freeze_time
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.modelkit import AppendOnlyError
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Care, Complaint, Filters, Ground, Only, Power, Ruling, Seen, State
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.errors.deciding import (
    AlreadyDecided,
    CannotUndo,
    CaseChanged,
    ClaimedByOther,
    SeveralCourses,
    WordingChanged,
)
from solerni_xblocks.discussion.errors.reporting import NotReportable, OwnReport, ReportNotFound, ReportReasonMissing
from solerni_xblocks.discussion.models import Case, Decision, LogEntry, Notice, Post, Report, Statement, Thread
from tests.discussion.conftest import APPROVE, INSULT, REFUSE, make_draft, open_thread, say

LIGHT = Complaint(reason="posts.courtesy")


@pytest.fixture
def held(learner: Any, cafe: Any) -> Any:
    return open_thread(learner, cafe, title="Colère", source=f"Quel {INSULT} !")


@pytest.fixture
def reporters(register: Any, course_key: CourseKey, db: None) -> list[Any]:
    users = [get_user_model().objects.create_user(f"r{n}", f"r{n}@example.org", "secret") for n in range(3)]
    for user in users:
        register.give_role(user.id, course_key, "student")
    return users


def see(uuid: Any) -> Seen:
    """What somebody sees who opens the case now."""
    case = Case.objects.filter(post__uuid=uuid, is_open=True).first()
    return Seen(case=case.version if case else 0, post=Post.objects.get(uuid=uuid).version)


def decide(who: Any, uuid: Any, ruling: Ruling) -> Any:
    return api.decide_post(who.id, uuid, replace(ruling, seen=see(uuid)))


def test_a_claim_keeps_others_off_until_it_ends_or_is_given_up(held, moderator, author) -> None:
    api.claim_case(moderator.id, held.uuid)
    with pytest.raises(ClaimedByOther):
        api.claim_case(author.id, held.uuid)
    with pytest.raises(ClaimedByOther) as refusal:
        api.decide_post(author.id, held.uuid, APPROVE)
    assert "sam" in str(refusal.value.message)
    (case,) = api.list_queue(author.id).cases
    assert case.claim.member_id == moderator.id
    assert api.list_queue(moderator.id, Filters(only=Only.MINE)).total == 1
    assert api.list_queue(author.id, Filters(only=Only.FREE)).total == 0
    api.release_case(moderator.id, held.uuid)
    api.claim_case(author.id, held.uuid)
    api.take_over_case(moderator.id, held.uuid)
    with freeze_time(clock.now() + timedelta(minutes=16)):
        assert api.decide_post(author.id, held.uuid, APPROVE).state == State.PUBLISHED
    acts = list(LogEntry.objects.order_by("id").values_list("act", flat=True))
    assert acts == ["claim", "release", "claim", "take_over", "publish"]


def test_a_decision_on_what_changed_meanwhile_is_refused_and_says_what_changed(held, moderator, author) -> None:
    seen = see(held.uuid)
    Post.objects.update(version=F("version") + 1)
    with pytest.raises(WordingChanged):
        api.decide_post(moderator.id, held.uuid, replace(APPROVE, seen=seen))
    Case.objects.update(version=F("version") + 1)
    with pytest.raises(CaseChanged):
        api.decide_post(moderator.id, held.uuid, replace(APPROVE, seen=Seen(case=1, post=2)))
    decide(author, held.uuid, APPROVE)
    with pytest.raises(AlreadyDecided):
        api.decide_post(moderator.id, held.uuid, replace(REFUSE, seen=Seen(case=2, post=2)))
    assert Decision.objects.count() == 1


def test_each_act_moves_the_post_counts_and_states_its_reasons(
    learner, moderator, author, cafe, heard, django_capture_on_commit_callbacks
) -> None:
    thread = open_thread(author, cafe).thread_uuid
    reply = api.publish_post(learner.id, cafe, make_draft("Bonjour"), thread_uuid=thread)
    heard.clear()
    acts = (say(Act.HIDE), Ruling(act=Act.RESTORE), say(Act.REMOVE), Ruling(act=Act.RESTORE), say(Act.ASK))
    replies = []
    for ruling in acts:
        with django_capture_on_commit_callbacks(execute=True):
            decide(moderator, reply.uuid, ruling)
        replies.append(Thread.objects.get().replies)
    assert replies == [0, 1, 0, 1, 0]
    assert [name for name, _ in heard] == ["removed", "restored", "removed", "restored", "removed"]
    stated = list(Statement.objects.order_by("id").values_list("visibility", "automated_decision", "category"))
    assert [row[0].rpartition("_")[2] for row in stated] == ["DISABLED", "REMOVED", "DISABLED"]
    assert {row[1:] for row in stated} == {
        ("AUTOMATED_DECISION_NOT_AUTOMATED", "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH")
    }
    assert Notice.objects.filter(member_id=learner.id, kind="decision").count() == 5
    assert LogEntry.objects.filter(subject=reply.uuid).count() == 5


def test_a_refusal_cites_clauses_with_the_passage_and_leaves_no_name_in_its_statement(held, moderator) -> None:
    passage = held.reasons[0].passage
    grounds = (Ground(clause="posts.courtesy", passage=passage), Ground(clause="posts.language"))
    decision = decide(moderator, held.uuid, Ruling(act=Act.REFUSE, grounds=grounds, message="Non.")).decision
    assert [(one.clause, one.passage) for one in decision.grounds] == [
        ("posts.courtesy", passage),
        ("posts.language", None),
    ]
    statement = Statement.objects.get()
    words = f"{statement.facts} {statement.explanation} {statement.ground_reference}"
    assert not any(secret in words for secret in ("lea", "sam", INSULT, "Colère", "Non."))
    assert (statement.source_type, statement.automated_detection) == ("SOURCE_VOLUNTARY", True)
    assert Decision.objects.get().contest_until - statement.at >= timedelta(days=183)


def test_trusted_learners_decide_before_publication_only(held, learner, other_learner, moderator, cafe) -> None:
    trusted = get_user_model().objects.create_user("tom", "tom@example.org", "secret")
    api.appoint_moderator(cafe.course_key, trusted.id, power=Power.TRUSTED)
    assert not api.is_moderator(trusted.id, cafe.course_key)
    published = open_thread(learner, cafe)
    api.report_post(moderator.id, cafe, published.uuid, LIGHT)
    assert [case.post_uuid for case in api.list_queue(trusted.id).cases] == [held.uuid]
    assert api.read_case(trusted.id, held.uuid).record is None
    with pytest.raises(PostNotFound):
        decide(trusted, published.uuid, say(Act.REMOVE))
    assert decide(trusted, held.uuid, APPROVE).state == State.PUBLISHED


def test_trusted_learners_learn_of_no_hidden_name_and_read_around_only_what_learners_read(
    learner, other_learner, author, moderator, cafe, register, client
) -> None:
    trusted = get_user_model().objects.create_user("tom", "tom@example.org", "secret")
    api.appoint_moderator(cafe.course_key, trusted.id, power=Power.TRUSTED)
    opened = open_thread(learner, cafe)
    gone = api.publish_post(learner.id, cafe, make_draft("Ôté"), thread_uuid=opened.thread_uuid)
    waits = api.publish_post(learner.id, cafe, make_draft(f"{INSULT} !"), thread_uuid=opened.thread_uuid)
    Post.objects.update(voice="anonymous")
    Post.objects.filter(uuid=gone.uuid).update(state=State.REMOVED)

    def read(who: Any) -> Any:
        case = api.read_case(who.id, waits.uuid)
        (line,) = api.list_queue(who.id).cases
        (here,) = api.list_waiting(who.id, cafe).cases
        assert INSULT in case.post.source
        return {case.post.author_id, case.case.author_id, line.author_id, here.author_id}, case.before

    names, before = read(trusted)
    assert (names, [(one.uuid, one.author_id) for one in before]) == ({None}, [(opened.uuid, None)])
    names, before = read(moderator)
    assert (names, [one.author_id for one in before]) == ({learner.id}, [learner.id, learner.id])
    client.force_login(trusted)
    for page in ("/solerni/discussion/queue/", f"/solerni/discussion/queue/{waits.uuid}/"):
        shown = client.get(page).content.decode().replace('class="demo-name">Léa<', "")
        assert ("Anonyme" in shown, ">Léa<" in shown) == (True, False)
    Thread.objects.update(group_id=7)
    assert (api.list_queue(trusted.id).cases, api.list_waiting(trusted.id, cafe).cases) == ((), ())
    for page in ("", f"{waits.uuid}/"):
        assert INSULT not in client.get(f"/solerni/discussion/queue/{page}").content.decode()
    with pytest.raises(PostNotFound):
        api.read_case(trusted.id, waits.uuid)
    with pytest.raises(PostNotFound):
        api.decide_post(trusted.id, waits.uuid, APPROVE)
    register.groups = {(trusted.id, cafe.course_key): 7}
    assert [one.uuid for one in read(trusted)[1]] == [opened.uuid]
    Thread.objects.update(state=State.HIDDEN)
    assert read(trusted)[1] == ()


def test_the_pool_moderates_every_course(held, stranger) -> None:
    api.appoint_moderator(None, stranger.id)
    assert api.list_queue(stranger.id).total == 1
    assert decide(stranger, held.uuid, APPROVE).state == State.PUBLISHED


def test_undo_restores_post_case_reports_and_counters(learner, moderator, author, cafe) -> None:
    thread = open_thread(author, cafe).thread_uuid
    reply = api.publish_post(learner.id, cafe, make_draft("Bonjour"), thread_uuid=thread)
    api.report_post(author.id, cafe, reply.uuid, LIGHT)
    before = (Thread.objects.values().get(), Post.objects.values().get(uuid=reply.uuid))
    decision = decide(moderator, reply.uuid, say(Act.REMOVE)).decision
    assert Thread.objects.get().open_reports == 0
    for _ in range(2):
        assert api.undo_decisions(moderator.id, decision.uuid).done == (reply.uuid,)
    assert (Thread.objects.values().get(), Post.objects.values().get(uuid=reply.uuid)) == before
    assert (Case.objects.get().is_open, Report.objects.get().is_upheld) == (True, None)
    assert api.read_case(moderator.id, reply.uuid).decisions[0].is_undone


def test_undo_is_for_the_one_who_decided_within_some_minutes_and_while_nothing_else_happened(
    held, moderator, author
) -> None:
    decision = decide(moderator, held.uuid, APPROVE).decision
    with pytest.raises(CannotUndo):
        api.undo_decisions(author.id, decision.uuid)
    with freeze_time(clock.now() + timedelta(minutes=11)), pytest.raises(CannotUndo):
        api.undo_decisions(moderator.id, decision.uuid)
    decide(author, held.uuid, say(Act.REMOVE))
    with pytest.raises(CannotUndo):
        api.undo_decisions(moderator.id, decision.uuid)


def test_several_are_decided_each_on_its_own_and_taken_back_together(learner, moderator, cafe) -> None:
    posts = [open_thread(learner, cafe, title=f"Fil {n}", source=INSULT) for n in range(3)]
    own = open_thread(moderator, cafe, source=INSULT)
    chosen = {post.uuid: see(post.uuid) for post in (*posts, own)}
    batch = api.decide_several(moderator.id, chosen, REFUSE)
    assert (len(batch.done), [uuid for uuid, _why in batch.failed]) == (3, [own.uuid])
    assert Statement.objects.count() == 3
    whole = LogEntry.objects.get(subject=batch.uuid)
    assert (whole.act, whole.children.count()) == ("several_refuse", 3)
    assert len(api.undo_decisions(moderator.id, batch.uuid).done) == 3
    assert Post.objects.filter(state=State.HELD).count() == 4


def test_a_gesture_stays_within_one_course_that_one_moderates(held, learner, moderator, stranger, cafe) -> None:
    other = CourseKey.from_string("course-v1:Solerni+Other+2026")
    api.appoint_moderator(other, stranger.id)
    with pytest.raises(PostNotFound):
        api.decide_several(stranger.id, {held.uuid: see(held.uuid)}, APPROVE)
    second = open_thread(learner, cafe, source=INSULT)
    Thread.objects.filter(uuid=second.thread_uuid).update(course_key=str(other))
    with pytest.raises(SeveralCourses):
        api.decide_several(moderator.id, {held.uuid: see(held.uuid), second.uuid: see(second.uuid)}, APPROVE)


def test_three_reports_hide_a_post_and_the_decision_answers_all(learner, moderator, reporters, cafe) -> None:
    post = open_thread(learner, cafe)
    for user in reporters:
        for _ in range(2):  # a double click is one report
            api.report_post(user.id, cafe, post.uuid, LIGHT)
    hidden = Decision.objects.get()
    assert (Post.objects.get().state, hidden.moderator_id, hidden.clause) == (State.HIDDEN, None, "posts.courtesy")
    assert Statement.objects.get().automated_decision == "AUTOMATED_DECISION_FULLY"
    assert (Thread.objects.get().open_reports, Report.objects.count()) == (3, 3)
    with pytest.raises(NotReportable):
        api.report_post(moderator.id, cafe, post.uuid, LIGHT)
    decide(moderator, post.uuid, Ruling(act=Act.RESTORE))
    assert set(Report.objects.values_list("is_upheld", "is_open")) == {(False, None)}
    assert Notice.objects.filter(kind="report").count() == 3
    assert (Thread.objects.get().open_reports, Thread.objects.get().state) == (0, State.PUBLISHED)


def test_a_place_may_choose_that_reports_never_hide(learner, reporters, cafe) -> None:
    calm = replace(cafe, care=Care(hide_weight=0))
    post = open_thread(learner, calm)
    for user in reporters:
        api.report_post(user.id, calm, post.uuid, LIGHT)
    assert Post.objects.get().state == State.PUBLISHED
    assert Case.objects.get().score == 3


def test_frivolous_reports_weigh_little(learner, moderator, reporters, cafe) -> None:
    for _ in range(4):
        post = open_thread(learner, cafe)
        api.report_post(reporters[0].id, cafe, post.uuid, LIGHT)
        decide(moderator, post.uuid, Ruling(act=Act.KEEP))
    post = open_thread(learner, cafe)
    api.report_post(reporters[0].id, cafe, post.uuid, LIGHT)
    assert Report.objects.order_by("id").last().weight < 0.3


def test_a_report_can_be_withdrawn_and_then_nothing_waits(learner, reporters, cafe) -> None:
    post = open_thread(learner, cafe)
    api.report_post(reporters[0].id, cafe, post.uuid, LIGHT)
    api.withdraw_report(reporters[0].id, cafe, post.uuid)
    assert (Case.objects.get().is_open, Thread.objects.get().open_reports) == (None, 0)
    with pytest.raises(ReportNotFound):
        api.withdraw_report(reporters[0].id, cafe, post.uuid)


def test_who_may_not_see_a_post_cannot_report_it_and_nobody_reports_their_own(
    held, learner, reporters, stranger, cafe
) -> None:
    with pytest.raises(PostNotFound):
        api.report_post(reporters[0].id, cafe, held.uuid, LIGHT)
    post = open_thread(learner, cafe)
    with pytest.raises(OwnReport):
        api.report_post(learner.id, cafe, post.uuid, LIGHT)
    with pytest.raises(ReportReasonMissing):
        api.report_post(reporters[0].id, cafe, post.uuid, Complaint(reason="boring"))


def test_the_log_cannot_be_changed(held, moderator) -> None:
    decide(moderator, held.uuid, APPROVE)
    entry = LogEntry.objects.get()
    for change in (entry.save, entry.delete, LogEntry.objects.all().delete, lambda: LogEntry.objects.update(why="x")):
        with pytest.raises(AppendOnlyError):
            change()


def test_pages_of_the_queue_follow_one_another_by_deadline_then_score(learner, author, cafe) -> None:
    with freeze_time("2026-11-23T09:00:00Z"):
        posts = [open_thread(learner, cafe, source=INSULT) for _ in range(30)]
    for number, post in enumerate(posts):
        Case.objects.filter(post__uuid=post.uuid).update(score=number % 3)
    first = api.list_queue(author.id)
    second = api.list_queue(author.id, after=first.after)
    scores = [case.score for case in (*first.cases, *second.cases)]
    assert (scores, len({case.uuid for case in (*first.cases, *second.cases)})) == (sorted(scores, reverse=True), 30)
    assert (first.total, second.after) == (30, None)


def test_the_promise_is_recalled_once_a_step_and_then_told_to_the_pool(held, moderator, stranger) -> None:
    api.appoint_moderator(None, stranger.id)
    opened, due = Case.objects.values_list("opened_at", "due_at").get()
    told = []
    for moment in (opened, opened + (due - opened) / 2 + timedelta(hours=1), due - timedelta(hours=1), due):
        with freeze_time(moment + timedelta(days=0)):
            for _ in range(2):
                counts = api.settle_cases()
            told.append(Case.objects.values_list("warned_at", "alerted_at", "escalated_at").get())
            assert set(counts.values()) == {0}
    assert [sum(at is not None for at in step) for step in told] == [0, 1, 2, 3]
    assert set(Notice.objects.filter(kind="queue").values_list("member_id", flat=True)) == {moderator.id, stranger.id}


def test_what_the_mode_alone_holds_appears_when_overdue_only_where_the_place_chose_so(
    learner, moderator, read_before
) -> None:
    kind = replace(read_before, care=Care(publishes_overdue=True))
    waits = [open_thread(learner, kind), open_thread(learner, kind, source=INSULT), open_thread(learner, read_before)]
    with freeze_time(clock.now() + timedelta(days=10)):
        assert [api.settle_cases()["published"] for _ in range(2)] == [1, 0]
    states = [Post.objects.get(uuid=post.uuid).state for post in waits]
    assert states == [State.PUBLISHED, State.HELD, State.HELD]
    assert Decision.objects.get().moderator_id is None
