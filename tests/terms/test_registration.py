"""Registration: the box becomes a proof, an older text is refused, a mail confirms; no form, no proof."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from unittest import mock
from uuid import uuid4

import crum
import pytest
from django import forms
from django.core import mail
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse, QueryDict
from django.test import RequestFactory, override_settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openedx_events.learning.data import UserData, UserPersonalData
from openedx_events.learning.signals import STUDENT_REGISTRATION_COMPLETED
from openedx_filters.learning.filters import StudentRegistrationRequested

from solerni_xblocks.core import clock
from solerni_xblocks.terms import api, filters, inputs, models, presenters
from solerni_xblocks.terms.data import Audience, Tick, Version
from solerni_xblocks.terms.forms import RegistrationForm
from solerni_xblocks.terms.middleware import TermsGate, answers
from tests.terms.conftest import Publish, list_answers

PreventRegistration = StudentRegistrationRequested.PreventRegistration
pytestmark = pytest.mark.usefixtures("adults")


@pytest.fixture
def adults(settings: Any) -> None:
    """Most sites ask for no birth date."""
    settings.SOLERNI_TERMS_BIRTH_ASKED = False


def box(version: Version, language: str = "fr") -> str:
    return Tick(version_uuid=version.uuid, language=language).field_name


def make_form(*names: str, **others: str) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update({"username": "zoe", "password": "secret-9", **others} | dict.fromkeys(names, "on"))
    return form


class Browser:
    """One request to the platform's registration, from its filter to its event."""

    def __init__(self) -> None:
        self.request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Firefox")
        self.request.session = {}

    def send(self, form: QueryDict, user: Any) -> QueryDict:
        crum.set_current_request(self.request)
        try:
            seen = StudentRegistrationRequested.run_filter(form_data=form)
            announce(user)
            return seen
        finally:
            crum.set_current_request(None)


def announce(user: Any) -> None:
    """What the platform sends when an account is there, with or without a form."""
    pii = UserPersonalData(username=user.username, email=user.email, name="")
    STUDENT_REGISTRATION_COMPLETED.send_event(user=UserData(id=user.id, is_active=True, pii=pii))


@pytest.fixture
def browser() -> Browser:
    return Browser()


