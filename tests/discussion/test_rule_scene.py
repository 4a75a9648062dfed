"""The circumstances that rules are given: copies in the course, links, quotations of the thread, a record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Advice, Mode, Place, Policy, State
from solerni_xblocks.discussion.models import Finding, Fingerprint, Post, Version
from solerni_xblocks.discussion.rules.likeness import MOST_CANDIDATES, TURN_OF_PHRASE
from solerni_xblocks.discussion.rules.storing import unpack_measures
from tests.benchmarks.texts import make_post
from tests.discussion.conftest import make_draft, open_thread

TEXT = make_post("scene")


@pytest.fixture
def reader(other_learner: Any) -> Any:
    """Another learner."""
    return other_learner


def reply(who: Any, cafe: Place, thread: Any, source: str, **more: Any) -> Any:
    draft = replace(make_draft(source), **more)
    return api.publish_post(who.id, cafe, draft, thread_uuid=thread.thread_uuid)


def test_a_copy_of_another_member_s_post_is_held_and_tells_nothing_of_the_other(learner, reader, cafe) -> None:
    thread = open_thread(reader, cafe, source=TEXT)
    copied = reply(learner, cafe, thread, f"Voici ce que je pense. {TEXT}")
    assert copied.state == State.HELD
    assert [(reason.code, reason.seen) for reason in copied.reasons] == [("plagiarism.other", "")]
    passage = copied.reasons[0].passage
    assert len(copied.source[passage.start : passage.end]) > 0.9 * len(TEXT)


def test_one_s_own_post_again_is_an_advice(learner, cafe) -> None:
    thread = open_thread(learner, cafe, source=TEXT)
    advice = reply(learner, cafe, thread, TEXT)
    assert isinstance(advice, Advice)
    assert [reason.code for reason in advice.reasons] == ["plagiarism.own"]
    assert reply(learner, cafe, thread, TEXT, insists=True).state == State.PUBLISHED


def test_the_same_form_sent_twice_is_no_copy(learner, cafe) -> None:
    draft = make_draft(TEXT, title="Un fil")
    assert api.publish_thread(learner.id, cafe, draft).uuid == api.publish_thread(learner.id, cafe, draft).uuid


def test_a_copy_of_what_was_removed_is_not_looked_for(learner, reader, cafe) -> None:
    open_thread(reader, cafe, source=TEXT)
    Post.objects.update(state=State.REMOVED)
    opening = open_thread(reader, cafe, source="Bonjour à toutes et à tous")
    assert reply(learner, cafe, opening, TEXT).state == State.PUBLISHED


def test_fingerprints_follow_the_wording_and_leave_with_the_author(learner, cafe) -> None:
    post = open_thread(learner, cafe, source=TEXT)
    before = set(Fingerprint.objects.values_list("hash", flat=True))
    draft = make_draft(make_post("other scene"), title="Un fil")
    api.revise_post(learner.id, cafe, draft, post_uuid=post.uuid, version=1)
    after = set(Fingerprint.objects.values_list("hash", flat=True))
    assert before
    assert after
    assert not before & after
    api.forget_member(learner.id)
    assert not Fingerprint.objects.exists()


def test_after_an_edit_the_later_post_is_the_copy(learner, reader, cafe) -> None:
    first = open_thread(learner, cafe, source="Bonjour à toutes et à tous")
    open_thread(reader, cafe, source=TEXT)
    changed = api.revise_post(learner.id, cafe, make_draft(TEXT, title="Un fil"), post_uuid=first.uuid, version=1)
    assert changed.state == State.PUBLISHED


def test_what_was_measured_is_kept_with_the_wording(learner, cafe) -> None:
    open_thread(learner, cafe, source=TEXT)
    version = Version.objects.get()
    assert unpack_measures(version.measures).template.words > 100
    assert len(version.policy) == 64


def test_first_posts_wait_until_some_were_upheld(learner, cafe) -> None:
    place = replace(cafe, policy=Policy(mode=Mode.FIRST, first_posts=1))
    assert open_thread(learner, place).state == State.HELD
    Post.objects.update(state=State.PUBLISHED)
    assert open_thread(learner, place, source="Merci à vous deux").state == State.PUBLISHED


def test_a_newcomer_who_posts_the_same_link_again_is_held(learner, cafe) -> None:
    thread = open_thread(learner, cafe, source="Voir https://site.example/page")
    assert not Finding.objects.exists()
    assert reply(learner, cafe, thread, "Encore https://www.site.example/page/").state == State.HELD
    assert {finding.code for finding in Finding.objects.all()} == {"promotion.signs"}


def test_a_long_quotation_of_the_thread_needs_no_declaration(learner, reader, cafe) -> None:
    thread = open_thread(reader, cafe, source=TEXT)
    quoted = "\n".join(f"> {line}" for line in TEXT.splitlines())
    assert reply(learner, cafe, thread, f"{quoted}\n\nTout à fait d'accord.").state == State.PUBLISHED
    unknown = "> " + " ".join(make_post("unknown").split())
    assert isinstance(reply(learner, cafe, thread, f"{unknown}\n\nVoilà."), Advice)


def test_judging_costs_as_many_queries_beside_many_copies(learner, reader, cafe, django_assert_num_queries) -> None:
    thread = open_thread(reader, cafe, source=TEXT)

    def count(words: str) -> int:
        with django_assert_num_queries(60, exact=False) as captured:
            reply(learner, cafe, thread, words)
        # Now and then a process looks whether the word lists changed: that is a matter of seconds, not of copies.
        return sum("wordentry" not in query["sql"] for query in captured)

    few = count(f"Un. {TEXT}")
    post = Post.objects.latest("id")
    prints = list(Fingerprint.objects.filter(post=post))
    for _ in range(10):
        copy = Post.objects.get(pk=post.pk)
        copy.pk, copy.uuid, copy.submission = None, make_draft().submission, make_draft().submission
        copy.save()
        Fingerprint.objects.bulk_create(Fingerprint(scope=one.scope, hash=one.hash, post=copy) for one in prints)
    assert count(f"Deux. {TEXT}") == few
    assert MOST_CANDIDATES == 5


def test_what_twenty_say_alike_is_kept_no_more_and_still_found(learner, reader, cafe) -> None:
    thread = open_thread(reader, cafe, source=TEXT)
    prints = Fingerprint.objects.count()
    for _ in range(TURN_OF_PHRASE):
        reply(reader, cafe, thread, TEXT, insists=True)
    assert Fingerprint.objects.count() == prints * TURN_OF_PHRASE
    assert reply(learner, cafe, thread, TEXT).state == State.HELD
