"""Moving, splitting and merging threads: nothing is lost, everything counts as if it had been written there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier
from threading import Thread as Worker
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from freezegun import freeze_time
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core.errors import SolerniError
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Complaint, Conduct, Participant, Place, TypedText
from solerni_xblocks.discussion.data.arranging import Move, SplitRequest
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.errors import arranging as errors
from solerni_xblocks.discussion.flows import admitting, judging, vote
from solerni_xblocks.discussion.models import Case, Draft, LogEntry, Notice, Post, Thread, ThreadMark
from solerni_xblocks.discussion.queries.arranging import list_rearrangements
from tests.discussion.conftest import make_draft, open_thread
from tests.doubles.runtime import call, make_block

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
COUNTED = (
    "replies",
    "votes",
    "open_reports",
    "last_activity_at",
    "last_author_id",
    "is_answered",
    "excerpt",
    "author_id",
    "created_at",
)


@pytest.fixture
def bar(cafe: Any, register: Any) -> Place:
    """Another discussion of the same course."""
    key = cafe.course_key.make_usage_key("solerni_discussion", "bar")
    unit = cafe.course_key.make_usage_key("vertical", "unit")
    register.parents |= {cafe.usage_key: unit, key: unit}
    register.fields |= {(cafe.usage_key, "display_name"): "Café", (key, "display_name"): "Bar"}
    return Place(course_key=cafe.course_key, usage_key=key)


@pytest.fixture
def time() -> Any:
    with freeze_time(START) as frozen:
        yield frozen


@pytest.fixture
def say(time: Any, cafe: Any) -> Any:
    """Write something a minute after what was written before."""

    def say(who: Any, text: str, *, thread: Any = None, title: str = "", parent: Any = None, place: Any = cafe) -> Any:
        time.tick(timedelta(minutes=1))
        if thread is None:
            return api.publish_thread(who.id, place, make_draft(text, title=title or text))
        under = {"thread_uuid": thread.thread_uuid, "parent_uuid": parent.uuid if parent else None}
        return api.publish_post(who.id, place, make_draft(text), **under)

    return say


@pytest.fixture
def long(say: Any, learner: Any, other_learner: Any) -> dict[str, Any]:
    """A thread with replies and comments: A, B with b1 and b2, C with c1."""
    opening = say(learner, "Un fil")
    posts = {"opening": opening}
    for name, who, parent in (
        ("A", other_learner, ""),
        ("B", learner, ""),
        ("b1", other_learner, "B"),
        ("C", other_learner, ""),
        ("b2", learner, "B"),
        ("c1", learner, "C"),
    ):
        posts[name] = say(who, f"Message {name}", thread=opening, parent=posts.get(parent))
    return posts


def find(post: Any) -> Thread:
    """The thread in which the post stands now."""
    return Thread.objects.get(posts__uuid=post.uuid)


def tell(thread: Thread) -> list[str]:
    """What the thread holds in reading order; comments behind a dash."""
    place = Place(course_key=CourseKey.from_string(thread.course_key), usage_key=_key(thread))
    posts = api.read_thread(thread.author_id, place, thread.uuid).posts
    return [f"{'- ' if post.parent_uuid else ''}{post.source}" for post in posts]


def _key(thread: Thread) -> Any:
    return UsageKey.from_string(thread.usage_key)


def count(thread: Thread) -> dict[str, Any]:
    thread.refresh_from_db()
    return {name: getattr(thread, name) for name in COUNTED} | {"heat": round(thread.heat, 6)}


def split(who: Any, place: Any, thread: Any, *posts: Any, title: str = "À part") -> Thread:
    request = SplitRequest(posts=tuple(post.uuid for post in posts), title=title)
    return Thread.objects.get(uuid=api.split_thread(who.id, place, thread.thread_uuid, request))


def merge(who: Any, place: Any, thread: Any, into: Any) -> None:
    api.merge_threads(who.id, place, thread.thread_uuid, into.thread_uuid)


# Split


def test_chosen_replies_leave_with_their_comments_and_the_first_opens_the_new_thread(long, author, cafe) -> None:
    made = split(author, cafe, long["opening"], long["B"], long["C"])
    assert tell(find(long["opening"])) == ["Un fil", "Message A"]
    assert tell(made) == ["Message B", "Message b1", "Message C", "- Message c1", "Message b2"]
    assert (made.title, made.excerpt, made.author_id) == (
        "À part",
        "Message B",
        Post.objects.get(uuid=long["B"].uuid).author_id,
    )
    assert Post.objects.get(uuid=long["B"].uuid).comments == 0
    assert Post.objects.get(uuid=long["C"].uuid).comments == 1


def test_a_comment_that_leaves_its_reply_is_a_reply(long, author, cafe) -> None:
    made = split(author, cafe, long["opening"], long["b1"], long["c1"])
    assert tell(made) == ["Message b1", "Message c1"]
    assert [Post.objects.get(uuid=long[name].uuid).comments for name in "BC"] == [1, 0]
    assert tell(find(long["opening"])) == ["Un fil", "Message A", "Message B", "- Message b2", "Message C"]


def test_both_threads_count_as_if_they_had_been_written_so(
    long, say, learner, other_learner, author, cafe, time
) -> None:
    """The same words, at the same times, in two threads from the beginning."""
    api.vote_post(author.id, cafe, long["B"].uuid)
    api.report_post(author.id, cafe, long["C"].uuid, Complaint(reason="abusive"))
    made = split(author, cafe, long["opening"], long["B"], long["C"])
    here, there = count(find(long["opening"])), count(made)
    time.move_to(START)
    first = say(learner, "Un fil")
    say(other_learner, "Message A", thread=first)
    second = say(learner, "Message B")
    for name, who in (("b1", other_learner), ("C", other_learner), ("b2", learner), ("c1", learner)):
        post = say(who, f"Message {name}", thread=second)
        if name == "C":
            api.report_post(author.id, cafe, post.uuid, Complaint(reason="abusive"))
    api.vote_post(author.id, cafe, second.uuid)
    assert here == count(Thread.objects.get(uuid=first.thread_uuid))
    assert there == count(Thread.objects.get(uuid=second.thread_uuid))


def test_what_was_read_stays_read_and_followers_follow_both(
    long, say, learner, other_learner, author, cafe, time
) -> None:
    api.mark_read(author.id, cafe, long["opening"].thread_uuid)
    api.follow_thread(author.id, cafe, long["opening"].thread_uuid)
    time.tick(60)
    late = say(learner, "Plus tard", thread=long["opening"], parent=long["B"])
    made = split(author, cafe, long["opening"], long["B"])
    listed = {one.uuid: one for one in api.list_threads(author.id, cafe).threads}
    assert (listed[made.uuid].is_unread, listed[made.uuid].follows) == (True, True)
    assert (listed[long["opening"].thread_uuid].is_unread, listed[long["opening"].thread_uuid].follows) == (False, True)
    assert [post.uuid for post in api.read_thread(author.id, cafe, made.uuid).posts if post.is_new] == [late.uuid]
    assert ThreadMark.objects.get(thread=made, member_id=learner.id).follows
    told = Notice.objects.filter(kind="split").order_by("member_id").values_list("member_id", flat=True)
    assert list(told) == sorted([learner.id, other_learner.id])  # Ana did it herself


@pytest.mark.django_db(transaction=True)
def test_search_participation_and_permalinks_follow(long, author, learner, cafe) -> None:
    made = split(author, cafe, long["opening"], long["B"], title="Sujet inédit")
    hit = api.search_posts(learner.id, cafe, "inédit").hits[0]
    assert (hit.post_uuid, hit.thread_uuid, hit.title) == (long["B"].uuid, made.uuid, "Sujet inédit")
    done = api.measure_participation(learner.id, cafe)
    assert (done.threads, done.replies) == (2, 2)
    for name in ("B", "b1"):
        assert api.find_post(learner.id, long[name].uuid).thread_uuid == made.uuid


def test_a_split_is_told_in_both_threads_and_logged(long, author, learner, cafe) -> None:
    made = split(author, cafe, long["opening"], long["B"])
    past = api.read_thread(learner.id, cafe, long["opening"].thread_uuid).past
    assert [(one.move, one.thread_uuid, one.title) for one in past] == [(Move.LEFT, made.uuid, "À part")]
    past = api.read_thread(learner.id, cafe, made.uuid).past
    assert [(one.move, one.thread_uuid, one.title) for one in past] == [
        (Move.MADE, long["opening"].thread_uuid, "Un fil")
    ]
    left, came = LogEntry.objects.filter(act__in=("split", "split_off")).order_by("id")
    assert (left.actor_id, came.parent_id, str(long["b1"].uuid) in left.after) == (author.id, left.pk, True)


def test_an_accepted_answer_that_leaves_answers_no_more(long, learner, author, cafe) -> None:
    Thread.objects.update(kind="question")
    api.accept_answer(learner.id, cafe, long["C"].uuid)
    api.endorse_post(author.id, cafe, long["C"].uuid)
    made = split(author, cafe, long["opening"], long["C"])
    thread = find(long["opening"])
    assert (thread.answer, thread.is_answered, made.is_answered) == (None, False, False)


def test_a_double_click_splits_once_and_a_stale_choice_is_a_conflict(long, author, moderator, cafe) -> None:
    made = split(author, cafe, long["opening"], long["B"])
    assert split(author, cafe, long["opening"], long["B"]) == made
    for posts in ((long["A"], long["B"]), (long["b1"], long["C"])):
        with pytest.raises(errors.PostsElsewhere):
            split(moderator, cafe, long["opening"], *posts)
    with pytest.raises(errors.PostsElsewhere):
        split(moderator, cafe, long["opening"], long["B"], title="Autrement")
    assert Thread.objects.count() == 2


def test_what_cannot_be_split_is_refused(long, author, cafe, place) -> None:
    with pytest.raises(errors.OpeningStays):
        split(author, cafe, long["opening"], long["opening"], long["A"])
    with pytest.raises(errors.NothingToSplit):
        split(author, cafe, long["opening"])
    Post.objects.filter(uuid=long["A"].uuid).update(state="held")
    with pytest.raises(errors.NothingToSplit):
        split(author, cafe, long["opening"], long["A"])
    with pytest.raises(errors.TooManyToSplit):
        api.split_thread(
            author.id, cafe, long["opening"].thread_uuid, SplitRequest(posts=(uuid4(),) * 301, title="Trop")
        )
    block = make_block(DiscussionBlock, place, user=author)
    sent = {"thread": str(long["opening"].thread_uuid), "posts": [str(long["A"].uuid)], "title": "À part"}
    for wrong in (
        {"posts": "A"},
        {"posts": [1]},
        {"posts": ["x"] * 301},
        {"title": " "},
        {"title": "x" * 201},
        {"kind": 3},
    ):
        assert call(block, "split_thread", {**sent, **wrong}).status_code == 400, wrong


# Merge


@pytest.fixture
def short(say: Any, learner: Any, other_learner: Any, long: Any) -> dict[str, Any]:
    """A later thread of the same place: one reply, one comment."""
    opening = say(other_learner, "Encore", title="Le même sujet")
    reply = say(learner, "Message D", thread=opening)
    return {"opening": opening, "D": reply, "d1": say(other_learner, "Message d1", thread=opening, parent=reply)}


@pytest.mark.parametrize("state", ["removed", "hidden", "withdrawn", "held"])
def test_a_title_is_told_no_more_once_the_message_that_opened_its_thread_is_not_read(
    long, short, author, learner, cafe, state, django_assert_num_queries
) -> None:
    merge(author, cafe, short["opening"], long["opening"])
    made = split(author, cafe, long["opening"], long["B"])

    def tell_titles() -> list[str]:
        return [one.title for one in api.read_thread(learner.id, cafe, long["opening"].thread_uuid).past]

    assert tell_titles() == ["Le même sujet", made.title]
    Post.objects.filter(uuid=short["opening"].uuid).update(state=state)
    assert tell_titles() == ["", made.title]
    Thread.objects.filter(pk=made.pk).update(state=state)
    assert tell_titles() == ["", ""]
    thread = find(long["opening"])
    with django_assert_num_queries(2):
        list_rearrangements(thread, Participant(id=1))


def test_a_merged_thread_stands_in_the_other_in_the_order_of_time(long, short, author, learner, cafe) -> None:
    for _ in range(2):
        merge(author, cafe, short["opening"], long["opening"])
    assert tell(find(long["opening"]))[-3:] == ["Encore", "Message D", "- Message d1"]
    assert [one.uuid for one in api.list_threads(learner.id, cafe).threads] == [long["opening"].thread_uuid]
    assert api.count_unread(learner.id, cafe).place == 1  # the last comment is of somebody else
    assert LogEntry.objects.filter(act="merge").count() == 1
    past = api.read_thread(learner.id, cafe, long["opening"].thread_uuid).past
    assert [(one.move, one.thread_uuid, one.title) for one in past] == [
        (Move.TOOK_IN, short["opening"].thread_uuid, "Le même sujet")
    ]


def test_the_merged_thread_counts_as_if_written_so(
    long, short, say, learner, other_learner, author, cafe, time
) -> None:
    api.vote_post(author.id, cafe, short["opening"].uuid)
    api.report_post(author.id, cafe, short["D"].uuid, Complaint(reason="abusive"))
    merge(author, cafe, short["opening"], long["opening"])
    counted = count(find(long["opening"]))
    time.move_to(START)
    first = say(learner, "Un fil")
    for name, who in zip(
        "AB1C23", (other_learner, learner, other_learner, other_learner, learner, learner), strict=True
    ):
        say(who, name, thread=first)
    for text, who in (("Encore", other_learner), ("D", learner), ("d1", other_learner)):
        post = say(who, text, thread=first)
        if text == "D":
            api.report_post(author.id, cafe, post.uuid, Complaint(reason="abusive"))
    assert counted == count(Thread.objects.get(uuid=first.thread_uuid))
    left = Thread.objects.get(uuid=short["opening"].thread_uuid)
    assert (left.replies, left.votes, left.open_reports, left.is_pinned) == (0, 0, 0, False)


def test_old_addresses_lead_on_also_after_another_merge_and_a_move(
    long, short, say, author, learner, cafe, bar
) -> None:
    third = say(author, "Tout en un")
    merge(author, cafe, short["opening"], long["opening"])
    merge(author, cafe, long["opening"], third)
    api.move_thread(author.id, cafe, third.thread_uuid, bar.usage_key)
    for old in (short["opening"].thread_uuid, long["opening"].thread_uuid, third.thread_uuid):
        found = api.find_thread(learner.id, old)
        assert (found.thread_uuid, found.usage_key) == (third.thread_uuid, bar.usage_key)
    for post in (short["D"], long["b1"]):
        assert api.find_post(learner.id, post.uuid).thread_uuid == third.thread_uuid
    assert find(short["d1"]).uuid == third.thread_uuid


def test_nobody_misses_what_they_had_not_read(long, short, say, author, learner, other_learner, cafe, time) -> None:
    """Ana read the long thread only; the messages of the short one stay new to her. Léa read both."""
    time.tick(60)
    api.mark_read(author.id, cafe, long["opening"].thread_uuid)
    for opened in (long, short):
        api.mark_read(learner.id, cafe, opened["opening"].thread_uuid)
    time.tick(60)
    merge(author, cafe, short["opening"], long["opening"])
    lines = {who: api.list_threads(who.id, cafe).threads[0].is_unread for who in (author, learner)}
    assert lines == {author: True, learner: False}
    new = [post.source for post in api.read_thread(author.id, cafe, long["opening"].thread_uuid).posts if post.is_new]
    assert new == ["Encore", "Message D", "Message d1"]


def test_followers_drafts_and_notices_come_along(
    long, short, author, learner, other_learner, stranger, register, cafe
) -> None:
    register.give_role(stranger.id, cafe.course_key, "student")
    api.follow_thread(stranger.id, cafe, short["opening"].thread_uuid)
    for who, opened, text in ((learner, short, "Je"), (other_learner, short, "Fin"), (other_learner, long, "Début")):
        slot = f"reply:{opened['opening'].thread_uuid}"
        api.save_draft(who.id, cafe, TypedText(slot=slot, revision=0, title="", source=text))
    merge(author, cafe, short["opening"], long["opening"])
    assert ThreadMark.objects.get(member_id=stranger.id).thread == find(long["opening"])
    kept = {draft.member_id: (draft.slot, draft.source) for draft in Draft.objects.all()}
    slot = f"reply:{long['opening'].thread_uuid}"
    assert kept == {learner.id: (slot, "Je"), other_learner.id: (slot, "Début\n\nFin")}
    told = Notice.objects.filter(kind="merged")
    assert {notice.member_id for notice in told} == {learner.id, other_learner.id, stranger.id}
    assert {notice.thread for notice in Notice.objects.all()} == {find(long["opening"])}


@pytest.mark.django_db(transaction=True)
def test_the_title_of_the_merged_thread_is_searched_no_more_but_its_words_are(
    long, short, author, learner, cafe
) -> None:
    merge(author, cafe, short["opening"], long["opening"])
    assert api.search_posts(learner.id, cafe, "sujet").hits == ()
    assert [hit.thread_uuid for hit in api.search_posts(learner.id, cafe, "encore").hits] == [
        long["opening"].thread_uuid
    ]


@pytest.mark.django_db(transaction=True)
def test_the_latest_thread_merged_away_leaves_search_whole(long, short, author, learner, cafe) -> None:
    merge(author, cafe, long["opening"], short["opening"])
    Thread.objects.filter(merged_into__isnull=False).update(last_activity_at=START + timedelta(days=9))
    assert len(api.search_posts(learner.id, cafe, "message").hits) == 8


def test_what_cannot_be_merged_is_refused(long, short, author, moderator, cafe, bar, place) -> None:
    with pytest.raises(errors.SameThread):
        merge(author, cafe, short["opening"], short["opening"])
    Thread.objects.filter(uuid=short["opening"].thread_uuid).update(group_id=7)
    with pytest.raises(errors.CohortsDiffer):
        merge(author, cafe, short["opening"], long["opening"])
    Thread.objects.update(group_id=None)
    Thread.objects.filter(uuid=long["opening"].thread_uuid).update(state="hidden")
    with pytest.raises(errors.ThreadNotPublished):
        merge(author, cafe, short["opening"], long["opening"])
    Thread.objects.filter(uuid=long["opening"].thread_uuid).update(state="published", usage_key=str(bar.usage_key))
    with pytest.raises(ThreadNotFound):
        merge(author, cafe, short["opening"], long["opening"])
    block = make_block(DiscussionBlock, place, user=author)
    for into in ("", "nowhere", 5, None):
        sent = {"thread": str(short["opening"].thread_uuid), "into": into}
        assert call(block, "merge_threads", sent).status_code == 400


def test_a_thread_is_named_by_its_address_too(long, short, author, cafe, place) -> None:
    address = f"https://moocs.example.org/solerni/discussion/threads/{long['opening'].thread_uuid}/"
    sent = {"thread": str(short["opening"].thread_uuid), "into": address}
    answer = call(make_block(DiscussionBlock, place, user=author), "merge_threads", sent)
    assert (answer.status_code, answer.json["thread"]) == (200, str(long["opening"].thread_uuid))


def test_what_is_done_to_a_merged_thread_is_a_conflict_and_touches_no_other(
    long, short, author, moderator, cafe
) -> None:
    merge(author, cafe, short["opening"], long["opening"])
    with pytest.raises(errors.ThreadMerged):
        api.pin_thread(moderator.id, cafe, short["opening"].thread_uuid)
    with pytest.raises(errors.ThreadMerged):
        merge(moderator, cafe, long["opening"], short["opening"])
    assert not find(long["opening"]).is_pinned


# Move


def test_a_moved_thread_stands_elsewhere_with_all_that_belongs_to_it(
    long, learner, other_learner, author, cafe, bar
) -> None:
    api.pin_thread(author.id, cafe, long["opening"].thread_uuid)
    api.report_post(author.id, cafe, long["C"].uuid, Complaint(reason="abusive"))
    for slot in (f"reply:{long['opening'].thread_uuid}", f"comment:{long['B'].uuid}", "thread"):
        api.save_draft(learner.id, cafe, TypedText(slot=slot, revision=0, title="", source="Je"))
    for _ in range(2):
        assert api.move_thread(author.id, cafe, long["opening"].thread_uuid, bar.usage_key).name == "Bar"
    assert api.list_threads(learner.id, cafe).threads == ()
    moved = api.list_threads(learner.id, bar).threads[0]
    assert (moved.uuid, moved.is_pinned, moved.replies) == (long["opening"].thread_uuid, False, 6)
    assert Case.objects.get().usage_key == str(bar.usage_key)
    slots = {draft.slot.split(":")[0]: draft.usage_key for draft in Draft.objects.all()}
    assert slots == {"reply": str(bar.usage_key), "comment": str(bar.usage_key), "thread": str(cafe.usage_key)}
    assert api.find_thread(learner.id, moved.uuid).usage_key == bar.usage_key
    assert [one.kind for one in Notice.objects.filter(kind="moved")] == ["moved", "moved"]
    assert {notice.usage_key for notice in Notice.objects.exclude(kind="report")} == {str(bar.usage_key)}
    past = api.read_thread(learner.id, bar, moved.uuid).past
    assert [(one.move, one.place) for one in past] == [(Move.MOVED, "Café")]
    assert LogEntry.objects.filter(act="move").count() == 1
    done = [api.measure_participation(learner.id, where).replies for where in (cafe, bar)]
    assert done == [0, 3]


def test_a_thread_goes_only_to_another_discussion_of_its_course(long, author, cafe, bar, place) -> None:
    far = CourseKey.from_string("course-v1:Solerni+Far+2026").make_usage_key("solerni_discussion", "bar")
    for goal in (cafe.usage_key, far, cafe.course_key.make_usage_key("html", "page")):
        with pytest.raises(errors.PlaceNotFound):
            api.move_thread(author.id, cafe, long["opening"].thread_uuid, goal)
    block = make_block(DiscussionBlock, place, user=author)
    for goal in ("", "x", 5, "a" * 500):
        sent = {"thread": str(long["opening"].thread_uuid), "place": goal}
        assert call(block, "move_thread", sent).status_code == 400


def test_what_is_for_one_cohort_goes_only_where_cohorts_are_kept_apart(long, author, cafe, bar, register) -> None:
    Thread.objects.update(group_id=7)
    with pytest.raises(errors.CohortOpened):
        api.move_thread(author.id, cafe, long["opening"].thread_uuid, bar.usage_key)
    register.fields[bar.usage_key, "is_divided"] = True
    api.move_thread(author.id, cafe, long["opening"].thread_uuid, bar.usage_key)
    assert (find(long["A"]).group_id, find(long["A"]).usage_key) == (7, str(bar.usage_key))
    stranger_to_it = Place(course_key=bar.course_key, usage_key=bar.usage_key, conduct=Conduct(is_divided=True))
    assert api.list_threads(author.id, stranger_to_it).threads


def test_a_thread_that_waits_moves_with_its_case(learner, author, cafe, read_before, bar) -> None:
    held = open_thread(learner, read_before)
    api.move_thread(author.id, cafe, held.thread_uuid, bar.usage_key)
    assert Case.objects.get().usage_key == str(bar.usage_key)


# At the same moment


def test_a_reply_on_its_way_into_a_merged_thread_is_refused_and_not_lost(
    long, short, learner, author, cafe, monkeypatch
) -> None:
    judge = judging.judge_draft

    def judge_slowly(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(judging, "judge_draft", judge)
        merge(author, cafe, short["opening"], long["opening"])
        return judge(*args, **kwargs)

    monkeypatch.setattr(judging, "judge_draft", judge_slowly)
    draft, under = make_draft("Trop tard"), {"thread_uuid": short["opening"].thread_uuid}
    with pytest.raises(errors.ThreadRearranged):
        api.publish_post(learner.id, cafe, draft, **under)
    assert api.publish_post(learner.id, cafe, draft, **under).thread_uuid == long["opening"].thread_uuid


def test_a_comment_does_not_stay_behind_its_reply(long, learner, author, cafe, monkeypatch) -> None:
    find_parent = admitting.find_parent

    def find_slowly(*args: Any) -> Any:
        found = find_parent(*args)
        split(author, cafe, long["opening"], long["B"])
        return found

    monkeypatch.setattr(admitting, "find_parent", find_slowly)
    with pytest.raises(errors.ThreadRearranged):
        api.publish_post(
            learner.id,
            cafe,
            make_draft("Trop tard"),
            thread_uuid=long["opening"].thread_uuid,
            parent_uuid=long["B"].uuid,
        )


def test_a_vote_that_saw_the_message_elsewhere_is_asked_again(long, learner, author, cafe, monkeypatch) -> None:
    Thread.objects.update(kind="question")
    stale = Post.objects.select_related("thread").get(uuid=long["C"].uuid)
    split(author, cafe, long["opening"], long["C"])
    monkeypatch.setattr(vote.queries, "get_published_post", lambda *args, **kwargs: stale)
    with pytest.raises(errors.ThreadRearranged):
        api.vote_post(author.id, cafe, long["C"].uuid)
    with pytest.raises(errors.ThreadRearranged):
        api.accept_answer(learner.id, cafe, long["C"].uuid)


def together(*acts: Any) -> list[Any]:
    """Each act in its own thread at the same moment; what each came to."""
    barrier, told = Barrier(len(acts)), []

    def run(act: Any) -> None:
        barrier.wait()
        try:
            told.append(act() or "done")
        except (SolerniError, DatabaseError) as refusal:
            told.append(refusal)
        finally:
            connection.close()

    workers = [Worker(target=run, args=[act]) for act in acts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return told


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_crosswise_wait_for_nobody_and_lose_nothing(learner, author, moderator, cafe) -> None:
    for number in range(6):
        pair = [open_thread(learner, cafe, title=f"{number} {name}") for name in "ab"]
        for opened in pair:
            for _ in range(3):
                api.publish_post(learner.id, cafe, make_draft("Oui"), thread_uuid=opened.thread_uuid)
        a, b = pair
        told = together(lambda a=a, b=b: merge(author, cafe, a, b), lambda a=a, b=b: merge(moderator, cafe, b, a))
        assert sorted(isinstance(one, errors.ThreadMerged) for one in told) == [False, True], told
        standing = Thread.objects.get(uuid__in=(a.thread_uuid, b.thread_uuid), merged_into=None)
        assert Post.objects.filter(thread=standing).count() == 8
        assert Thread.objects.get(pk=standing.pk).replies == 7


@pytest.mark.django_db(transaction=True)
def test_replies_votes_and_merges_at_the_same_moment_keep_every_counter(
    learner, other_learner, author, cafe, django_user_model, register
) -> None:
    a, b = (open_thread(learner, cafe, title=name) for name in "ab")
    users = [django_user_model.objects.create_user(f"v{number}") for number in range(4)]
    for user in users:
        register.give_role(user.id, cafe.course_key, "student")

    def write(user: Any, opened: Any) -> Any:
        return api.publish_post(user.id, cafe, make_draft("Oui"), thread_uuid=opened.thread_uuid)

    acts = [lambda user=user, opened=opened: write(user, opened) for user in users for opened in (a, b)]
    acts += [lambda user=user: api.vote_post(user.id, cafe, a.uuid) for user in users]
    told = together(*acts, lambda: merge(author, cafe, a, b))
    assert not [one for one in told if isinstance(one, DatabaseError)]
    refused = sum(isinstance(one, errors.ThreadRearranged) for one in told)
    written = Post.objects.filter(source="Oui").count()
    voted = Post.objects.get(uuid=a.uuid).votes
    assert (written + voted, sum(isinstance(one, SolerniError) for one in told)) == (12 - refused, refused)
    thread = Thread.objects.get(uuid=b.thread_uuid)
    assert Post.objects.filter(thread__uuid=a.thread_uuid).count() == 0
    assert thread.replies == Post.objects.filter(thread=thread, is_opening=False, state="published").count()
    moved = Post.objects.get(uuid=a.uuid)
    assert moved.votes == moved.votes_given.count()


@pytest.mark.django_db(transaction=True)
def test_two_splits_of_the_same_messages_make_one_thread(learner, author, moderator, cafe) -> None:
    opened = open_thread(learner, cafe)
    post = api.publish_post(learner.id, cafe, make_draft("Oui"), thread_uuid=opened.thread_uuid)
    told = together(*(lambda who=who: split(who, cafe, opened, post) for who in (author, moderator)))
    assert len({one.pk for one in told}) == 1
    assert Thread.objects.count() == 2
