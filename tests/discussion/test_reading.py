"""Reading: orders and filters, pages without gap, replies with their comments, what is new, what is not shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from freezegun import freeze_time

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Choice, Conduct, Filter, Kind, Place, Sort
from solerni_xblocks.discussion.errors import NotModerator, PostNotFound, ThreadNotFound
from solerni_xblocks.discussion.models import PlaceMark, Post, State, Thread, ThreadMark, Voice
from tests.discussion.conftest import INSULT, make_draft, open_thread

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def seed_threads(cafe: Place, author: Any, count: int, **more: Any) -> list[Thread]:
    """Threads at one minute's distance, the last one newest."""
    return Thread.objects.bulk_create(
        Thread(
            course_key=str(cafe.course_key),
            usage_key=str(cafe.usage_key),
            title=f"Fil {number}",
            author_id=author.id,
            state=State.PUBLISHED,
            created_at=NINE + timedelta(minutes=number),
            last_activity_at=NINE + timedelta(minutes=number),
            heat=float(number),
            **more,
        )
        for number in range(count)
    )


def seed_post(thread: Thread, author: Any, *, parent: Post | None = None, **more: Any) -> Post:
    values = {"state": State.PUBLISHED, "published_at": NINE, "created_at": NINE, "source": "Oui", "html": "<p>Oui</p>"}
    return Post.objects.create(
        thread=thread, author_id=author.id, submission=uuid4(), parent=parent, renderer="x", **{**values, **more}
    )


def list_titles(member: Any, cafe: Place, **choice: Any) -> list[str]:
    return [line.title for line in api.list_threads(member.id, cafe, Choice(**choice)).threads]


def read(member: Any, cafe: Place, thread: Thread, **more: Any) -> Any:
    return api.read_thread(member.id, cafe, thread.uuid, **more)


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_pages_without_gap_or_repeat(learner, cafe, sort) -> None:
    threads = seed_threads(cafe, learner, 65)
    for thread in threads:  # many alike: the number decides
        Thread.objects.filter(pk=thread.pk).update(votes=thread.pk % 3, replies=thread.pk % 4)
    Thread.objects.filter(pk__in=[thread.pk for thread in threads[:7]]).update(state=State.HELD)
    seen, after, sizes = [], None, []
    while True:
        page = api.list_threads(learner.id, cafe, Choice(sort=sort, after=after))
        seen += [line.uuid for line in page.threads]
        sizes.append(len(page.threads))
        after = page.after
        if after is None:
            break
    field = {"activity": "last_activity_at", "newest": "created_at", "best": "votes", "emerging": "heat"}.get(
        sort, sort
    )
    wanted = list(Thread.objects.order_by(f"-{field}", "-id").values_list("uuid", flat=True))
    assert (seen, sizes) == (wanted, [20, 20, 20, 5])


@pytest.mark.parametrize("many", [10, 1000])
def test_a_list_costs_the_same_with_ten_and_a_thousand_threads_on_any_page(
    learner, cafe, django_assert_num_queries, many
) -> None:
    threads = seed_threads(cafe, learner, many)
    with django_assert_num_queries(7):
        page = api.list_threads(learner.id, cafe)
    old = Choice(after=replace(page.after, value=threads[1].last_activity_at)) if page.after else Choice()
    with django_assert_num_queries(6 if page.after else 7):
        assert api.list_threads(learner.id, cafe, old).threads


def test_pinned_threads_stand_first_and_once(learner, cafe) -> None:
    threads = seed_threads(cafe, learner, 30)
    Thread.objects.filter(pk=threads[3].pk).update(is_pinned=True)
    first = api.list_threads(learner.id, cafe)
    second = api.list_threads(learner.id, cafe, Choice(after=first.after))
    titles = [line.title for line in (*first.threads, *second.threads)]
    assert (titles[0], len(titles), len(set(titles))) == ("Fil 3", 30, 30)


