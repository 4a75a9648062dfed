"""Changing a post: each wording judged and kept, conflicts that lose nothing, going back to moderators, withdrawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from freezegun import freeze_time
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import Advice, Change, Conduct, Outcome, Place, State
from solerni_xblocks.discussion.errors.writing import (
    EditTimeOver,
    NotChangeable,
    OwnPostNotFound,
    PostChanged,
    ThreadLocked,
)
from solerni_xblocks.discussion.flows.open_case import fall_due, open_case
from solerni_xblocks.discussion.models import Case, Draft, Finding, LogEntry, Post, Source, Thread, Version
from tests.discussion.conftest import INSULT, make_draft, open_thread
from tests.doubles.runtime import call, make_block


def revise(
    who: Any, cafe: Place, post: Any, source: str, *, title: str = "Un fil", version: int = 1, insists: bool = False
) -> Any:
    draft = replace(make_draft(source, title=title), insists=insists)
    return api.revise_post(who.id, cafe, draft, post_uuid=post.uuid, version=version)


def stand(post: Any, state: State) -> None:
    """Bring the post where a moderator's act would."""
    Post.objects.filter(uuid=post.uuid).update(state=state)
    Thread.objects.filter(uuid=post.thread_uuid).update(state=state)
    Case.objects.update(is_open=None)


@pytest.fixture
def opening(learner: Any, cafe: Place) -> Any:
    return open_thread(learner, cafe, source="Bonjour à tous")


def test_another_wording_stands_and_the_first_is_kept(learner, cafe, opening) -> None:
    with freeze_time("2026-11-23T10:00:00Z"):
        changed = revise(learner, cafe, opening, "Bonsoir à **tous**", title="Le soir")
    assert (changed.state, changed.version, changed.title) == (State.PUBLISHED, 2, "Le soir")
    assert changed.edited_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
    post, thread = Post.objects.get(), Thread.objects.get()
    assert (post.plain, post.words, thread.title, thread.excerpt) == ("Bonsoir à tous", 3, "Le soir", "Bonsoir à tous")
    versions = api.list_versions(learner.id, cafe, post_uuid=opening.uuid)
    assert [(one.number, one.title, one.source) for one in versions] == [
        (1, "Un fil", "Bonjour à tous"),
        (2, "Le soir", "Bonsoir à **tous**"),
    ]


def test_the_same_form_sent_twice_is_one_wording(learner, cafe, opening) -> None:
    for _ in range(2):
        assert revise(learner, cafe, opening, "Bonsoir").version == 2
    assert revise(learner, cafe, opening, "Bonsoir", version=2).version == 2
    assert Version.objects.count() == 2


def test_who_read_an_older_wording_is_told_the_one_that_stands(learner, author, cafe, opening) -> None:
    revise(author, cafe, opening, "Bonsoir")
    with pytest.raises(PostChanged) as caught:
        revise(learner, cafe, opening, "Bonne nuit")
    assert caught.value.details == {"version": 2, "title": "Un fil", "text": "Bonsoir"}
    assert revise(learner, cafe, opening, "Bonne nuit", version=2).version == 3


def test_a_published_post_that_a_rule_would_hold_is_said_so_first(learner, other_learner, cafe, opening) -> None:
    api.publish_post(other_learner.id, cafe, make_draft("Oui"), thread_uuid=opening.thread_uuid)
    advice = revise(learner, cafe, opening, INSULT)
    assert isinstance(advice, Advice)
    assert (advice.outcome, advice.may_insist, Post.objects.filter(version=2).exists()) == (Outcome.HOLD, True, False)
    held = revise(learner, cafe, opening, INSULT, insists=True)
    assert (held.state, held.due_at is not None, Thread.objects.get().state) == (State.HELD, True, "held")
    case = Case.objects.get()
    assert (case.source, case.post_version) == (Source.RULE, 2)
    assert [reason.clause for reason in held.reasons] == ["posts.courtesy"]


