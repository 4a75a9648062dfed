"""Writing: wordings that stay, comments on two levels, locks and groups, the author's dates and pace, advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun import freeze_time

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import (
    Advice,
    Conduct,
    Kind,
    Outcome,
    Pace,
    Part,
    Passage,
    Place,
    Reason,
    State,
    Verdict,
    Voice,
)
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.errors.writing import (
    KindNotOffered,
    NoAnonymity,
    NotYetOpen,
    NowClosed,
    ParentNotFound,
    PostsUsedUp,
    ThreadLocked,
    ThreadsByStaffOnly,
    TooFast,
    VoiceNotYours,
)
from solerni_xblocks.discussion.flows import judging
from solerni_xblocks.discussion.flows.open_case import fall_due
from solerni_xblocks.discussion.models import Case, Finding, Post, Source, Thread, Version
from tests.discussion.conftest import INSULT, make_draft, open_thread

ADVICE = Reason(
    rule="spelling",
    code="courtesy.insult",
    clause="posts.spelling",
    part=Part.BODY,
    passage=Passage(start=0, end=3),
    seen="slt",
    score=0.5,
    threshold=0.08,
    outcome=Outcome.NUDGE,
)


def conducted(cafe: Place, **conduct: Any) -> Place:
    return replace(cafe, conduct=Conduct(**conduct))


def reply(who: Any, cafe: Place, thread: Any, source: str = "Oui", *, parent: Any = None) -> Any:
    return api.publish_post(who.id, cafe, make_draft(source), thread_uuid=thread, parent_uuid=parent)


@pytest.fixture
def verdict(monkeypatch: Any) -> Any:
    """Let the rules say what a test wants."""

    def say(outcome: Outcome, *reasons: Reason, **more: Any) -> None:
        monkeypatch.setattr(judging, "judge", lambda *args: Verdict(outcome=outcome, reasons=reasons, **more))

    return say


def test_a_post_keeps_its_words_and_its_first_version(learner, cafe) -> None:
    open_thread(learner, cafe, title="Un fil", source="Je suis **Léa** !")
    post, thread, version = Post.objects.get(), Thread.objects.get(), Version.objects.get()
    assert (post.plain, post.words, post.version) == ("Je suis Léa !", 4, 1)
    assert (thread.excerpt, thread.last_author_id, thread.kind) == ("Je suis Léa !", learner.id, "discussion")
    assert (version.number, version.editor_id, version.title, version.source) == (1, learner.id, "Un fil", post.source)
    assert (version.outcome, version.insisted) == (Outcome.PUBLISH, False)


@pytest.mark.parametrize(
    ("source", "policy", "expected"), [(INSULT, "cafe", Source.RULE), ("Bonjour", "read_before", Source.MODE)]
)
def test_what_is_held_opens_a_case_that_says_why(learner, source, policy, expected, request) -> None:
    with freeze_time("2026-11-20T11:00:00Z"):
        post = open_thread(learner, request.getfixturevalue(policy), source=source)
    case = Case.objects.get()
    assert (case.post.uuid, case.source, case.is_open) == (post.uuid, expected, True)
    assert case.due_at == fall_due(post.due_at)


def test_a_suspect_post_is_published_and_stands_on_the_list(learner, cafe, verdict) -> None:
    verdict(Outcome.PUBLISH, replace(ADVICE, outcome=Outcome.PUBLISH), is_to_read=True)
    assert open_thread(learner, cafe).state == State.PUBLISHED
    assert Case.objects.get().source == Source.SUSPECT


def test_findings_keep_the_word_the_score_and_what_was_only_tried(learner, cafe, verdict) -> None:
    verdict(Outcome.HOLD, ADVICE, tried=(replace(ADVICE, is_dry=True),))
    open_thread(learner, cafe)
    assert list(Finding.objects.values_list("seen", "score", "threshold", "is_dry", "version")) == [
        ("slt", 0.5, 0.08, False, 1),
        ("slt", 0.5, 0.08, True, 1),
    ]


def test_a_comment_on_a_comment_joins_the_same_reply(learner, other_learner, cafe) -> None:
    opening = open_thread(learner, cafe)
    thread = opening.thread_uuid
    first = reply(other_learner, cafe, thread, "Une réponse")
    comment = reply(learner, cafe, thread, "Merci", parent=first.uuid)
    nested = reply(other_learner, cafe, thread, "De rien", parent=comment.uuid)
    assert (first.parent_uuid, comment.parent_uuid, nested.parent_uuid) == (None, first.uuid, first.uuid)
    assert reply(learner, cafe, thread, parent=opening.uuid).parent_uuid is None
    assert (Post.objects.get(uuid=first.uuid).comments, Thread.objects.get().replies) == (2, 4)


def test_a_held_comment_counts_nowhere(learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    first = reply(learner, cafe, thread)
    reply(learner, cafe, thread, INSULT, parent=first.uuid)
    assert (Post.objects.get(uuid=first.uuid).comments, Thread.objects.get().replies) == (0, 1)


def test_what_is_answered_stands_in_the_thread_and_is_seen(learner, cafe) -> None:
    thread, other = open_thread(learner, cafe).thread_uuid, open_thread(learner, cafe)
    held = reply(learner, cafe, thread, INSULT)
    for parent in (other.uuid, held.uuid):
        with pytest.raises(ParentNotFound):
            reply(learner, cafe, thread, parent=parent)


def test_a_locked_thread_takes_words_of_moderators_only(learner, author, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    Thread.objects.update(locked_at=datetime.now(UTC))
    with pytest.raises(ThreadLocked):
        reply(learner, cafe, thread)
    assert reply(author, cafe, thread).state == State.PUBLISHED


def test_a_thread_of_another_group_is_not_found(learner, other_learner, author, cafe, register, course_key) -> None:
    divided = conducted(cafe, is_divided=True)
    register.groups |= {(learner.id, course_key): 1, (other_learner.id, course_key): 2}
    thread = open_thread(learner, divided).thread_uuid
    assert Thread.objects.get().group_id == 1
    with pytest.raises(ThreadNotFound):
        reply(other_learner, divided, thread)
    assert reply(learner, divided, thread) and reply(author, divided, thread)


def test_a_place_has_its_dates(learner, author, cafe) -> None:
    place = conducted(cafe, opens_at=datetime(2026, 12, 1, tzinfo=UTC), closes_at=datetime(2026, 12, 31, tzinfo=UTC))
    for now, refusal in (("2026-11-30", NotYetOpen), ("2026-12-31", NowClosed)):
        with freeze_time(now):
            with pytest.raises(refusal) as caught:
                open_thread(learner, place)
            assert "décembre" in str(caught.value.message) or "December" in str(caught.value.message)
            assert open_thread(author, place)
    with freeze_time("2026-12-02"):
        assert open_thread(learner, place)


def test_learners_reply_where_only_staff_opens_threads(learner, author, cafe) -> None:
    place = conducted(cafe, learners_open_threads=False)
    with pytest.raises(ThreadsByStaffOnly):
        open_thread(learner, place)
    assert reply(learner, place, open_thread(author, place).thread_uuid)


def test_a_place_offers_the_kinds_that_its_author_chose(learner, cafe) -> None:
    place = conducted(cafe, kinds=(Kind.QUESTION,))
    with pytest.raises(KindNotOffered):
        open_thread(learner, place)
    api.publish_thread(learner.id, place, replace(make_draft(title="Une question"), kind=Kind.QUESTION))
    assert Thread.objects.get().kind == "question"


@pytest.mark.parametrize(("voice", "refusal"), [("anonymous", NoAnonymity), ("moderator", VoiceNotYours)])
def test_a_voice_is_refused_to_whom_it_does_not_belong(learner, cafe, voice, refusal) -> None:
    with pytest.raises(refusal):
        api.publish_thread(learner.id, cafe, replace(make_draft(title="Un fil"), voice=Voice(voice)))


def test_a_pace_holds_posts_apart(learner, cafe) -> None:
    place = conducted(cafe, pace=Pace(posts=2, hours=1, gap=5))
    for at, refusal in (("09:00", None), ("09:03", TooFast), ("09:06", None), ("09:30", TooFast), ("10:01", None)):
        with freeze_time(f"2026-11-23T{at}:00Z"):
            if refusal:
                with pytest.raises(refusal):
                    open_thread(learner, place)
            else:
                open_thread(learner, place)


def test_a_place_allows_so_many_posts(learner, cafe) -> None:
    place = conducted(cafe, most_posts=1)
    open_thread(learner, place)
    with pytest.raises(PostsUsedUp):
        open_thread(learner, place)


def test_an_advice_writes_nothing_until_the_author_insists(learner, cafe, verdict) -> None:
    verdict(Outcome.NUDGE, ADVICE)
    draft = make_draft("slt à tous", title="Un fil")
    advice = api.publish_thread(learner.id, cafe, draft)
    assert isinstance(advice, Advice)
    assert (advice.reasons, advice.may_insist, Post.objects.count()) == ((ADVICE,), True, 0)
    post = api.publish_thread(learner.id, cafe, replace(draft, insists=True))
    assert post.state == State.PUBLISHED
    assert Version.objects.get().insisted
    assert Finding.objects.get().outcome == Outcome.NUDGE
    assert api.publish_thread(learner.id, cafe, draft).uuid == post.uuid, "sent again, it is not advised on"


def test_a_refused_text_cannot_be_insisted_on(learner, cafe, verdict) -> None:
    verdict(Outcome.REFUSE, replace(ADVICE, outcome=Outcome.REFUSE))
    for insists in (False, True):
        advice = api.publish_thread(learner.id, cafe, replace(make_draft(title="Un fil"), insists=insists))
        assert (advice.outcome, advice.may_insist) == (Outcome.REFUSE, False)
    assert not Post.objects.exists()


def test_publishing_costs_as_many_queries_in_a_long_thread(learner, cafe, django_assert_num_queries) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    first = reply(learner, cafe, thread)
    for number in range(2):
        text = f"> Bonjour\n\nVoici {number} raison de relire ce que les autres ont dit avant de répondre."
        with django_assert_num_queries(19):  # two of them hold the thread and the reply
            reply(learner, cafe, thread, text, parent=first.uuid)
        for _ in range(30):
            reply(learner, cafe, thread)