def test_a_livelier_thread_is_emerging_before_a_newer_one(learner, other_learner, cafe) -> None:
    with freeze_time(NINE):
        lively = open_thread(learner, cafe, title="Vif").thread_uuid
        for _ in range(3):
            api.publish_post(other_learner.id, cafe, make_draft("Oui"), thread_uuid=lively)
    with freeze_time(NINE + timedelta(hours=1)):
        open_thread(learner, cafe, title="Neuf")
    assert list_titles(learner, cafe, sort=Sort.EMERGING) == ["Vif", "Neuf"]
    with freeze_time(NINE + timedelta(days=30)):
        open_thread(learner, cafe, title="Un mois après")
    assert list_titles(learner, cafe, sort=Sort.EMERGING) == ["Un mois après", "Vif", "Neuf"]


def test_the_order_is_remembered_for_each_member(learner, other_learner, cafe) -> None:
    seed_threads(cafe, learner, 3)
    Thread.objects.filter(title="Fil 0").update(votes=5)
    api.choose_sort(learner.id, cafe, Sort.BEST)
    api.choose_sort(learner.id, cafe, Sort.BEST)
    assert list_titles(learner, cafe)[0] == "Fil 0"
    assert list_titles(other_learner, cafe)[0] == "Fil 2"
    assert api.list_threads(learner.id, cafe).sort == Sort.BEST


def test_filters_tell_questions_mine_and_followed_apart(learner, other_learner, cafe) -> None:
    seed_threads(cafe, other_learner, 1)
    (mine,) = seed_threads(cafe, learner, 1, kind="question")
    ThreadMark.objects.create(thread=mine, member_id=other_learner.id, follows=True)
    Thread.objects.filter(pk=mine.pk).update(title="Question")
    assert list_titles(learner, cafe, filter=Filter.MINE) == ["Question"]
    assert list_titles(learner, cafe, filter=Filter.UNANSWERED) == ["Question"]
    assert list_titles(learner, cafe, kind=Kind.DISCUSSION) == ["Fil 0"]
    assert list_titles(other_learner, cafe, filter=Filter.FOLLOWED) == ["Question"]
    assert list_titles(learner, cafe, filter=Filter.FOLLOWED) == []
    Thread.objects.filter(pk=mine.pk).update(is_answered=True)
    assert list_titles(learner, cafe, filter=Filter.UNANSWERED) == []


def test_held_and_reported_threads_are_listed_for_moderators_only(learner, author, cafe) -> None:
    threads = seed_threads(cafe, learner, 3)
    Thread.objects.filter(pk=threads[0].pk).update(state=State.HELD)
    Thread.objects.filter(pk=threads[1].pk).update(open_reports=2)
    assert list_titles(author, cafe, filter=Filter.HELD) == ["Fil 0"]
    assert list_titles(author, cafe, filter=Filter.REPORTED) == ["Fil 1"]
    assert {line.open_reports for line in api.list_threads(learner.id, cafe).threads} == {0}
    for name in (Filter.HELD, Filter.REPORTED):
        with pytest.raises(NotModerator):
            api.list_threads(learner.id, cafe, Choice(filter=name))


def test_threads_of_another_group_do_not_exist(learner, other_learner, author, cafe, register, course_key) -> None:
    divided = replace(cafe, conduct=Conduct(is_divided=True))
    register.groups = {(learner.id, course_key): 1, (other_learner.id, course_key): 2}
    (thread,) = seed_threads(cafe, learner, 1, group_id=1)
    assert [len(list_titles(who, divided)) for who in (learner, other_learner, author)] == [1, 0, 1]
    assert api.count_unread(other_learner.id, divided).course == 0
    with pytest.raises(ThreadNotFound):
        read(other_learner, divided, thread)
    with pytest.raises(ThreadNotFound):
        api.mark_read(other_learner.id, divided, thread.uuid)


def test_comments_stand_beneath_their_reply(learner, cafe) -> None:
    (thread,) = seed_threads(cafe, learner, 1)
    opening = seed_post(thread, learner, is_opening=True)
    first, second = seed_post(thread, learner), seed_post(thread, learner)
    late, later = seed_post(thread, learner, parent=first), seed_post(thread, learner, parent=first)
    seen = [post.uuid for post in read(learner, cafe, thread).posts]
    assert seen == [post.uuid for post in (opening, first, late, later, second)]


