"""The doors that every block shares: who may call, what a refusal looks like, what Studio may save."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment
from xblock.fields import Integer, Scope, String

from solerni_xblocks.blockkit.base import SolerniBlock
from solerni_xblocks.blockkit.handlers import author_writes, learner_reads, learner_writes
from solerni_xblocks.core.errors import Conflict, Refused
from solerni_xblocks.hooks import gates
from tests.doubles.runtime import call, make_block


class ProbeBlock(SolerniBlock):
    """A block with one handler of each kind."""

    display_name = String(default="Probe", scope=Scope.settings)
    count = Integer(default=1, scope=Scope.settings)
    editable_fields = ("display_name", "count")

    def student_view(self, context: Any = None) -> Fragment:
        return Fragment("probe")

    @learner_reads
    def look(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"saw": data}

    @learner_writes
    def write(self, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("clash"):
            raise Conflict("Changed meanwhile.", code="probe.clash", details={"newer": 2})
        if data.get("broken"):
            raise OperationalError("locked")
        return {"wrote": data}

    @author_writes
    def configure(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"configured": True}


@pytest.fixture(autouse=True)
def open_gates(monkeypatch) -> None:
    monkeypatch.setattr(gates, "_answerers", {question: [] for question in gates.QUESTIONS})


@pytest.fixture
def probe_key() -> UsageKey:
    return UsageKey.from_string("block-v1:Solerni+Demo+2026+type@probe+block@1")


def make_probe(probe_key: UsageKey, user: Any, **more: Any) -> ProbeBlock:
    return make_block(ProbeBlock, probe_key, user=user, **more)


def test_a_learner_reads_and_writes(learner, probe_key) -> None:
    probe = make_probe(probe_key, learner)
    assert call(probe, "look", {"a": 1}).json_body == {"saw": {"a": 1}}
    assert call(probe, "write", {"b": 2}).json_body == {"wrote": {"b": 2}}


@pytest.mark.parametrize("handler", ["look", "write", "configure", "submit_studio_edits"])
def test_handler_noauth_is_closed_for_everything(learner, probe_key, handler: str) -> None:
    answer = call(make_probe(probe_key, learner), handler, {}, noauth=True)
    assert (answer.status_code, answer.json_body["error_code"]) == (403, "handler.noauth")


@pytest.mark.parametrize("handler", ["look", "write", "configure", "submit_studio_edits"])
def test_a_visitor_is_asked_to_log_in(db, probe_key, handler: str) -> None:
    answer = call(make_probe(probe_key, None), handler, {})
    assert (answer.status_code, answer.json_body["error_code"]) == (401, "login.required")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_another_site_cannot_write_with_a_simple_request(learner, probe_key, content_type: str) -> None:
    answer = call(make_probe(probe_key, learner), "write", {}, content_type=content_type)
    assert (answer.status_code, answer.json_body["error_code"]) == (400, "request.content_type")


def test_nothing_is_written_on_get(learner, probe_key) -> None:
    assert call(make_probe(probe_key, learner), "write", method="GET").status_code == 400


def test_nothing_is_written_while_viewing_as_somebody_else(learner, author, probe_key) -> None:
    answer = call(make_probe(probe_key, learner), "write", {}, acting=author)
    assert (answer.status_code, answer.json_body["error_code"]) == (403, "member.masquerade")


def test_nothing_is_written_in_a_studio_preview(author, probe_key) -> None:
    answer = call(make_probe(probe_key, author, is_author_mode=True), "write", {})
    assert answer.json_body["error_code"] == "studio.preview"


def test_a_refusal_carries_status_code_text_and_details(learner, probe_key) -> None:
    answer = call(make_probe(probe_key, learner), "write", {"clash": True})
    assert answer.status_code == 409
    assert answer.json_body == {"error": "Changed meanwhile.", "error_code": "probe.clash", "newer": 2}


def test_a_database_that_does_not_answer_is_503_not_a_traceback(learner, probe_key) -> None:
    answer = call(make_probe(probe_key, learner), "write", {"broken": True})
    assert (answer.status_code, answer.json_body["error_code"]) == (503, "service.unavailable")


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff", b'{"a":' * 5000])
def test_a_broken_body_is_refused_with_words(learner, probe_key, body: bytes) -> None:
    answer = call(make_probe(probe_key, learner), "write", body)
    assert answer.status_code == 400
    assert answer.json_body["error"]


def test_a_shut_gate_closes_reading_and_writing(learner, probe_key, course_key) -> None:
    def shut(member_id: int, course: Any) -> None:
        raise Refused("First accept.", code="terms_required", where_to_go="/terms/", details={"terms_url": "/terms/"})

    gates.answer(gates.TAKE_PART, shut)
    for handler in ("look", "write"):
        answer = call(make_probe(probe_key, learner), handler, {})
        assert answer.status_code == 403
        assert answer.json_body == {
            "error": "First accept.",
            "error_code": "terms_required",
            "terms_url": "/terms/",
            "where_to_go": "/terms/",
        }


def test_only_an_author_of_the_course_configures(learner, author, probe_key) -> None:
    assert call(make_probe(probe_key, learner), "configure", {}).json_body["error_code"] == "author.required"
    assert call(make_probe(probe_key, author), "configure", {}).json_body == {"configured": True}


def test_an_author_of_another_course_is_refused(author, learner) -> None:
    elsewhere = UsageKey.from_string("block-v1:Solerni+Other+2026+type@probe+block@1")
    assert call(make_probe(elsewhere, author), "configure", {}).status_code == 403


def test_studio_saves_for_the_author(author, probe_key) -> None:
    probe = make_probe(probe_key, author, is_author_mode=True)
    answer = call(
        probe,
        "submit_studio_edits",
        {"values": {"count": 4}, "defaults": []},
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.json_body == {"result": "success"}
    assert probe.count == 4


def test_studio_refuses_everybody_else(learner, probe_key) -> None:
    answer = call(make_probe(probe_key, learner), "submit_studio_edits", {"values": {"count": 4}, "defaults": []})
    assert answer.json_body["error_code"] == "author.required"


@pytest.mark.parametrize(
    "data",
    [{"values": {"count": "many"}, "defaults": []}, {"values": []}, {}, {"values": {"count": {}}, "defaults": []}],
)
def test_a_studio_form_with_wrong_values_is_a_400(author, probe_key, data: dict[str, Any]) -> None:
    assert call(make_probe(probe_key, author, is_author_mode=True), "submit_studio_edits", data).status_code == 400