def test_a_held_reply_counts_no_longer(learner, cafe, opening) -> None:
    reply = api.publish_post(learner.id, cafe, make_draft("Oui"), thread_uuid=opening.thread_uuid)
    assert Thread.objects.get().replies == 1
    revise(learner, cafe, reply, INSULT, insists=True)
    assert (Thread.objects.get().replies, Thread.objects.get().state) == (0, "published")


def test_a_held_post_takes_other_words_and_waits_on(learner, cafe) -> None:
    post = open_thread(learner, cafe, source=INSULT)
    changed = revise(learner, cafe, post, "Bonjour")
    case = Case.objects.get()
    assert (changed.state, changed.reasons) == (State.HELD, ())
    assert (case.version, case.post_version, case.due_at) == (2, 2, fall_due(post.due_at))
    assert Finding.objects.filter(version=1).exists(), "what rules saw in the first wording stays"


@pytest.mark.parametrize("state", [State.REVISING, State.REFUSED])
def test_what_is_corrected_goes_back_to_the_moderators(
    learner, cafe, state, heard, django_capture_on_commit_callbacks
) -> None:
    post = open_thread(learner, cafe, source=INSULT)
    stand(post, state)
    with freeze_time("2026-11-20T11:00:00Z"), django_capture_on_commit_callbacks(execute=True):
        changed = revise(learner, cafe, post, "Bonjour")
    assert (changed.state, changed.due_at.isoformat()) == (State.HELD, "2026-11-25T11:00:00+00:00")
    case = Case.objects.get(is_open=True)
    assert (case.source, case.post_version, Thread.objects.get().state) == (Source.REVISION, 2, "held")
    assert [name for name, _ in heard] == ["held"]


@pytest.mark.parametrize("state", [State.HIDDEN, State.REMOVED, State.WITHDRAWN])
def test_what_was_taken_down_is_not_changed(learner, author, cafe, opening, state) -> None:
    stand(opening, state)
    for who in (learner, author):
        with pytest.raises(NotChangeable):
            revise(who, cafe, opening, "Bonsoir")


def test_others_neither_change_nor_see_the_history(learner, other_learner, stranger, cafe, opening) -> None:
    bar = replace(cafe, usage_key=UsageKey.from_string(str(cafe.usage_key).replace("cafe", "bar")))
    for who, place, uuid in (
        (other_learner, cafe, opening.uuid),
        (learner, bar, opening.uuid),
        (learner, cafe, uuid4()),
    ):
        with pytest.raises(OwnPostNotFound):
            api.revise_post(who.id, place, make_draft("?", title="?"), post_uuid=uuid, version=1)
        for act in (api.list_versions, api.withdraw_post, api.get_changeable_post):
            with pytest.raises(OwnPostNotFound):
                act(who.id, place, post_uuid=uuid)


def test_a_moderator_changes_words_of_others_and_it_is_logged(learner, author, cafe, opening) -> None:
    changed = revise(author, cafe, opening, f"Bonsoir, {INSULT}")
    assert (changed.state, changed.author_id) == (State.PUBLISHED, learner.id)
    entry = LogEntry.objects.get()
    assert (entry.act, entry.actor_id, entry.subject, entry.after) == (
        "edit",
        author.id,
        opening.uuid,
        '{"version": 2}',
    )
    assert [one.is_by_author for one in api.list_versions(learner.id, cafe, post_uuid=opening.uuid)] == [True, False]
    with pytest.raises(OwnPostNotFound):
        api.withdraw_post(author.id, cafe, post_uuid=opening.uuid)


def test_a_place_lets_posts_be_changed_for_a_while(learner, author, cafe) -> None:
    place = replace(cafe, conduct=Conduct(edit_minutes=10))
    with freeze_time("2026-11-23T09:00:00Z"):
        post = open_thread(learner, place)
    with freeze_time("2026-11-23T09:09:00Z"):
        revise(learner, place, post, "Bonsoir")
    with freeze_time("2026-11-23T09:11:00Z"):
        with pytest.raises(EditTimeOver):
            revise(learner, place, post, "Bonne nuit", version=2)
        with pytest.raises(EditTimeOver):
            api.get_changeable_post(learner.id, place, post_uuid=post.uuid)
        assert revise(author, place, post, "Bonne nuit", version=2).version == 3


