"""The terms block: what a learner, a visitor, an author and somebody who tries the side door get."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from unittest.mock import Mock, patch
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import translation
from xblock.validation import ValidationMessage

from solerni_xblocks.terms import api, models, presenters
from solerni_xblocks.terms.block import TermsBlock
from tests.doubles.runtime import call, make_block
from tests.terms.conftest import BLOCKS, list_answers, make_answer

pytestmark = pytest.mark.django_db
SECRET = "the secret of the child"


def show(door: Any, view: str = "student_view", context: dict[str, Any] | None = None) -> str:
    return door.render(view, context).content


def answer_body(version: Any, /, **changes: Any) -> dict[str, Any]:
    return {"version": str(version.uuid), "language": "fr", "agree": True, **changes}


def body_of(response: Any) -> dict[str, Any]:
    return json.loads(response.body)


def test_before_accepting_the_text_is_whole_the_box_empty_and_the_child_absent(publish, learner, make_door) -> None:
    version = publish(summary="A first text.")
    html = show(make_door(learner))
    assert SECRET not in html
    assert models.Text.objects.get(language="fr").html in html
    assert "A first text." in html
    assert f'data-version="{version.uuid}"' in html
    assert 'type="checkbox"' in html
    assert "checked" not in html
    assert html.index("toujours") < html.index('type="checkbox"')


def test_after_accepting_the_receipt_and_the_child_are_there(publish, learner, make_door) -> None:
    version = publish()
    response = call(make_door(learner), "accept_terms", answer_body(version))
    assert response.status_code == 200
    receipt = body_of(response)["receipt"]
    assert (receipt["act"], receipt["version"], receipt["language"]) == ("accept", str(version.uuid), "fr")
    html = show(make_door(learner))
    assert SECRET in html
    assert receipt["uuid"] in html
    assert "checkbox" not in html


def test_the_proof_of_the_block_says_where_and_on_which_screen(publish, learner, make_door, course_key) -> None:
    call(make_door(learner), "accept_terms", answer_body(publish()))
    proof = list_answers().get()
    assert (proof.channel, proof.course_key) == ("block", str(course_key))
    assert proof.screen_digest == presenters.get_screen_digest()
    assert models.ProofPerson.objects.get().ip == "127.0.0.0"


def test_a_second_click_gives_the_same_receipt(publish, learner, make_door) -> None:
    version = publish()
    first, second = (call(make_door(learner), "accept_terms", answer_body(version)) for _ in range(2))
    assert body_of(first) == body_of(second)
    assert list_answers().count() == 1


def test_declining_is_said_and_accepting_stays_possible(publish, learner, make_door) -> None:
    version = publish()
    assert call(make_door(learner), "decline_terms", answer_body(version)).status_code == 200
    html = show(make_door(learner))
    assert SECRET not in html
    assert str(list_answers().get().uuid) in html
    assert "data-solerni-terms-accept" in html
    assert call(make_door(learner), "accept_terms", answer_body(version)).status_code == 200
    assert SECRET in show(make_door(learner))


def test_without_the_tick_nothing_is_accepted(publish, learner, make_door) -> None:
    version = publish()
    for agree in (False, None, "yes", 1, []):
        response = call(make_door(learner), "accept_terms", answer_body(version, agree=agree))
        assert (response.status_code, body_of(response)["error_code"]) == (400, "terms_not_ticked")
    assert not list_answers().exists()


@pytest.mark.parametrize("handler", ["accept_terms", "decline_terms"])
@pytest.mark.parametrize(
    "changes",
    [
        {"version": ""},
        {"version": None},
        {"version": {"a": 1}},
        {"version": "x" * 200_000},
        {"version": "\x00"},
        {"version": "\ud800"},
        {"language": None},
        {"language": ["fr"]},
        {"language": "fr\x00"},
        {"language": "\ud800\ud800"},
        {"language": "f" * 200_000},
        {"language": "de"},
    ],
    ids=lambda changes: repr(changes)[:40],
)
def test_a_malformed_answer_is_refused_with_words(publish, learner, make_door, handler: str, changes: Any) -> None:
    version = publish()
    response = call(make_door(learner), handler, answer_body(version, **changes))
    assert response.status_code == 400
    assert body_of(response)["error"]
    assert not list_answers().exists()


@pytest.mark.parametrize("handler", ["accept_terms", "decline_terms"])
def test_an_old_or_foreign_version_is_answered_with_409(publish, learner, make_door, handler: str) -> None:
    old = publish("1.0")
    publish("2.0", note=" new")
    foreign = publish(slug="privacy")
    for uuid in (old.uuid, foreign.uuid, uuid4()):
        response = call(make_door(learner), handler, {"version": str(uuid), "language": "fr", "agree": True})
        assert (response.status_code, body_of(response)["error_code"]) == (409, "terms_outdated")
    assert not list_answers().exists()


@pytest.mark.parametrize("handler", ["accept_terms", "decline_terms"])
def test_the_side_doors_are_shut(publish, learner, author, make_door, handler: str) -> None:
    body = answer_body(publish())
    assert call(make_door(learner), handler, body, noauth=True).status_code == 403
    assert call(make_door(None), handler, body, acting=None).status_code == 401
    assert call(make_door(learner), handler, method="GET").status_code == 400
    assert call(make_door(learner), handler, body, content_type="text/plain").status_code == 400
    assert call(make_door(learner, is_author_mode=True), handler, body).status_code == 403
    masquerade = call(make_door(learner), handler, body, acting=author)
    assert (masquerade.status_code, body_of(masquerade)["error_code"]) == (403, "member.masquerade")
    assert not list_answers().exists()


@pytest.mark.parametrize("handler", ["write_probe", "read_probe"])
def test_a_handler_of_the_child_is_refused_until_its_member_accepts(publish, learner, make_door, handler: str) -> None:
    version = publish()
    response = call(make_door(learner).get_children()[0], handler)
    body = body_of(response)
    assert (response.status_code, body["error_code"]) == (403, "terms_required")
    assert body["terms_url"].startswith("/solerni/terms/terms/?next=https%3A%2F%2Flearn.example.org%2Fcourses%2F")
    api.accept_version(make_answer(learner.id, version))
    assert call(make_door(learner).get_children()[0], handler).status_code == 200


def test_a_new_major_version_shuts_the_block_and_the_child_again(publish, learner, make_door) -> None:
    api.accept_version(make_answer(learner.id, publish("1.0")))
    publish("2.0", note=" new")
    api.forget_answers()
    assert SECRET not in show(make_door(learner))
    assert call(make_door(learner).get_children()[0], "write_probe").status_code == 403


def test_staff_of_the_course_are_asked_as_learners_are(publish, author, make_door) -> None:
    publish()
    html = show(make_door(author))
    assert SECRET not in html
    assert "data-solerni-terms-accept" in html
    assert call(make_door(author).get_children()[0], "write_probe").status_code == 403


def test_a_visitor_reads_and_is_invited_to_log_in(publish, register, make_door) -> None:
    publish()
    html = show(make_door(None))
    assert "toujours" in html
    assert SECRET not in html
    assert "<input" not in html
    assert "/login?next=https%3A%2F%2F" in html


@pytest.mark.parametrize("slug", ["missing", "elsewhere", "later", "", "../x", "é"])
def test_without_a_document_in_force_the_block_is_shut(publish, learner, make_door, slug: str) -> None:
    publish(slug="elsewhere", audience="course", course_key="course-v1:X+Y+Z")
    publish(slug="later", effective_at=datetime(2099, 1, 1, tzinfo=UTC))
    html = show(make_door(learner, document=slug))
    assert SECRET not in html
    assert "solerni-closed" in html
    response = call(make_door(learner, document=slug).get_children()[0], "write_probe")
    assert (response.status_code, body_of(response)["error_code"]) == (403, "terms_shut")


def test_a_document_that_only_informs_keeps_nothing_back(publish, learner, make_door) -> None:
    publish(requires_acceptance=False)
    assert SECRET in show(make_door(learner))
    assert call(make_door(learner).get_children()[0], "write_probe").status_code == 200


def test_the_language_shown_is_the_readers(publish, learner, make_door) -> None:
    publish()
    with translation.override("en"):
        assert 'data-language="en"' in show(make_door(learner))
    with translation.override("de"):
        assert 'data-language="fr"' in show(make_door(learner))


def test_when_the_database_fails_handlers_of_the_child_stay_shut(publish, learner, make_door) -> None:
    publish()
    with patch("solerni_xblocks.terms.queries.gate.models.Chain.objects.filter", side_effect=OperationalError):
        api.forget_answers()
        response = call(make_door(learner).get_children()[0], "write_probe")
    assert (response.status_code, body_of(response)["error_code"]) == (503, "terms_unavailable")


def test_the_markup_of_a_name_is_only_text(publish, learner, make_door) -> None:
    publish(summary="<script>alert(1)</script>")
    assert "<script>alert" not in show(make_door(learner))


def test_studio_previews_the_document_without_a_form(publish, author, make_door) -> None:
    publish()
    html = show(make_door(author, is_author_mode=True), "author_view", {})
    assert "toujours" in html
    assert "<input" not in html
    assert SECRET not in html.partition("data-solerni-terms-after")[0]


def test_studio_edits_the_children_when_the_block_is_opened(publish, author, make_door) -> None:
    publish()
    door = make_door(author, is_author_mode=True)
    mako = Mock()
    mako.render_template = lambda template, context: "".join(item["content"] for item in context["items"])
    door.runtime._services["mako"] = mako
    assert SECRET in show(door, "author_view", {"root_xblock": door})


def test_studio_tells_the_author_that_the_document_is_missing(publish, author, make_door) -> None:
    publish()
    publish(slug="later", effective_at=datetime(2099, 1, 1, tzinfo=UTC))
    door = make_door(author, is_author_mode=True, document="missing")
    assert 'data-kind="error"' in show(door, "author_view", {})
    kinds = {}
    for slug in ("missing", "later", "terms"):
        door.document = slug
        kinds[slug] = [message.type for message in door.validate().messages]
    assert kinds == {"missing": [ValidationMessage.ERROR], "later": [ValidationMessage.WARNING], "terms": []}


def test_the_studio_form_offers_the_documents_of_the_course(publish, author, make_door, course_key) -> None:
    publish()
    publish(slug="charter", audience="course", course_key=str(course_key))
    publish(slug="elsewhere", audience="course", course_key="course-v1:X+Y+Z")
    html = show(make_door(author, is_author_mode=True), "studio_view")
    assert "Conditions (terms)" in html
    assert "(charter)" in html
    assert "elsewhere" not in html


def test_saving_an_unknown_document_is_refused(publish, author, learner, make_door) -> None:
    publish()
    door = make_door(author, is_author_mode=True)
    assert call(door, "submit_studio_edits", {"values": {"document": "missing"}, "defaults": []}).status_code == 400
    door = make_door(learner, is_author_mode=True)
    assert call(door, "submit_studio_edits", {"values": {"document": "terms"}, "defaults": []}).status_code == 403


@pytest.mark.filterwarnings("ignore::xblock.exceptions.UserIdDeprecationWarning")
def test_a_round_trip_through_olx_keeps_fields_and_children(learner, terms_key) -> None:
    olx = (
        '<solerni_terms display_name="Avant d’entrer" document="charter">'
        '<solerni_probe/><solerni_terms document="terms"><solerni_probe/></solerni_terms>'
        "</solerni_terms>"
    )

    def load(text: str) -> TermsBlock:
        runtime = make_block(TermsBlock, terms_key, user=learner).runtime
        runtime.load_block_type = BLOCKS.__getitem__
        return runtime.get_block(runtime.parse_xml_string(text.encode()))

    def describe(block: Any) -> tuple[Any, ...]:
        inside = [describe(child) for child in block.get_children()] if block.has_children else []
        return type(block), getattr(block, "document", ""), getattr(block, "display_name", ""), inside

    first = load(olx)
    written = BytesIO()
    first.runtime.export_to_xml(first, written)
    again = load(written.getvalue().decode())
    assert describe(again) == describe(first)
    assert first.document == "charter"
    assert len(first.children) == 2


def test_a_terms_block_inside_another_waits_for_the_outer_one(publish, learner, make_door, probe_key) -> None:
    publish()
    publish(slug="charter")
    door = make_door(learner)
    with patch.dict(BLOCKS, {"solerni_probe": TermsBlock}):
        inner = door.runtime.get_block(probe_key)
        inner.document = "charter"
        assert "solerni-closed" in show(inner)


@pytest.mark.parametrize("count", [1, 20])
def test_showing_the_document_costs_the_same_for_few_and_many_versions(
    publish, learner, make_door, django_assert_num_queries, count: int
) -> None:
    for number in range(count):
        publish(f"1.{number}", note=str(number))
    door = make_door(learner)
    with django_assert_num_queries(6):
        show(door)