@pytest.mark.parametrize("replies", [(0, 130), (60, 0, 70), (250,), (99, 0, 0, 101), ()])
def test_pages_of_replies_and_comments_have_no_gap_and_no_repeat(learner, cafe, replies) -> None:
    (thread,) = seed_threads(cafe, learner, 1)
    order = [seed_post(thread, learner, is_opening=True)]
    for count in replies:
        reply = seed_post(thread, learner)
        order += [reply, *(seed_post(thread, learner, parent=reply) for _ in range(count))]
    seen, after = [], None
    while True:
        reading = read(learner, cafe, thread, after=after)
        assert len(reading.posts) == 100 or reading.after is None
        seen += [post.uuid for post in reading.posts]
        after = reading.after
        if after is None:
            break
    assert seen == [post.uuid for post in order]


@pytest.mark.parametrize("index", [0, 1, 100, 101, 151, 260])
def test_a_named_post_is_on_the_page_that_comes(learner, cafe, index) -> None:
    (thread,) = seed_threads(cafe, learner, 1)
    posts = [seed_post(thread, learner, is_opening=True)] + [seed_post(thread, learner) for _ in range(100)]
    posts += [seed_post(thread, learner, parent=posts[1]) for _ in range(160)]
    reading = read(learner, cafe, thread, target=posts[index].uuid)
    assert reading.target.uuid == posts[index].uuid and reading.target in reading.posts


def test_a_named_post_of_another_thread_is_not_found(learner, cafe) -> None:
    one, other = seed_threads(cafe, learner, 2)
    with pytest.raises(PostNotFound):
        read(learner, cafe, one, target=seed_post(other, learner).uuid)


@pytest.mark.parametrize("state", [State.HIDDEN, State.REMOVED, State.WITHDRAWN, State.HELD, State.REFUSED])
def test_what_was_published_once_leaves_its_place_and_nothing_else(learner, other_learner, author, cafe, state) -> None:
    (thread,) = seed_threads(cafe, learner, 1)
    seed_post(thread, learner, is_opening=True)
    seed_post(thread, learner, state=state, source="Secret", html="<p>Secret</p>")
    seen = {who.username: read(who, cafe, thread).posts[1] for who in (learner, other_learner, author)}
    assert {name: post.is_veiled for name, post in seen.items()} == {"lea": False, "sam": True, "ana": False}
    veiled = seen["sam"]
    assert (veiled.source, veiled.html, veiled.author_id, veiled.reasons) == ("", "", None, ())
    with pytest.raises(PostNotFound):
        read(other_learner, cafe, thread, target=seed_post(thread, learner, state=state, published_at=None).uuid)


def test_voices_hide_their_author_from_peers_only(learner, other_learner, author, cafe) -> None:
    (thread,) = seed_threads(cafe, learner, 1, voice=Voice.ANONYMOUS)
    seed_post(thread, learner, is_opening=True, voice=Voice.ANONYMOUS)
    for who, seen in ((learner, learner.id), (other_learner, None), (author, learner.id)):
        assert read(who, cafe, thread).posts[0].author_id == seen
        assert api.list_threads(who.id, cafe).threads[0].author_id == seen


def test_who_wrote_last_without_a_name_is_not_named_in_the_list(learner, other_learner, cafe) -> None:
    anonymous = replace(cafe, conduct=Conduct(allows_anonymity=True))
    thread = open_thread(learner, cafe).thread_uuid
    api.publish_post(other_learner.id, cafe, make_draft("Moi"), thread_uuid=thread)
    assert api.list_threads(learner.id, cafe).threads[0].last_author_id == other_learner.id
    draft = replace(make_draft("Moi ?"), voice="anonymous")
    api.publish_post(other_learner.id, anonymous, draft, thread_uuid=thread)
    assert api.list_threads(learner.id, cafe).threads[0].last_author_id is None