def test_a_locked_thread_keeps_its_words(learner, cafe, opening) -> None:
    Thread.objects.update(locked_at=datetime.now(UTC))
    with pytest.raises(ThreadLocked):
        revise(learner, cafe, opening, "Bonsoir")


def test_a_saved_change_is_a_draft_no_more(learner, cafe, opening) -> None:
    Draft.objects.create(
        member_id=learner.id, usage_key=str(cafe.usage_key), slot=f"edit:{opening.uuid}", updated_at=datetime.now(UTC)
    )
    revise(learner, cafe, opening, "Bonsoir")
    assert not Draft.objects.exists()


def test_a_withdrawn_reply_leaves_its_place(
    learner, other_learner, cafe, opening, heard, django_capture_on_commit_callbacks
) -> None:
    reply = api.publish_post(learner.id, cafe, make_draft("Oui"), thread_uuid=opening.thread_uuid)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert api.withdraw_post(learner.id, cafe, post_uuid=reply.uuid).state == State.WITHDRAWN
    seen = api.read_thread(other_learner.id, cafe, opening.thread_uuid).posts[1]
    assert (seen.is_veiled, seen.source, Thread.objects.get().replies) == (True, "", 0)
    assert [name for name, _ in heard] == ["removed"], "it counts no longer, once"


def test_a_withdrawn_thread_leaves_the_list_and_its_case_is_closed(learner, other_learner, cafe) -> None:
    post = open_thread(learner, cafe, source=INSULT)
    api.withdraw_post(learner.id, cafe, post_uuid=post.uuid)
    assert (Case.objects.get().is_open, Thread.objects.get().state) == (None, "withdrawn")
    assert api.list_threads(other_learner.id, cafe).threads == ()


def test_whoever_reported_still_gets_an_answer(learner, cafe, opening) -> None:
    open_case(Post.objects.select_related("thread").get(), source=Source.REPORT)
    api.withdraw_post(learner.id, cafe, post_uuid=opening.uuid)
    assert Case.objects.get().is_open


@pytest.mark.parametrize("state", [State.REFUSED, State.HIDDEN, State.REMOVED])
def test_what_moderators_decided_on_is_not_withdrawn(learner, cafe, opening, state) -> None:
    stand(opening, state)
    with pytest.raises(NotChangeable):
        api.withdraw_post(learner.id, cafe, post_uuid=opening.uuid)


def test_handlers_change_show_and_withdraw(learner, author, cafe, opening) -> None:
    block = make_block(DiscussionBlock, cafe.usage_key, user=learner)
    which = {"post": str(opening.uuid)}
    form = call(block, "open_edit", which).json["html"]
    assert 'data-version="1"' in form and 'value="Un fil"' in form and "\nBonjour à tous</textarea>" in form
    draft = {"title": "Un fil", "text": "Bonjour <i> à tous", "submission": str(uuid4()), "version": 1, **which}
    answer = call(block, "revise_post", draft).json
    assert (answer["state"], answer["thread"]) == ("published", str(opening.thread_uuid))
    assert "data-solerni-edited" in answer["html"]
    history = call(block, "list_versions", which).json["html"]
    assert "<ins>" in history and "&lt;i&gt;" in history
    for wrong in ({"version": None}, {"version": "1"}, {"post": "x"}, {"text": ""}):
        assert call(block, "revise_post", {**draft, **wrong}).status_code == 400
    assert call(block, "withdraw_post", which).json["state"] == "withdrawn"


def test_differences_rebuild_both_texts() -> None:
    pairs = [
        ("", "a"),
        ("Un bon jour.\nEt puis", "Un très beau jour.\nEt alors\n"),
        ("a\n" * 400, "b\n" * 400),
        ("mot " * 5000, "Mot " * 5000),
        ("🙂 é", "é 🙂"),
    ]
    for before, after in pairs:
        pieces = api.compare_texts(before, after)
        assert "".join(piece.text for piece in pieces if piece.change != Change.ADDED) == before
        assert "".join(piece.text for piece in pieces if piece.change != Change.REMOVED) == after
