"""What external services are asked, and what their answers mean: settings, requests as documented, hostile answers."""

from __future__ import annotations

import doctest
import importlib
import json
import pkgutil
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solerni_xblocks.core.httpkit import Answer
from solerni_xblocks.discussion.data.services import Effect, Malformed, Question, Service
from solerni_xblocks.discussion.rules import services
from solerni_xblocks.discussion.rules.services import asking, webhook
from solerni_xblocks.discussion.rules.services.masking import mask
from solerni_xblocks.discussion.rules.services.settings import read_settings

SECRET = "0123456789abcdef" * 2
URL = "http://127.0.0.1:9/"
NOW = 1_800_000_000
QUESTION = Question(
    uuid=UUID(int=7), title="Bonjour @lea", source="Écris à lea@example.org 😀 sa marche pas", language="fr"
)


def make(service: str, **entry: object) -> object:
    entry = {"name": "Eux", "secret": SECRET, "url": URL, "site": "https://learn.example.org", **entry}
    (setting,), wrong = read_settings({service: entry})
    assert wrong == ()
    return setting


def read(service: str, body: bytes, **headers: str) -> object:
    answer = Answer(status=200, body=body, headers=headers)
    return asking.read_opinion(make(service), QUESTION, answer, now=NOW)


@pytest.mark.parametrize("name", [name for _finder, name, _is_package in pkgutil.iter_modules(services.__path__)])
def test_examples_in_the_docstrings_run(name) -> None:
    assert doctest.testmod(importlib.import_module(f"{services.__name__}.{name}")).failed == 0


@pytest.mark.parametrize(
    ("service", "entry", "why"),
    [
        ("perspective", {}, "known services"),
        ("mistral", {"secret": ""}, "secret"),
        ("mistral", {"secret": "clé"}, "secret"),
        ("mistral", {"secret": "a\r\nHost: x"}, "secret"),
        ("mistral", {"name": ""}, "privacy page"),
        ("mistral", {"url": "http://api.mistral.ai/"}, "https"),
        ("mistral", {"url": "file:///etc/passwd"}, "https"),
        ("mistral", {"url": "https://u:p@api.mistral.ai/"}, "user"),
        ("mistral", {"url": "https://["}, "cannot be read"),
        ("mistral", {"threshold": 2}, "threshold"),
        ("mistral", {"threshold": True}, "threshold"),
        ("mistral", {"seconds": 60}, "seconds"),
        ("mistral", {"effect": "delete"}, "effect"),
        ("mistral", {"colour": "red"}, "dictionary"),
        ("mistral", "on", "dictionary"),
        ("webhook", {"secret": "short"}, "32"),
        ("languagetool", {"url": ""}, "https"),
    ],
)
def test_a_service_that_is_set_wrongly_is_not_asked_and_the_operator_is_told(service, entry, why) -> None:
    usual = {"name": "Eux", "secret": SECRET, "url": "https://example.org/"}
    found, (wrong,) = read_settings({service: {**usual, **entry} if isinstance(entry, dict) else entry})
    assert found == () and why in wrong and SECRET not in wrong


def test_the_secret_is_not_printed_with_the_setting() -> None:
    assert SECRET not in repr(make("mistral"))


@pytest.mark.parametrize("service", list(Service))
def test_what_leaves_the_site_names_nobody(service) -> None:
    envelope = asking.write_question(make(service), QUESTION, now=NOW)
    sent = envelope.body.decode() + json.dumps(envelope.headers)
    assert "sa" in sent and "lea" not in sent.replace("learn.example.org", "") and "example.org%20" not in sent
    assert SECRET not in envelope.url


def test_each_service_is_asked_as_its_documentation_says() -> None:
    mistral = asking.write_question(make("mistral"), QUESTION, now=NOW)
    assert json.loads(mistral.body)["model"] == "mistral-moderation-2603"
    assert json.loads(mistral.body)["input"] == [f"Bonjour @xxx\n\n{mask(QUESTION.source)}"]
    assert mistral.headers["Authorization"] == f"Bearer {SECRET}"
    openai = json.loads(asking.write_question(make("openai"), QUESTION, now=NOW).body)
    assert (openai["model"], openai["input"][:7]) == ("omni-moderation-latest", "Bonjour")
    akismet = parse_qs(asking.write_question(make("akismet"), QUESTION, now=NOW).body.decode())
    assert {name: akismet[name] for name in ("api_key", "blog", "user_ip", "comment_type")} == {
        "api_key": [SECRET],
        "blog": ["https://learn.example.org"],
        "user_ip": ["192.0.2.1"],
        "comment_type": ["forum-post"],
    }
    assert not {"comment_author", "comment_author_email", "permalink", "user_agent"} & set(akismet)
    tool = parse_qs(asking.write_question(make("languagetool"), QUESTION, now=NOW).body.decode())
    assert tool == {"language": ["fr"], "text": [mask(QUESTION.source)]}


