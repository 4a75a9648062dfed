"""Following and being told: each once, nobody who may not know, publishing as fast with thousands of followers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.flows import tell
from solerni_xblocks.discussion.models import Errand, Notice, NoticeKind, PlaceMark, Post, Thread, ThreadMark, Voice
from tests.discussion.conftest import APPROVE, INSULT, make_draft, open_thread


def reply(who: Any, cafe: Any, thread: Any, text: str = "Oui") -> Any:
    return api.publish_post(who.id, cafe, make_draft(text), thread_uuid=thread)


def kinds_of(who: Any) -> list[str]:
    return list(Notice.objects.filter(member_id=who.id).order_by("id").values_list("kind", flat=True))


def follow_by_many(cafe: Any, count: int) -> None:
    key = str(cafe.usage_key)
    PlaceMark.objects.bulk_create(PlaceMark(member_id=10_000 + n, place_key=key, follows=True) for n in range(count))


def test_who_opens_a_thread_is_told_of_replies_and_nobody_of_their_own(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    reply(other_learner, cafe, thread)
    reply(learner, cafe, thread)
    assert (kinds_of(learner), kinds_of(other_learner)) == (["reply"], [])
    assert Notice.objects.get().mail_due_at is not None


def test_following_can_be_begun_and_ended(learner, other_learner, author, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    api.unfollow_thread(learner.id, cafe, thread)
    for _ in range(2):
        api.follow_thread(author.id, cafe, thread)
    reply(other_learner, cafe, thread)
    assert (kinds_of(learner), kinds_of(author)) == ([], ["reply"])
    assert api.read_thread(author.id, cafe, thread).thread.follows
    held = open_thread(learner, cafe, source=INSULT).thread_uuid
    with pytest.raises(ThreadNotFound):
        api.follow_thread(other_learner.id, cafe, held)


def test_places_and_courses_bring_new_threads_once(learner, other_learner, author, cafe) -> None:
    api.follow_place(learner.id, cafe)
    api.follow_course(learner.id, cafe)
    api.follow_course(author.id, cafe)
    following = api.get_following(learner.id, cafe)
    assert (following.place, following.course) == (True, True)
    thread = open_thread(other_learner, cafe).thread_uuid
    reply(other_learner, cafe, thread)
    assert (kinds_of(learner), kinds_of(author), kinds_of(other_learner)) == (["thread"], ["thread"], [])
    api.unfollow_place(learner.id, cafe)
    api.unfollow_course(learner.id, cafe)
    open_thread(other_learner, cafe)
    assert kinds_of(learner) == ["thread"]


def test_a_held_message_is_told_of_when_it_is_published(learner, moderator, author, cafe) -> None:
    api.follow_place(author.id, cafe)
    held = open_thread(learner, cafe, source=INSULT)
    assert kinds_of(author) == []
    api.decide_post(moderator.id, held.uuid, APPROVE)
    assert "thread" in kinds_of(author)


def test_mentioned_people_of_the_place_are_told_once(learner, other_learner, author, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    reply(other_learner, cafe, thread, "@lea : bravo. @eve @nobody @ana")
    assert (kinds_of(learner), Notice.objects.count()) == (["mention"], 1)  # ana wrote nothing here


def test_a_mention_finds_neither_the_anonymous_nor_strangers_nor_who_left(
    learner, other_learner, stranger, cafe, register
) -> None:
    opened = open_thread(learner, cafe)
    Post.objects.filter(uuid=opened.uuid).update(voice=Voice.ANONYMOUS)
    api.unfollow_thread(learner.id, cafe, opened.thread_uuid)
    reply(other_learner, cafe, opened.thread_uuid, "@lea @eve")
    assert Notice.objects.count() == 0
    Post.objects.filter(uuid=opened.uuid).update(voice=Voice.SELF)
    register.roles[learner.id, cafe.course_key] = set()
    reply(other_learner, cafe, opened.thread_uuid, "@lea")
    assert Notice.objects.count() == 0


def test_quotes_and_code_mention_nobody(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    api.unfollow_thread(learner.id, cafe, thread)
    reply(other_learner, cafe, thread, "> @lea a dit\n\n`@lea`\n\n```\n@lea\n```\n\na@lea.fr https://x.fr/@lea")
    assert Notice.objects.count() == 0


def test_names_are_suggested_of_people_who_wrote_here_in_their_own_name(learner, other_learner, author, cafe) -> None:
    opened = open_thread(learner, cafe)
    reply(author, cafe, opened.thread_uuid)

    def ask(who: Any, beginning: str) -> list[str]:
        return api.list_people(who.id, cafe, beginning=beginning, thread_uuid=opened.thread_uuid)

    assert ask(other_learner, "") == ["ana", "lea"]
    assert (ask(other_learner, "LE"), ask(other_learner, "e"), ask(learner, "le")) == (["lea"], [], [])
    Post.objects.filter(author_id=learner.id).update(voice=Voice.ANONYMOUS)
    Post.objects.filter(author_id=author.id).update(state="removed")
    assert ask(other_learner, "") == []


def test_chosen_replies_are_told_to_their_author(learner, other_learner, author, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    Thread.objects.update(kind="question")
    chosen = reply(other_learner, cafe, thread)
    for _ in range(2):
        api.accept_answer(learner.id, cafe, chosen.uuid)
        api.endorse_post(author.id, cafe, chosen.uuid)
    assert kinds_of(other_learner) == ["answer", "endorsed"]
    api.accept_answer(learner.id, cafe, reply(learner, cafe, thread).uuid)
    assert kinds_of(learner) == ["reply"]


def test_notices_are_listed_counted_and_read(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe, title="Mon fil").thread_uuid
    reply(other_learner, cafe, thread)
    notices = api.list_notices(learner.id, cafe)
    assert ([notice.title for notice in notices.notices], notices.unread) == (["Mon fil"], 1)
    reply(other_learner, cafe, thread)
    api.read_notices(learner.id, cafe, until=notices.notices[0].id)
    notices = api.list_notices(learner.id, cafe)
    assert ([notice.is_read for notice in notices.notices], notices.unread) == ([False, True], 1)
    api.mark_read(learner.id, cafe, thread)  # whoever reads the thread has been told
    assert api.list_notices(learner.id, cafe).unread == 0


def test_what_was_removed_meanwhile_is_no_longer_told(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    gone = reply(other_learner, cafe, thread)
    Post.objects.filter(uuid=gone.uuid).update(state="removed")
    assert api.list_notices(learner.id, cafe).notices == ()


def test_an_anonymous_reply_is_told_without_its_author(learner, other_learner, cafe) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    reply(other_learner, cafe, thread)
    Post.objects.filter(author_id=other_learner.id).update(voice=Voice.ANONYMOUS)
    assert api.list_notices(learner.id, cafe).notices[0].author_id is None


def test_nobody_outside_the_group_is_told(learner, other_learner, author, cafe, register, course_key) -> None:
    register.groups = {(learner.id, course_key): 1, (other_learner.id, course_key): 2}
    opened = open_thread(learner, cafe)
    ThreadMark.objects.create(thread=Thread.objects.get(), member_id=other_learner.id, follows=True)
    Thread.objects.update(group_id=1)
    reply(author, cafe, opened.thread_uuid)
    assert (kinds_of(learner), kinds_of(other_learner)) == (["reply"], [])


def test_publishing_takes_no_more_queries_with_many_followers(learner, cafe, django_assert_num_queries) -> None:
    counts = []
    for followers in (1, tell.AT_ONCE):
        PlaceMark.objects.all().delete()
        follow_by_many(cafe, followers)
        with django_assert_num_queries(40, exact=False) as few:
            open_thread(learner, cafe)
        counts.append(len(few))
    assert counts[1] <= counts[0] + 2  # SQLite takes a hundred rows a statement
    assert Notice.objects.count() == 1 + tell.AT_ONCE


def test_thousands_of_followers_are_told_by_the_command_each_once(learner, cafe, capsys) -> None:
    follow_by_many(cafe, 2_500)
    api.follow_place(learner.id, cafe)
    opened = open_thread(learner, cafe)
    assert (Notice.objects.count(), Errand.objects.count()) == (0, 1)
    assert tell.settle_errands(limit=1) == 1_000  # a run that is cut short goes on later
    for _ in range(2):
        call_command("solerni_discussion_settle")
    told = Notice.objects.filter(kind=NoticeKind.THREAD, about=opened.uuid).count()
    assert (told, Errand.objects.count()) == (2_500, 0)
    told_by_command = [line for line in capsys.readouterr().out.splitlines() if line.startswith("followers")]
    assert told_by_command == ["followers told 1501", "followers told 0"]


def test_what_was_removed_before_its_errand_is_told_to_nobody(learner, cafe) -> None:
    follow_by_many(cafe, tell.AT_ONCE + 1)
    open_thread(learner, cafe)
    Post.objects.update(state="removed")
    api.settle_errands()
    assert (Notice.objects.count(), Errand.objects.count()) == (0, 0)


@pytest.mark.parametrize("many", [2, 40])
def test_notices_cost_the_same_with_few_and_many(learner, cafe, django_assert_num_queries, register, many) -> None:
    thread = open_thread(learner, cafe).thread_uuid
    for number in range(many):
        user = get_user_model().objects.create_user(f"u{number}")
        register.give_role(user.id, cafe.course_key, "student")
        reply(user, cafe, thread)
    with django_assert_num_queries(4):
        api.list_notices(learner.id, cafe)
