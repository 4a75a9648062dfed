"""Public pages: no login; a private award answers like an unknown one; exact bytes, open to scripts of any site."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from solerni_xblocks.badges import api
from solerni_xblocks.badges.data import Addresses

VERIFY = "/solerni/badges/verify/"
JSON = {"HTTP_ACCEPT": "application/json"}

pytestmark = pytest.mark.django_db


def _award_page(award: Any) -> str:
    return reverse("solerni_badges:award", args=[award.uuid])


def _award_file(award: Any) -> str:
    return reverse("solerni_badges:credential", args=[award.uuid])


def test_addresses_in_credentials_are_those_of_the_pages() -> None:
    uuid = UUID(int=7)
    addresses = Addresses(base_url="")
    assert addresses.issuer == reverse("solerni_badges:issuer")
    assert addresses.issuer + "did.json" == reverse("solerni_badges:did")
    assert addresses.get_award(uuid) == reverse("solerni_badges:award", args=[uuid])
    assert addresses.get_achievement(uuid) == reverse("solerni_badges:achievement", args=[uuid])
    assert addresses.get_image(uuid) == reverse("solerni_badges:image", args=[uuid])


def test_a_file_is_verified_without_login_or_script(client: Any, content: bytes) -> None:
    upload = SimpleUploadedFile("badge.json", content, "application/json")
    html = client.post(VERIFY, {"file": upload}).content.decode()
    assert 'data-solerni-verdict="passed"' in html
    assert html.count('data-outcome="passed"') == 6


def test_a_pasted_text_is_verified_in_json_for_programs(client: Any, content: bytes) -> None:
    body = client.post(VERIFY, {"text": content.decode()}, **JSON).json()
    assert body["verdict"] == "passed"
    assert [check["name"] for check in body["checks"]] == [
        "structure",
        "contexts",
        "terms",
        "signature",
        "issuer",
        "dates",
    ]
    assert body["credential"]["name"] == "Contributeur"


def test_a_tampered_file_fails_in_words(client: Any, content: bytes) -> None:
    html = client.post(VERIFY, {"text": content.decode().replace("Contributeur", "Docteur")}).content.decode()
    assert 'data-solerni-check="signature" data-outcome="failed"' in html
    assert "La signature ne correspond pas" in html


def test_pages_speak_english_too(client: Any, content: bytes) -> None:
    html = client.post(VERIFY, {"text": "{}"}, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Do not rely on this file" in html


@pytest.mark.parametrize("data", [{}, {"text": "  "}, {"text": ""}])
def test_nothing_to_verify_is_said(client: Any, data: dict[str, str]) -> None:
    response = client.post(VERIFY, data)
    assert response.status_code == 400 and b'role="alert"' in response.content
    assert client.post(VERIFY, data, **JSON).json()["error_code"] == "input.invalid"


@pytest.mark.parametrize(
    "text", ["\x00", "<script>alert(1)</script>", '{"name": "</textarea><script>"}', "[" * 50_000, "🦊" * 300_000]
)
def test_hostile_text_gets_a_clean_answer(client: Any, text: str) -> None:
    response = client.post(VERIFY, {"text": text})
    assert response.status_code == 200
    assert b'data-solerni-verdict="failed"' in response.content
    assert b"<script>alert" not in response.content and b"</textarea><script>" not in response.content


def test_what_a_file_says_of_itself_is_escaped(client: Any, content: bytes) -> None:
    document = json.loads(content)
    document["credentialSubject"]["achievement"]["name"] = "<script>x</script>"
    response = client.post(VERIFY, {"file": SimpleUploadedFile("b.json", json.dumps(document).encode())})
    assert b"<script>x" not in response.content


def test_a_file_over_one_megabyte_is_refused(client: Any) -> None:
    upload = SimpleUploadedFile("big.json", b"{" + b" " * 1_000_001, "application/json")
    body = client.post(VERIFY, {"file": upload}, **JSON).json()
    assert body["checks"][0]["code"] == "file.too_large"


def test_the_form_is_protected_against_forgery() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(VERIFY, {"text": "{}"}).status_code == 403
    token = strict.get(VERIFY).cookies["csrftoken"].value
    assert strict.post(VERIFY, {"text": "{}", "csrfmiddlewaretoken": token}).status_code == 200


def test_a_private_award_answers_like_an_unknown_one(client: Any, award: Any) -> None:
    for page in (_award_page(award), f"/solerni/badges/awards/{uuid4()}/"):
        for headers in ({}, JSON):
            response = client.get(page, **headers)
            assert response.status_code == 404
            assert "Contributeur" not in response.content.decode()
    assert client.get(_award_file(award)).status_code == 404


def test_the_holder_downloads_a_private_award_and_nobody_else_does(
    client: Any, award: Any, content: bytes, learner: Any, other_learner: Any
) -> None:
    client.force_login(learner)
    response = client.get(_award_file(award))
    assert response.content == content
    assert response["Content-Disposition"] == f'attachment; filename="badge-{award.uuid}.json"'
    assert "Access-Control-Allow-Origin" not in response and "no-store" in response["Cache-Control"]
    assert client.get(_award_page(award)).status_code == 404
    client.force_login(other_learner)
    assert client.get(_award_file(award)).status_code == 404


def test_a_published_award_has_a_page_that_names_nobody(client: Any, public_award: Any, learner: Any) -> None:
    response = client.get(_award_page(public_award))
    html = response.content.decode()
    assert "Contributeur" in html and 'data-solerni-verdict="passed"' in html
    assert learner.username not in html.replace("Lea", "").split("<main")[1]
    assert response["X-Robots-Tag"] == "noindex" and 'content="noindex"' in html


@pytest.mark.parametrize(
    "media_type", ["application/vc+ld+json", "application/vc", "application/ld+json", "application/json"]
)
def test_programs_get_the_exact_bytes_from_any_site(
    client: Any, public_award: Any, content: bytes, media_type: str
) -> None:
    for address in (_award_page(public_award), _award_file(public_award)):
        response = client.get(address, HTTP_ACCEPT=media_type)
        assert response.content == content
        assert response["Content-Type"] == media_type
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies


def test_the_did_document_is_open_to_all(client: Any, award: Any) -> None:
    response = client.get("/solerni/badges/issuer/did.json")
    assert response["Access-Control-Allow-Origin"] == "*" and not response.cookies
    assert response.json()["id"] == api.get_issuer().did


def test_the_issuer_page_lists_the_keys(client: Any, award: Any) -> None:
    html = client.get("/solerni/badges/issuer/").content.decode()
    assert api.get_did_document()["verificationMethod"][0]["publicKeyMultibase"] in html


@pytest.mark.parametrize("address", ["/solerni/badges/issuer/", "/solerni/badges/issuer/did.json"])
def test_an_issuer_without_address_is_not_available(client: Any, settings: Any, address: str) -> None:
    settings.SOLERNI_BASE_URL = ""
    assert client.get(address).status_code == 503


def test_an_achievement_is_a_page_and_a_document(client: Any, award: Any, content: bytes) -> None:
    achievement = json.loads(content)["credentialSubject"]["achievement"]
    path = achievement["id"].removeprefix("https://learn.example.org")
    response = client.get(path, HTTP_ACCEPT="application/ld+json")
    assert response["Access-Control-Allow-Origin"] == "*" and not response.cookies
    assert {key: value for key, value in response.json().items() if key != "@context"} == achievement
    assert "Contributeur" in client.get(path).content.decode()
    assert client.get(f"/solerni/badges/achievements/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("name", ["<script>&\"'", "\u202eא ב", "e\u0301 👩‍🚀", "x"])
def test_the_picture_is_safe_xml_whatever_the_name(client: Any, define: Any, name: str) -> None:
    achievement = define(name=name)
    response = client.get(reverse("solerni_badges:image", args=[achievement.uuid]))
    assert response["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert ElementTree.fromstring(response.content)[0].text == name  # noqa: S314 - our own output


def test_pages_are_read_only(client: Any, public_award: Any) -> None:
    for address in (_award_page(public_award), _award_file(public_award), "/solerni/badges/issuer/did.json"):
        assert client.post(address).status_code == 405


def test_a_public_page_asks_a_fixed_number_of_questions(
    client: Any, public_award: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):  # the award and its bytes, twice read; the keys
        client.get(_award_page(public_award))