def test_scores_of_categories_that_courses_are_about_do_not_count() -> None:
    scores = {"law": 0.99, "health": 0.98, "hate_and_discrimination": 0.3, "selfharm": 0.91}
    opinion = read("mistral", json.dumps({"results": [{"category_scores": scores}]}).encode())
    assert (opinion.label, opinion.score, opinion.clause, opinion.scores["law"]) == ("selfharm", 0.91, "", 0.99)


def test_passages_of_languagetool_are_counted_in_code_points() -> None:
    place = len(QUESTION.source[: QUESTION.source.index("sa marche")].encode("utf-16-le")) // 2
    opinion = read("languagetool", json.dumps({"matches": [{"offset": place, "length": 9}]}).encode())
    (passage,) = opinion.passages
    assert QUESTION.source[passage.start : passage.end] == "sa marche"
    assert asking.find_outcome(make("languagetool"), opinion) is not None


def test_languagetool_never_has_a_message_held() -> None:
    assert make("languagetool", effect="hold").effect is Effect.NOTE


HOSTILE = [
    b"",
    b"null",
    b"[]",
    b"\xff\xfe",
    b'{"results": []}',
    b'{"results": [1]}',
    b'{"results": [{"category_scores": {}}]}',
    b'{"results": [{"category_scores": {"hate": "0.9"}}]}',
    b'{"results": [{"category_scores": {"hate": true}}]}',
    b'{"results": [{"category_scores": {"hate": -1}}]}',
    b'{"results": [{"category_scores": {"hate": NaN}}]}',
    b'{"results": [{"category_scores": {"hate": 1e400}}]}',
    b'{"results": [{"category_scores": {"hate": ' + b"9" * 5000 + b"}}]}",
    b'{"results": ' + b"[" * 60_000,
    b'{"results": [{"category_scores": ' + json.dumps({str(n): 0.1 for n in range(60)}).encode() + b"}]}",
    b'{"matches": 3}',
    b'{"matches": [{"offset": -1, "length": 2}]}',
    b'{"matches": [{"offset": 0, "length": 0}]}',
    b'{"matches": [{"offset": 0, "length": 100000}]}',
    b'{"matches": [{"offset": 1.5, "length": true}]}',
    b'{"matches": ["x"]}',
    b'{"score": 2}',
    b'{"score": 0.5, "label": ["x"]}',
    b'{"score": 0.5, "clause": "posts.everything"}',
    b'{"score": 0.5, "clause": ["posts.courtesy"]}',
    b"invalid",
]


@pytest.mark.parametrize("service", list(Service))
@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_answer_is_no_opinion(service, body) -> None:
    signed = webhook.sign(SECRET, webhook.ANSWERED, QUESTION.uuid, str(NOW), body)
    with pytest.raises(Malformed):
        read(service, body, **{webhook.TIMESTAMP: str(NOW), webhook.SIGNATURE: signed})


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_answer_whatever_breaks_us(body) -> None:
    for service in (Service.MISTRAL, Service.AKISMET, Service.LANGUAGETOOL):
        try:
            read(service, body)
        except Malformed:
            continue
        assert body.strip() in (b"true", b"false")


def test_only_a_fresh_answer_to_this_very_question_is_signed() -> None:
    body = b'{"score": 0.9}'

    def is_signed(*, secret: str = SECRET, side: str = webhook.ANSWERED, uuid: UUID = QUESTION.uuid, at: object = NOW):
        headers = {webhook.TIMESTAMP: str(at), webhook.SIGNATURE: webhook.sign(secret, side, uuid, str(at), body)}
        return webhook.is_signed(SECRET, QUESTION.uuid, headers, body, now=NOW)

    assert is_signed() and is_signed(at=NOW - 300)
    assert not is_signed(secret="x" * 32)
    assert not is_signed(side=webhook.ASKED)
    assert not is_signed(uuid=UUID(int=8))
    assert (
        not is_signed(at=NOW - 301) and not is_signed(at=NOW + 301) and not is_signed(at="١٢") and not is_signed(at="")
    )
    assert not webhook.is_signed(SECRET, QUESTION.uuid, {webhook.SIGNATURE: "é"}, body, now=NOW)


def test_masking_keeps_the_length_and_the_words() -> None:
    text = "> @Léa Dupont a écrit : « voir a.b+c@sub.example.org » et 12@30, #1"
    assert len(mask(text)) == len(text) and "voir" in mask(text) and "Léa" not in mask(text).split()[1]