def test_what_is_new_is_told_until_it_is_read(learner, other_learner, cafe) -> None:
    with freeze_time(NINE):
        thread = open_thread(learner, cafe).thread_uuid
    line = lambda who: api.list_threads(who.id, cafe).threads[0]  # noqa: E731
    assert (line(learner).is_unread, line(other_learner).is_unread) == (False, True)
    with freeze_time(NINE + timedelta(hours=1)):
        api.mark_read(other_learner.id, cafe, thread)
    assert not line(other_learner).is_unread
    with freeze_time(NINE + timedelta(hours=2)):
        new = api.publish_post(learner.id, cafe, make_draft("Encore"), thread_uuid=thread)
    assert (line(learner).is_unread, line(other_learner).is_unread) == (False, True)
    assert list_titles(other_learner, cafe, filter=Filter.UNREAD) == ["Un fil"]
    reading = api.read_thread(other_learner.id, cafe, thread, from_unread=True)
    assert [post.is_new for post in reading.posts][-1:] == [True] and reading.target.uuid == new.uuid
    assert reading.read_at == NINE + timedelta(hours=1)


def test_on_a_first_visit_no_post_is_told_apart(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    reading = api.read_thread(other_learner.id, cafe, thread, from_unread=True)
    assert (reading.target, [post.is_new for post in reading.posts]) == (None, [False])


def test_everything_can_be_marked_as_read(learner, other_learner, cafe) -> None:
    seed_threads(cafe, learner, 30)
    assert api.count_unread(other_learner.id, cafe).place == 30
    for _ in range(2):
        with freeze_time(NINE + timedelta(days=1)):
            api.mark_all_read(other_learner.id, cafe)
    assert (api.count_unread(other_learner.id, cafe).place, api.count_unread(other_learner.id, cafe).course) == (0, 0)
    assert list_titles(other_learner, cafe, filter=Filter.UNREAD) == []
    assert PlaceMark.objects.count() == 1
    with freeze_time(NINE + timedelta(days=2)):
        open_thread(learner, cafe, title="Après")
    assert list_titles(other_learner, cafe, filter=Filter.UNREAD) == ["Après"]


def test_a_course_counts_what_is_new_in_all_its_places(learner, other_learner, cafe, place) -> None:
    bar = replace(cafe, usage_key=place.course_key.make_usage_key("solerni_discussion", "bar"))
    seed_threads(cafe, learner, 2)
    seed_threads(bar, learner, 3)
    unread = api.count_unread(other_learner.id, cafe)
    assert (unread.place, unread.course) == (2, 5)
    api.mark_all_read(other_learner.id, bar)
    unread = api.count_unread(other_learner.id, cafe)
    assert (unread.place, unread.course) == (2, 2)


def test_reading_is_never_taken_back(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    late, early = NINE + timedelta(days=40), NINE
    for moment in (late, early):
        with freeze_time(moment):
            api.mark_read(other_learner.id, cafe, thread)
            api.mark_all_read(other_learner.id, cafe)
    assert ThreadMark.objects.get(member_id=other_learner.id).read_at == late
    assert PlaceMark.objects.get().read_at == late


@pytest.mark.parametrize("many", [10, 1000])
def test_unread_counts_cost_the_same_with_few_and_many(learner, other_learner, cafe, django_assert_num_queries, many):
    seed_threads(cafe, learner, many)
    with django_assert_num_queries(5):
        assert api.count_unread(other_learner.id, cafe).place == min(many, 100)


@pytest.mark.parametrize("many", [10, 200])
def test_a_thread_costs_the_same_for_a_peer_with_few_and_many_posts(
    learner, other_learner, cafe, django_assert_num_queries, many
) -> None:
    (thread,) = seed_threads(cafe, learner, 1)
    seed_post(thread, learner, is_opening=True)
    replies = [seed_post(thread, learner) for _ in range(many)]
    seed_post(thread, learner, parent=replies[0])
    with django_assert_num_queries(8):
        read(other_learner, cafe, thread)
    api.vote_post(other_learner.id, cafe, replies[1].uuid)
    with django_assert_num_queries(9):
        assert read(other_learner, cafe, thread).posts[3].is_voted


def test_a_held_reply_counts_for_nobody(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    api.mark_read(other_learner.id, cafe, thread)
    api.publish_post(learner.id, cafe, make_draft(INSULT), thread_uuid=thread)
    assert api.count_unread(other_learner.id, cafe).place == 0
