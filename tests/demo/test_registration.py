"""Registering and joining a course in the demo: the platform's shapes, its filters and its event."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from solerni_xblocks.core import clock
from solerni_xblocks.demo import registration, site_api
from solerni_xblocks.terms import api as terms
from solerni_xblocks.terms import models
from solerni_xblocks.terms.data import Audience, TextDraft, VersionDraft
from tests.demo import courses

pytestmark = pytest.mark.usefixtures("document")
API = "/api/user/v2/account/registration/"


def publish(label: str, *, slug: str = "terms") -> Any:
    texts = {
        "fr": TextDraft(title="Conditions", source=f"# Conditions\n\nTexte {label}"),
        "en": TextDraft(title="Terms", source=f"# Terms\n\nText {label}"),
    }
    terms.save_document(slug, audience=Audience.MEMBERS)
    return terms.publish_version(slug, VersionDraft(label=label, texts=texts, contact="contact@example.org"))


@pytest.fixture(autouse=True)
def asking(settings: Any) -> None:
    """The demo asks for birth dates."""
    settings.SOLERNI_TERMS_BIRTH_ASKED = True


@pytest.fixture
def document(db: None) -> Any:
    return publish("1.0")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def find_boxes(page: str) -> list[str]:
    return re.findall(r'name="(solerni_terms_\w+)"', page)


def fill(client: Client, **changes: str) -> dict[str, str]:
    """The form as a person fills it, every box ticked; a change to an empty text leaves its field out."""
    filled = {
        "username": "zoe",
        "email": "zoe@example.org",
        "password": "long-enough-9",
        "solerni_birth_on": "1990-04-02",
        **dict.fromkeys(find_boxes(client.get("/register").content.decode()), "on"),
        **changes,
    }
    return {name: value for name, value in filled.items() if value}


def test_page_shows_the_whole_text_before_a_box_that_is_not_ticked(visitor: Client, document: Any) -> None:
    page = visitor.get("/register").content.decode()
    assert "Text 1.0" in page
    assert f"/solerni/terms/terms/{document.uuid}/?lang=en" in page
    (box,) = re.findall(r'<input type="checkbox"[^>]*>', page)
    assert "checked" not in box
    assert page.index("Text 1.0") < page.index(box)


def test_page_speaks_the_language_of_its_reader(document: Any) -> None:
    page = Client(headers={"accept-language": "fr"}).get("/register").content.decode()
    assert "Texte 1.0" in page
    assert find_boxes(page) == [f"solerni_terms_{document.uuid.hex}_fr"]


def test_registering_opens_an_account_with_its_proof_and_its_mail(
    visitor: Client, document: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = visitor.post("/register", fill(visitor))
    assert (response.status_code, response["Location"]) == (302, "/")
    user = get_user_model().objects.get(username="zoe")
    assert visitor.session["_auth_user_id"] == str(user.id)
    (proof,) = models.Proof.objects.filter(act="accept")
    assert (proof.version_uuid, proof.language, proof.channel) == (document.uuid, "en", "registration")
    assert proof.person.member_id == user.id
    assert [message.to for message in mail.outbox] == [["zoe@example.org"]]
    assert mail.outbox[0].subject == "The text that you accepted when registering"
    assert str(document.uuid) in mail.outbox[0].body
    assert b"Welcome, zoe" in visitor.get("/").content


def test_refusal_keeps_what_was_typed_but_never_the_password(visitor: Client) -> None:
    form = fill(visitor)
    response = visitor.post("/register", {name: value for name, value in form.items() if "terms" not in name})
    page = response.content.decode()
    assert response.status_code == 400
    assert 'value="zoe"' in page
    assert 'value="zoe@example.org"' in page
    assert 'value="1990-04-02"' in page
    assert "long-enough-9" not in page
    assert 'data-demo-refusal="terms_not_ticked"' in page
    assert not get_user_model().objects.filter(username="zoe").exists()


def test_box_that_was_ticked_stays_ticked_only_for_the_very_text(visitor: Client) -> None:
    form = fill(visitor, email="not an address")
    page = visitor.post("/register", form).content.decode()
    assert "checked" in re.findall(r'<input type="checkbox"[^>]*>', page)[0]
    publish("2.0")
    response = visitor.post("/register", fill(Client()) | form)
    assert response.status_code == 409


def test_older_text_is_refused_with_the_new_one_on_the_page(visitor: Client) -> None:
    form = fill(visitor)
    new = publish("2.0")
    response = visitor.post("/register", form)
    page = response.content.decode()
    assert response.status_code == 409
    assert 'data-demo-refusal="terms_outdated"' in page
    assert "Text 2.0" in page
    assert find_boxes(page) == [f"solerni_terms_{new.uuid.hex}_en"]
    assert "checked" not in re.findall(r'<input type="checkbox"[^>]*>', page)[0]
    assert visitor.post("/register", fill(visitor)).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "z"),
        ("username", "zoé"),
        ("username", "z" * 200_000),
        ("username", "a\x00b"),
        ("email", "nobody"),
        ("email", "a\x00@example.org"),
        ("password", "short"),
        ("solerni_birth_on", "2999-01-01"),
    ],
)
def test_what_cannot_be_is_refused_in_words(visitor: Client, field: str, value: str) -> None:
    response = visitor.post("/register", fill(visitor, **{field: value}))
    assert response.status_code == 400
    assert not models.Proof.objects.filter(act="accept").exists()


def test_form_sent_twice_opens_one_account_with_one_proof_and_both_lead_home(visitor: Client) -> None:
    form = fill(visitor)
    other_tab = Client()
    assert visitor.post("/register", form).status_code == 302
    assert other_tab.post("/register", form).status_code == 302
    assert get_user_model().objects.filter(username="zoe").count() == 1
    assert models.Proof.objects.filter(act="accept").count() == 1


def test_somebody_elses_name_or_address_is_refused(visitor: Client) -> None:
    visitor.post("/register", fill(visitor))
    for changes in ({"password": "another-one-9"}, {"username": "ZOE", "password": "another-one-9"}):
        response = Client().post("/register", fill(Client(), **changes))
        assert response.status_code == 409


def test_name_that_is_taken_in_the_same_instant_is_refused(visitor: Client) -> None:
    form = fill(visitor)
    with mock.patch.object(registration.site_api, "set_language", side_effect=IntegrityError):
        response = visitor.post(API, form)
    assert (response.status_code, response.json()["error_code"]) == (409, "duplicate-username")


def test_member_has_no_business_on_the_page(student_client: Client) -> None:
    assert student_client.get("/register")["Location"] == "/"


def test_api_names_its_fields_and_opens_an_account(visitor: Client, document: Any) -> None:
    fields = {field["name"]: field for field in visitor.get(API).json()["fields"]}
    box = f"solerni_terms_{document.uuid.hex}_en"
    assert list(fields) == ["username", "email", "password", box, "solerni_birth_on"]
    assert fields[box]["type"] == "checkbox"
    response = Client(enforce_csrf_checks=True).post(API, fill(visitor) | {box: "true"})
    assert response.status_code == 200
    assert response.json()["success"] is True
    assert models.Proof.objects.filter(act="accept").count() == 1


def test_api_refuses_as_the_platform_does(visitor: Client, document: Any) -> None:
    form = fill(visitor)
    unticked = {name: value for name, value in form.items() if "terms" not in name}
    refused = visitor.post(API, unticked)
    assert refused.status_code == 400
    assert refused.json()["error_code"] == "terms_not_ticked"
    assert str(document.uuid) in refused.json()["error_message"][0]["user_message"]
    new = publish("2.0")
    outdated = visitor.post(API, form)
    assert outdated.status_code == 409
    assert outdated.json()["error_code"] == "terms_outdated"
    assert str(new.uuid) in outdated.json()["error_message"][0]["user_message"]
    wrong = visitor.post(API, fill(visitor, password="short"))
    assert (wrong.status_code, wrong.json()["error_code"]) == (400, "validation-error")
    assert wrong.json()["password"][0]["user_message"]


def test_minor_who_registers_is_led_to_the_guardians_page(visitor: Client) -> None:
    born_on = (clock.now() - timedelta(days=14 * 366)).date().isoformat()
    visitor.post("/register", fill(visitor, solerni_birth_on=born_on))
    user = get_user_model().objects.get(username="zoe")
    with pytest.raises(Exception, match="parental_consent_required"):
        terms.require_acceptance(user.id, None)


def test_new_member_joins_a_course(visitor: Client, probe_course: None) -> None:
    visitor.post("/register", fill(visitor))
    response = visitor.post("/change_enrollment", {"course_id": str(courses.COURSE)})
    assert response["Location"] == f"/courses/{courses.COURSE}/"
    user = get_user_model().objects.get(username="zoe")
    assert "student" in site_api.get_roles(user.id, courses.COURSE)


@pytest.mark.parametrize("has_middleware", [True, False], ids=["with the middleware", "by the filter alone"])
def test_member_who_owes_an_answer_does_not_join(
    visitor: Client, probe_course: None, settings: Any, has_middleware: bool
) -> None:
    visitor.post("/register", fill(visitor))
    publish("2.0")
    terms.forget_answers()
    if not has_middleware:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "terms" not in name]
    user = get_user_model().objects.get(username="zoe")
    member = Client(headers={"accept": "text/html"})
    member.force_login(user)
    response = member.post("/change_enrollment", {"course_id": str(courses.COURSE)})
    assert response.status_code == 302
    assert "/solerni/terms/terms/" in response["Location"]
    assert not site_api.get_roles(user.id, courses.COURSE)


@pytest.mark.parametrize("course", ["", "nonsense", "course-v1:No+Such+Course"])
def test_course_that_is_not_there_cannot_be_joined(course: str) -> None:
    member = Client()
    member.post("/register", fill(member))
    assert member.post("/change_enrollment", {"course_id": course}).status_code == 400


def test_visitor_who_wants_to_join_is_led_to_registration(visitor: Client) -> None:
    assert visitor.post("/change_enrollment", {"course_id": "any"})["Location"] == "/register"
