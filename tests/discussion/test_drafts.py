"""Drafts: kept while typed, found on another device, never overwritten by another window, gone once published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import IntegrityError

from solerni_xblocks.discussion import api, queries
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import TypedText
from solerni_xblocks.discussion.errors import NotTakingPart
from solerni_xblocks.discussion.errors.writing import DraftChanged, TooManyDrafts
from solerni_xblocks.discussion.flows import save_draft as flow
from solerni_xblocks.discussion.models import Draft
from tests.discussion.conftest import make_draft, open_thread
from tests.doubles.runtime import call, make_block


def typed(source: str = "Bon", *, revision: int = 0, slot: str = "thread", title: str = "") -> TypedText:
    return TypedText(slot=slot, revision=revision, source=source, title=title)


def test_what_is_typed_is_kept_and_found_by_its_member_alone(learner, other_learner, cafe) -> None:
    first = api.save_draft(learner.id, cafe, typed("Bon", title="Un"))
    second = api.save_draft(learner.id, cafe, typed("Bonjour", title="Un fil", revision=first.revision))
    assert (first.revision, second.revision) == (1, 2)
    assert [(one.slot, one.title, one.source) for one in api.list_drafts(learner.id, cafe)] == [
        ("thread", "Un fil", "Bonjour")
    ]
    assert api.list_drafts(other_learner.id, cafe) == ()


def test_the_same_text_saved_twice_is_the_same_draft(learner, cafe) -> None:
    assert {api.save_draft(learner.id, cafe, typed()).revision for _ in range(3)} == {1}


def test_an_older_window_overwrites_nothing_and_is_told_the_other_text(learner, cafe) -> None:
    api.save_draft(learner.id, cafe, typed("Un"))
    api.save_draft(learner.id, cafe, typed("Deux", revision=1))
    for older in (typed("Trois", revision=1), typed("Trois"), typed("", revision=1)):
        with pytest.raises(DraftChanged) as caught:
            api.save_draft(learner.id, cafe, older)
        assert caught.value.details == {"revision": 2, "title": "", "text": "Deux"}
    assert api.save_draft(learner.id, cafe, typed("Trois", revision=2)).source == "Trois"


@pytest.mark.parametrize("other", ["Autre", "Mien"])
def test_a_window_that_was_faster_in_between_is_seen(learner, cafe, other) -> None:
    api.save_draft(learner.id, cafe, typed("Un"))
    stale = Draft.objects.get()
    api.save_draft(learner.id, cafe, typed(other, revision=1))
    with patch.object(queries, "find_draft", side_effect=[stale, Draft.objects.get()]):
        if other == "Mien":
            assert api.save_draft(learner.id, cafe, typed("Mien", revision=1)).revision == 2
        else:
            with pytest.raises(DraftChanged):
                api.save_draft(learner.id, cafe, typed("Mien", revision=1))


def test_two_windows_that_begin_at_once_make_one_draft(learner, cafe) -> None:
    api.save_draft(learner.id, cafe, typed("Un"))
    found = Draft.objects.get()
    with patch.object(queries, "find_draft", side_effect=[None, found]), pytest.raises(DraftChanged):
        api.save_draft(learner.id, cafe, typed("Deux"))
    assert Draft.objects.count() == 1
    with pytest.raises(IntegrityError):
        found.pk = None
        found.save(force_insert=True)


def test_an_emptied_form_has_no_draft(learner, cafe) -> None:
    assert api.save_draft(learner.id, cafe, typed(" ")) is None
    api.save_draft(learner.id, cafe, typed())
    assert api.save_draft(learner.id, cafe, typed("", revision=1)) is None
    assert not Draft.objects.exists()


def test_a_published_text_is_a_draft_no_more(learner, cafe) -> None:
    for slot in ("thread", f"reply:{uuid4()}"):
        api.save_draft(learner.id, cafe, typed(slot=slot))
    thread = open_thread(learner, cafe).thread_uuid
    assert [one.slot.split(":")[0] for one in api.list_drafts(learner.id, cafe)] == ["reply"]
    reply = api.publish_post(learner.id, cafe, make_draft(), thread_uuid=thread)
    for slot in (f"reply:{thread}", f"comment:{reply.uuid}"):
        api.save_draft(learner.id, cafe, typed(slot=slot))
    api.publish_post(learner.id, cafe, make_draft(), thread_uuid=thread)
    api.publish_post(learner.id, cafe, make_draft(), thread_uuid=thread, parent_uuid=reply.uuid)
    assert Draft.objects.count() == 1


def test_drafts_have_an_end(learner, cafe, monkeypatch) -> None:
    monkeypatch.setattr(flow, "MOST_DRAFTS", 1)
    api.save_draft(learner.id, cafe, typed())
    with pytest.raises(TooManyDrafts):
        api.save_draft(learner.id, cafe, typed(slot=f"reply:{uuid4()}"))


def test_a_stranger_keeps_no_draft_here(stranger, cafe) -> None:
    with pytest.raises(NotTakingPart):
        api.save_draft(stranger.id, cafe, typed())


@pytest.mark.parametrize(
    "wrong",
    [
        {"slot": "thread:1"},
        {"slot": 3},
        {"revision": -1},
        {"revision": True},
        {"revision": "1"},
        {"revision": 2**40},
        {"title": "t" * 201},
        {"text": "x" * 40_001},
        {"text": ["x"]},
        {"kind": "poem"},
        {"voice": "loud"},
    ],
)
def test_the_handler_refuses_what_is_no_draft(learner, cafe, wrong) -> None:
    block = make_block(DiscussionBlock, cafe.usage_key, user=learner)
    answer = call(block, "save_draft", {"slot": "thread", "text": "Bonjour", **wrong})
    assert (answer.status_code, Draft.objects.count()) == (400, 0)


def test_the_handler_keeps_a_draft_that_the_page_then_brings_along(learner, cafe) -> None:
    block = make_block(DiscussionBlock, cafe.usage_key, user=learner)
    answer = call(block, "save_draft", {"slot": "thread", "title": "Un <b>", "text": "\n<script>x</script>"}).json
    assert answer["revision"] == 1
    assert answer["said"]
    page: Any = block.student_view().content
    assert "&lt;script&gt;x&lt;/script&gt;</textarea>" in page
    assert 'data-title="Un &lt;b&gt;"' in page
    conflict = call(block, "save_draft", {"slot": "thread", "text": "Autre"})
    assert (conflict.status_code, conflict.json["text"]) == (409, "\n<script>x</script>")
    assert call(block, "save_draft", {"slot": "thread", "revision": 1}).json == {"revision": 0, "said": ""}


def test_saving_costs_as_many_queries_with_many_drafts(learner, cafe, django_assert_num_queries) -> None:
    api.save_draft(learner.id, cafe, typed())
    for revision in (1, 2):
        with django_assert_num_queries(5):
            api.save_draft(learner.id, cafe, replace(typed(f"Texte {revision}"), revision=revision))
        for _ in range(20):
            api.save_draft(learner.id, cafe, typed(slot=f"reply:{uuid4()}"))
