"""The badge block: what each person sees, what its handlers refuse, what Studio saves."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

import pytest
from lxml import etree
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime
from xblock.validation import Validation

from solerni_xblocks.badges import api
from solerni_xblocks.badges.block import BadgeBlock
from solerni_xblocks.badges.models import Award, Badge
from solerni_xblocks.core.errors import Refused, Unavailable
from tests.doubles.runtime import call, make_block

pytestmark = pytest.mark.django_db


def _read(response: Any) -> Any:
    return json.loads(response.body)


def test_a_learner_sees_the_badge_and_what_is_missing(block_for: Any, learner: Any, tell: Any) -> None:
    tell.publish_post(learner)
    html = block_for(learner).student_view().content
    assert "Contributeur" in html
    assert "Messages publiés : 1 sur 2" in html
    assert 'data-solerni-requirement="terms.accepted" data-met="false"' in html
    assert "data-solerni-award=" not in html


def test_the_first_view_awards_what_was_done_before(
    block_for: Any, learner: Any, tell: Any, django_capture_on_commit_callbacks: Any
) -> None:
    tell.publish_post(learner)
    tell.publish_post(learner)
    tell.accept_terms(learner)
    with django_capture_on_commit_callbacks(execute=True):
        html = block_for(learner).student_view().content
    assert "data-solerni-award=" in html
    assert Award.objects.get().credentials.exists()


def test_a_holder_sees_why_and_can_download_and_share(block_for: Any, learner: Any, award: Any) -> None:
    html = block_for(learner).student_view().content
    assert "Messages publiés : 2 sur 2" in html
    assert f"/solerni/badges/awards/{award.uuid}/credential.json" in html
    assert 'role="switch" aria-checked="false"' in html
    assert "data-solerni-public-link" not in html


def test_an_award_that_waits_for_its_signature_says_so(
    block_for: Any, learner: Any, define: Any, tell: Any, settings: Any
) -> None:
    settings.SOLERNI_BASE_URL = ""
    define(posts_needed=1, terms_needed=False)
    tell.publish_post(learner)
    html = block_for(learner, posts_needed=1, terms_needed=False).student_view().content
    assert "data-solerni-unsigned" in html and "data-solerni-share" not in html


def test_a_visitor_sees_the_badge_and_is_invited_to_log_in(block_for: Any, register: Any) -> None:
    html = block_for(None).student_view().content
    assert "Contributeur" in html and "data-solerni-visitor" in html
    assert "data-solerni-progress" not in html


@pytest.mark.parametrize("refusal", [Refused("Non.", where_to_go="/terms/"), Unavailable("Plus tard.")])
def test_a_shut_gate_shuts_the_block(block_for: Any, learner: Any, refusal: Any) -> None:
    with patch("solerni_xblocks.hooks.gates.require", side_effect=refusal):
        html = block_for(learner).student_view().content
    assert "solerni-closed" in html and str(refusal.message) in html
    assert not Badge.objects.exists()


def test_a_preview_defines_nothing(block_for: Any, author: Any) -> None:
    block = block_for(author, is_author_mode=True)
    assert "Contributeur" in block.student_view().content
    assert "Publier 2 messages" in block.author_view().content
    assert not Badge.objects.exists()


def test_a_badge_that_asks_nothing_is_not_shown_to_learners(block_for: Any, learner: Any) -> None:
    html = block_for(learner, posts_needed=0, terms_needed=False).student_view().content
    assert "data-solerni-badge" not in html
    assert not Badge.objects.exists()


def test_names_are_escaped(block_for: Any, learner: Any) -> None:
    block = block_for(learner, badge_name="<script>x</script>", badge_description="<img src=x onerror=y>")
    html = block.student_view().content + block.author_view().content
    assert "<script>x" not in html and "<img src=x" not in html


def test_init_arguments_hold_no_text_of_people(block_for: Any, learner: Any) -> None:
    arguments = json.loads(json.dumps(block_for(learner, badge_name="Secret").student_view().json_init_args))
    assert list(arguments) == ["module"]


def test_progress_is_read_again(block_for: Any, learner: Any, tell: Any) -> None:
    block = block_for(learner)
    block.student_view()
    tell.publish_post(learner)
    for method in ("GET", "POST"):
        assert "Messages publiés : 1 sur 2" in _read(call(block, "read_progress", method=method))["html"]


def test_progress_of_a_badge_that_nobody_saw_is_not_found(block_for: Any, learner: Any) -> None:
    response = call(block_for(learner), "read_progress")
    assert (response.status_int, _read(response)["error_code"]) == (404, "badge.not_found")


def test_sharing_is_an_act_that_can_be_taken_back(block_for: Any, learner: Any, award: Any, client: Any) -> None:
    block = block_for(learner)
    page = f"/solerni/badges/awards/{award.uuid}/"
    assert client.get(page).status_code == 404
    answer = _read(call(block, "share_award", {"is_public": True}))
    assert 'aria-checked="true"' in answer["html"] and answer["message"]
    published_at = Award.objects.get().published_at
    assert published_at is not None and client.get(page).status_code == 200
    call(block, "share_award", {"is_public": True})
    assert Award.objects.get().published_at == published_at
    call(block, "share_award", {"is_public": False})
    assert Award.objects.get().published_at is None
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("value", [None, "true", 1, [], {}, "x" * 200_000, "\x00"])
def test_a_choice_that_is_none_is_refused(block_for: Any, learner: Any, award: Any, value: Any) -> None:
    response = call(block_for(learner), "share_award", {"is_public": value})
    assert response.status_int == 400
    assert not Award.objects.get().is_public


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff", b'"x"', b'{"is_public": "\\ud800"}'])
def test_bodies_of_another_shape_are_refused(block_for: Any, learner: Any, award: Any, body: bytes) -> None:
    assert call(block_for(learner), "share_award", body).status_int == 400


def test_only_the_holder_can_share(block_for: Any, other_learner: Any, award: Any) -> None:
    response = call(block_for(other_learner), "share_award", {"is_public": True})
    assert (response.status_int, _read(response)["error_code"]) == (404, "award.not_found")
    assert not Award.objects.get().is_public


def test_handlers_are_closed_to_visitors_masquerade_noauth_and_forms(
    block_for: Any, learner: Any, author: Any, award: Any
) -> None:
    block, data = block_for(learner), {"is_public": True}
    assert call(block_for(None), "share_award", data).status_int == 401
    assert call(block_for(None), "read_progress").status_int == 401
    assert call(block, "share_award", data, acting=author).status_int == 403
    assert call(block, "share_award", data, noauth=True).status_int == 403
    assert call(block, "share_award", data, method="GET").status_int == 400
    assert call(block, "share_award", data, content_type="text/plain").status_int == 400
    assert not Award.objects.get().is_public


def test_an_unsigned_award_cannot_be_shared(
    block_for: Any, learner: Any, define: Any, tell: Any, settings: Any
) -> None:
    settings.SOLERNI_BASE_URL = ""
    define(posts_needed=1, terms_needed=False)
    tell.publish_post(learner)
    response = call(block_for(learner), "share_award", {"is_public": True})
    assert (response.status_int, _read(response)["error_code"]) == (403, "award.not_signed")


def test_the_view_asks_as_much_for_many_facts_as_for_few(
    block_for: Any, learner: Any, tell: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    block = block_for(learner, posts_needed=1000)
    block.student_view()
    for posts in (1, 30):
        for _ in range(posts):
            tell.publish_post(learner)
        with django_assert_num_queries(8):
            block.student_view()


def test_studio_saves_what_is_valid(block_for: Any, author: Any, badge_place: Any) -> None:
    block = block_for(author, is_author_mode=True)
    form = {"values": {"badge_name": "Pilier", "posts_needed": 5}, "defaults": []}
    assert call(block, "submit_studio_edits", form).status_int == 200
    assert (block.badge_name, block.posts_needed) == ("Pilier", 5)


@pytest.mark.parametrize(
    "values",
    [
        {"badge_name": "  "},
        {"badge_name": "x" * 256},
        {"badge_description": "x" * 2001},
        {"posts_needed": -1},
        {"posts_needed": 1001},
        {"posts_needed": "many"},
        {"posts_needed": None},
        {"posts_needed": 0, "terms_needed": False},
    ],
)
def test_studio_refuses_what_cannot_be_earned(block_for: Any, author: Any, values: dict[str, Any]) -> None:
    block = block_for(author, is_author_mode=True)
    assert call(block, "submit_studio_edits", {"values": values, "defaults": []}).status_int == 400


def test_learners_cannot_edit(block_for: Any, learner: Any) -> None:
    response = call(block_for(learner), "submit_studio_edits", {"values": {"badge_name": "x"}, "defaults": []})
    assert response.status_int == 403


def test_studio_gets_a_form(block_for: Any, author: Any) -> None:
    assert "posts_needed" in block_for(author, is_author_mode=True).studio_view(None).content


def test_validation_names_what_to_mend(block_for: Any, author: Any, badge_place: Any) -> None:
    block, validation = block_for(author, badge_name="", posts_needed=0, terms_needed=False), Validation(badge_place)
    block.validate_field_data(validation, block)
    assert len(validation.messages) == 2


def test_olx_makes_the_round_trip(badge_place: Any) -> None:
    words = {
        "badge_name": "Contribué « é »",
        "badge_description": "Deux\nlignes",
        "posts_needed": 7,
        "terms_needed": False,
    }
    block = make_block(BadgeBlock, badge_place, user=None, **words)
    node = etree.Element("unknown")
    block.add_xml_to_node(node)
    runtime = TestRuntime(services={"field-data": KvsFieldData(DictKeyValueStore())})
    keys = ScopeIds(None, "solerni_badge", badge_place, badge_place)
    back = BadgeBlock.parse_xml(etree.fromstring(etree.tostring(node)), runtime, keys)
    assert {name: getattr(back, name) for name in words} == words


def test_the_words_of_the_rule_are_in_the_language_of_the_course(
    block_for: Any, learner: Any, register: Any, badge_place: Any
) -> None:
    register.courses[badge_place.context_key]["language"] = "de"
    block_for(learner).student_view()
    progress = api.get_progress(badge_place, member_id=learner.id)
    assert progress.achievement.language == "en"
    assert progress.achievement.sentences[0] == "Publish 2 posts in the discussions of the course"