def test_a_tick_becomes_exactly_one_proof(
    learner: Any, publish: Publish, browser: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    version = publish()
    seen = browser.send(make_form(box(version, "en")), learner)
    assert seen["password"] == "secret-9"
    (proof,) = list_answers()
    text = models.Text.objects.get(version__uuid=version.uuid, language="en")
    assert (proof.act, proof.channel, proof.actor) == ("accept", "registration", "self")
    assert (proof.version_uuid, proof.language, proof.text_digest) == (version.uuid, "en", text.digest)
    assert (proof.person.member_id, proof.person.ip, proof.person.agent) == (learner.id, "203.0.113.0", "Firefox")
    assert proof.screen_digest == presenters.get_screen_digest(presenters.BOX)
    assert abs(proof.decided_at - clock.now()) < timedelta(minutes=1)
    api.require_acceptance(learner.id, None)


def test_without_the_tick_there_is_no_account(learner: Any, publish: Publish, browser: Browser) -> None:
    version = publish()
    with pytest.raises(PreventRegistration) as caught:
        browser.send(make_form(), learner)
    assert caught.value.status_code == 400
    assert caught.value.solerni_code == "terms_not_ticked"
    assert f"https://learn.example.org/solerni/terms/terms/{version.uuid}/?lang=fr" in str(caught.value)
    assert not list_answers()


@pytest.mark.parametrize("value", ["false", "", "off", "0"])
def test_a_box_that_is_sent_without_a_tick_is_not_ticked(
    learner: Any, publish: Publish, browser: Browser, value: str
) -> None:
    version = publish()
    with pytest.raises(PreventRegistration):
        browser.send(make_form(**{box(version): value}), learner)


def test_a_version_that_is_no_longer_current_is_refused_with_409_and_the_new_text(
    learner: Any, publish: Publish, browser: Browser
) -> None:
    old = publish("1.0")
    new = publish("2.0", note=" More.")
    with pytest.raises(PreventRegistration) as caught:
        browser.send(make_form(box(old)), learner)
    assert caught.value.status_code == 409
    assert caught.value.solerni_code == "terms_outdated"
    assert str(new.uuid) in str(caught.value)
    assert not list_answers()
    browser.send(make_form(box(new)), learner)
    assert list_answers().get().version_uuid == new.uuid


def test_a_version_of_another_audience_or_of_nobody_is_refused_as_outdated(
    learner: Any, publish: Publish, browser: Browser, course_key: Any
) -> None:
    right = publish()
    other = publish(slug="partner", audience=Audience.COURSE, course_key=str(course_key))
    for name in (box(other), f"solerni_terms_{uuid4().hex}_fr"):
        with pytest.raises(PreventRegistration) as caught:
            browser.send(make_form(box(right), name), learner)
        assert caught.value.status_code == 409


def test_a_language_that_the_version_does_not_have_is_refused(learner: Any, publish: Publish, browser: Browser) -> None:
    with pytest.raises(PreventRegistration) as caught:
        browser.send(make_form(box(publish(), "it")), learner)
    assert caught.value.solerni_code == "terms_language"


def test_minor_change_is_what_one_registers_under(learner: Any, publish: Publish, browser: Browser) -> None:
    publish("1.0")
    minor = publish("1.1", note=" Spelling.", requires_acceptance=False)
    assert [page.version.uuid for page in api.list_registration_pages()] == [minor.uuid]
    browser.send(make_form(box(minor)), learner)
    api.require_acceptance(learner.id, None)


def test_who_joins_after_a_publication_is_never_asked_again_at_its_date(
    learner: Any, publish: Publish, browser: Browser
) -> None:
    now, later = publish("1.0"), publish("2.0", note=" New.", effective_at=clock.now() + timedelta(days=30))
    with pytest.raises(PreventRegistration):
        browser.send(make_form(box(now)), learner)
    browser.send(make_form(box(now), box(later)), learner)
    with mock.patch.object(clock, "now", return_value=later.effective_at + timedelta(seconds=1)):
        api.require_acceptance(learner.id, None)


def test_each_document_has_its_own_box_and_optional_ones_none(learner: Any, publish: Publish, browser: Browser) -> None:
    terms = publish(order=2)
    charter = publish(slug="charter", order=1)
    publish(slug="letter", is_required=False)
    publish(slug="note", requires_acceptance=False)
    publish(slug="young", audience=Audience.MINORS)
    assert [page.version.document for page in api.list_registration_pages()] == ["charter", "terms"]
    with pytest.raises(PreventRegistration):
        browser.send(make_form(box(terms)), learner)
    browser.send(make_form(box(terms), box(charter)), learner)
    assert list_answers().count() == 2


def test_a_site_without_documents_asks_for_nothing(learner: Any, browser: Browser) -> None:
    browser.send(make_form(), learner)
    assert not list_answers()


def test_an_event_told_twice_and_a_form_sent_twice_leave_one_proof_and_one_mail(
    learner: Any, publish: Publish, browser: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    form = make_form(box(publish()))
    with django_capture_on_commit_callbacks(execute=True):
        browser.send(form.copy(), learner)
        browser.send(form.copy(), learner)
        announce(learner)
    assert list_answers().count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("way", ["single sign-on", "CSV or auto_auth", "made by staff"])
def test_an_account_for_which_no_form_was_seen_has_no_proof_and_is_asked_at_first_use(
    learner: Any, author: Any, publish: Publish, browser: Browser, way: str
) -> None:
    publish()
    if way == "single sign-on":  # the provider's pipeline posts the form without showing it
        browser.request.session["partial_pipeline_token"] = "token"
        browser.send(make_form(), learner)
    elif way == "made by staff":
        browser.request.user = author
        crum.set_current_request(browser.request)
        announce(learner)
        crum.set_current_request(None)
    else:
        announce(learner)
    assert not list_answers()
    with pytest.raises(Exception, match="terms_required"):
        api.require_acceptance(learner.id, None)


def test_single_sign_on_that_shows_the_form_and_its_tick_gives_a_proof(
    learner: Any, publish: Publish, browser: Browser
) -> None:
    browser.request.session["partial_pipeline_token"] = "token"
    browser.send(make_form(box(publish())), learner)
    assert list_answers().count() == 1


def test_one_request_gives_its_form_to_one_account(
    learner: Any, other_learner: Any, publish: Publish, browser: Browser
) -> None:
    version = publish()
    browser.send(make_form(box(version)), learner)
    crum.set_current_request(browser.request)
    announce(other_learner)
    crum.set_current_request(None)
    assert [proof.person.member_id for proof in list_answers()] == [learner.id]


def test_operator_whose_form_shows_no_box_loses_no_registration_and_invents_no_proof(
    learner: Any, publish: Publish, browser: Browser
) -> None:
    publish()
    with override_settings(REGISTRATION_EXTENSION_FORM="django.forms.Form"):
        browser.send(make_form(), learner)
    assert not list_answers()


def test_version_that_changes_between_filter_and_event_is_asked_at_the_first_page(
    learner: Any, publish: Publish, browser: Browser
) -> None:
    version = publish()
    said = inputs.parse_registration(make_form(box(version)), browser.request, screen_digest="0" * 64)
    publish("2.0", note=" More.")
    assert api.accept_when_registering(learner.id, said) == []
    assert not list_answers()


def test_database_error_in_the_step_opens_no_account(learner: Any, publish: Publish, browser: Browser) -> None:
    form = make_form(box(publish()))
    with (
        mock.patch.object(models.Document.objects, "filter", side_effect=OperationalError),
        pytest.raises(PreventRegistration) as caught,
    ):
        browser.send(form, learner)
    assert caught.value.status_code == 503
    assert not list_answers()


@pytest.mark.parametrize("documents", [1, 4])
def test_judging_a_form_costs_the_same_however_many_documents(
    learner: Any, publish: Publish, browser: Browser, documents: int, django_assert_num_queries: Any
) -> None:
    form = make_form(*[box(publish(slug=f"document-{number}")) for number in range(documents)])
    said = inputs.parse_registration(form, browser.request, screen_digest="0" * 64)
    with django_assert_num_queries(3):
        api.require_boxes(said)
    with django_assert_num_queries(4):
        assert len(api.list_registration_pages(languages=["en"])) == documents


@pytest.mark.parametrize("documents", [1, 4])
def test_each_further_proof_costs_the_same(
    learner: Any, publish: Publish, browser: Browser, documents: int, django_assert_max_num_queries: Any
) -> None:
    form = make_form(*[box(publish(slug=f"document-{number}")) for number in range(documents)])
    said = inputs.parse_registration(form, browser.request, screen_digest="0" * 64)
    with django_assert_max_num_queries(8 + 18 * documents):
        assert len(api.accept_when_registering(learner.id, said)) == documents


def test_mail_holds_permalink_label_and_digest_in_the_language_of_the_member(
    learner: Any, publish: Publish, browser: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    version = publish("2026-1")
    with django_capture_on_commit_callbacks(execute=True):
        browser.send(make_form(box(version)), learner)
    (message,) = mail.outbox
    digest = models.Text.objects.get(version__uuid=version.uuid, language="fr").digest
    html = str(message.alternatives[0][0])
    assert message.to == ["lea@example.org"]
    for part in (message.body, html):
        assert f"https://learn.example.org/solerni/terms/terms/{version.uuid}/?lang=fr" in part
        assert "2026-1" in part
        assert digest in part
        assert "Conditions" in part


def test_mail_that_cannot_leave_does_not_undo_the_proof(
    learner: Any, publish: Publish, browser: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    form = make_form(box(publish()))
    with (
        mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=ConnectionRefusedError),
        django_capture_on_commit_callbacks(execute=True),
    ):
        browser.send(form, learner)
    assert list_answers().count() == 1


def test_form_of_the_platform_shows_an_unticked_box_with_label_and_address(publish: Publish) -> None:
    version = publish("2026-1")
    with override("en"):
        form = RegistrationForm()
    (field,) = form.fields.values()
    assert list(form.fields) == [box(version, "en")]
    assert type(field).__name__ == "BooleanField"  # the platform maps exact classes to its own kinds
    assert field.required
    assert not field.initial
    assert field.label == (
        "I have read and accept “Terms”, version 2026-1. "
        f"https://learn.example.org/solerni/terms/terms/{version.uuid}/?lang=en"
    )


class TheirForm(RegistrationForm):
    """As docs/how-to/registration-and-filters.md tells operators who have a form of their own."""

    company = forms.CharField()


def test_form_of_an_operator_made_from_ours_shows_its_fields_and_our_boxes(
    learner: Any, publish: Publish, browser: Browser, settings: Any
) -> None:
    settings.REGISTRATION_EXTENSION_FORM = f"{__name__}.TheirForm"
    name = box(publish())
    assert list(TheirForm().fields) == ["company", name]
    with pytest.raises(PreventRegistration):
        browser.send(make_form(company="ACME"), learner)
    browser.send(make_form(name, company="ACME"), learner)
    assert TheirForm(data=make_form(name, company="ACME")).is_valid()
    assert not TheirForm(data=make_form(name)).is_valid()


def test_form_of_the_platform_is_saved_as_the_platform_does(learner: Any, publish: Publish) -> None:
    """student/helpers.py, do_create_account: save(commit=False), then user, then save()."""
    form = RegistrationForm(data=make_form(box(publish())))
    assert not form.errors
    saved = form.save(commit=False)
    saved.user = learner
    saved.save()


def test_announced_version_says_from_when(publish: Publish) -> None:
    publish("1.0")
    publish("2.0", note=" New.", effective_at=clock.now().replace(year=2099, month=3, day=1, hour=12))
    with override("en"):
        labels = [field.label for field in RegistrationForm().fields.values()]
    assert "in force from" not in labels[0]
    assert "version 2.0, in force from March 1, 2099." in labels[1]


@given(st.uuids(), st.sampled_from(["fr", "en", "pt"]))
def test_name_of_a_box_survives_clients_that_rewrite_names(uuid: Any, language: str) -> None:
    """The Authn MFE sends names in snake case, with an underscore at each change between letters and digits."""
    tick = Tick(version_uuid=uuid, language=language)
    mangled = "_".join(letter for letter in tick.field_name if letter != "_")
    assert Tick.read(tick.field_name) == tick == Tick.read(mangled)


@given(st.text(max_size=60))
def test_any_other_field_is_no_box(name: str) -> None:
    assert Tick.read(name) is None


def test_birth_date_and_country_are_kept_once_when_they_are_asked(
    learner: Any, publish: Publish, browser: Browser, settings: Any
) -> None:
    settings.SOLERNI_TERMS_BIRTH_ASKED = True
    name = box(publish())
    assert list(RegistrationForm().fields)[-1] == inputs.BIRTH_FIELD
    browser.send(make_form(name, solerni_birth_on="1990-04-02", country="be"), learner)
    kept = models.Birth.objects.get(member_id=learner.id)
    assert (kept.born_on, kept.country) == (date(1990, 4, 2), "BE")
    with pytest.raises(Exception, match="terms_birth_stated"):
        api.state_birth(learner.id, born_on=date(1970, 1, 1), country="FR")
    kept.refresh_from_db()
    assert kept.born_on == date(1990, 4, 2)


def test_minor_who_registers_is_asked_for_a_guardian(
    learner: Any, publish: Publish, browser: Browser, settings: Any
) -> None:
    settings.SOLERNI_TERMS_BIRTH_ASKED = True
    born_on = clock.now().date() - timedelta(days=14 * 366)
    browser.send(make_form(box(publish()), solerni_birth_on=born_on.isoformat()), learner)
    with pytest.raises(Exception, match="parental_consent_required"):
        api.require_acceptance(learner.id, None)


@pytest.mark.parametrize("stated", ["", "yesterday", "2009-13-01", "1800-01-01", "2999-01-01", "\x00", "9" * 500])
def test_birth_date_that_cannot_be_is_refused(
    learner: Any, publish: Publish, browser: Browser, settings: Any, stated: str
) -> None:
    settings.SOLERNI_TERMS_BIRTH_ASKED = True
    with pytest.raises(PreventRegistration) as caught:
        browser.send(make_form(box(publish()), solerni_birth_on=stated), learner)
    assert caught.value.status_code == 400
    assert caught.value.solerni_code in ("terms_birth_malformed", "terms_birth_refused")
    assert not models.Birth.objects.exists()


@pytest.mark.parametrize("country", ["", "France", "f", "12", "ÉÀ"])
def test_country_that_is_no_code_counts_as_none(browser: Browser, settings: Any, country: str) -> None:
    settings.SOLERNI_TERMS_BIRTH_ASKED = True
    form = make_form(solerni_birth_on="1990-04-02", country=country)
    assert inputs.parse_registration(form, browser.request, screen_digest="").birth.country == ""


def answer_as_the_platform(request: Any) -> Any:
    """The platform's view (user_authn/views/register.py): text and status of the halt, no code."""
    crum.set_current_request(request)
    try:
        filters.RequireTicks("type", []).run_filter(form_data=request.POST)
    except PreventRegistration as halt:
        return JsonResponse({"error_message": [{"user_message": str(halt)}]}, status=halt.status_code)
    finally:
        crum.set_current_request(None)
    return JsonResponse({"success": True})


@pytest.mark.parametrize(
    ("ticked", "status", "code"), [("old", 409, "terms_outdated"), ("", 400, "terms_not_ticked"), ("new", 200, None)]
)
def test_a_refusal_reaches_the_registration_frontend_with_its_code(publish, ticked: str, status: int, code) -> None:
    versions = {"old": publish("1.0"), "new": publish("2.0", note=" new")}
    names = [Tick(version_uuid=versions[ticked].uuid, language="fr").field_name] if ticked else []
    request = RequestFactory().post("/api/user/v2/account/registration/", dict.fromkeys(names, "true"))
    request.session = {}
    answer = TermsGate(answer_as_the_platform)(request)
    body = json.loads(answer.content)
    assert (answer.status_code, body.get("error_code")) == (status, code)
    assert bool(body.get("error_message")) is (status != 200)


@pytest.mark.parametrize("content", [b"", b"<p>no", b"[1]", b'{"error_code": "own", "error_message": []}', b"{}"])
def test_an_answer_in_another_shape_or_with_a_code_of_its_own_keeps_what_it_says(content: bytes) -> None:
    named = answers.name_refusal(HttpResponse(content), "terms_outdated").content
    assert named == content or json.loads(named) == json.loads(content)
