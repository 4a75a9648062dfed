"""A birth date that the site asks for and nobody has stated is an obstacle: without it, no guardian would be asked."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import crum
import pytest
from django.test import Client

from solerni_xblocks.terms import api, filters
from solerni_xblocks.terms.data import Guard, Obligation
from solerni_xblocks.terms.errors import BirthRequired, ParentalConsentRequired, TermsRequired
from tests.terms.conftest import make_answer

pytestmark = pytest.mark.django_db
JSON, HTML = {"HTTP_ACCEPT": "application/json"}, {"HTTP_ACCEPT": "text/html"}


@pytest.fixture(autouse=True)
def asking(settings: Any) -> None:
    settings.SOLERNI_TERMS_BIRTH_ASKED = True


def enter(member: Any) -> None:
    api.forget_answers()
    api.require_acceptance(member.id, None)


def test_the_birth_date_comes_first_then_the_guardian_or_the_terms(publish, learner, other_learner) -> None:
    version = publish()
    for member in (learner, other_learner):
        with pytest.raises(BirthRequired) as refusal:
            enter(member)
        assert refusal.value.where_to_go == "/solerni/terms/birth/?next=%2F"
    api.state_birth(learner.id, born_on=date.today().replace(year=date.today().year - 12, day=1), country="FR")
    with pytest.raises(ParentalConsentRequired):
        enter(learner)
    api.state_birth(other_learner.id, born_on=date(1990, 1, 1), country="FR")
    with pytest.raises(TermsRequired):
        enter(other_learner)
    api.accept_version(make_answer(other_learner.id, version))
    enter(other_learner)


def test_who_accepted_without_a_birth_date_is_asked_for_it_and_goes_on(publish, learner, client: Client) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    client.force_login(learner)
    asked = client.get("/courses/", **HTML)
    assert (asked.status_code, asked["Location"]) == (302, "/solerni/terms/birth/?next=%2Fcourses%2F")
    told = client.get("/courses/", **JSON)
    assert (told.status_code, told.json()["error_code"]) == (403, "birth_required")
    assert told.json()["where_to_go"].startswith("http://testserver/solerni/terms/birth/?next=")
    for never_gated in ("/logout", "/solerni/terms/terms/", "/solerni/members/my-data/", asked["Location"]):
        assert "/solerni/terms/birth/" not in client.get(never_gated).headers.get("Location", "")
    client.force_login(learner)
    done = client.post(asked["Location"], {"born_on": "1990-01-01", "country": "", "next": "/courses/"})
    assert (done.status_code, done["Location"]) == (303, "/courses/")
    enter(learner)


def test_a_site_that_does_not_ask_or_has_no_document_asks_nobody(publish, learner, settings) -> None:
    enter(learner)
    api.accept_version(make_answer(learner.id, publish()))
    settings.SOLERNI_TERMS_BIRTH_ASKED = False
    enter(learner)


def test_a_document_for_minors_alone_asks_everybody_when_they_were_born(publish, learner, other_learner) -> None:
    publish(slug="minors", audience="minors")
    with pytest.raises(BirthRequired):
        enter(learner)
    api.state_birth(learner.id, born_on=date(1990, 1, 1), country="FR")
    enter(learner)


def test_a_terms_block_asks_too_unless_it_is_optional(publish, learner, course_key) -> None:
    version = publish(slug="charter", is_required=False)
    api.decline_version(make_answer(learner.id, version, document="charter"))
    optional = Guard(document="charter", obligation=Obligation.OPTIONAL)
    api.require_document(learner.id, optional, course_key, back="/here")
    with pytest.raises(BirthRequired) as refusal:
        api.require_document(learner.id, Guard(document="charter"), course_key, back="/here")
    assert refusal.value.where_to_go == "/solerni/terms/birth/?next=%2Fhere"


def test_a_service_account_is_not_asked(publish, learner, settings) -> None:
    publish()
    exempt = {"username": learner.username, "reason": "Nightly export", "until": "2099-01-01"}
    settings.SOLERNI_TERMS_EXEMPT_ACCOUNTS = [exempt]
    enter(learner)


def test_an_account_made_half_way_through_a_social_log_in_is_asked_at_its_first_page(publish, learner) -> None:
    """The platform takes its form without boxes and birth date, since a provider vouches for who it is."""
    publish()
    request = SimpleNamespace(session={"partial_pipeline_token": "x"}, META={}, user=learner)
    crum.set_current_request(request)
    try:
        filters.RequireTicks("type", []).run_filter(form_data={"username": "lea"})
    finally:
        crum.set_current_request(None)
    with pytest.raises(BirthRequired):
        enter(learner)


def test_warm_and_cold_cost_what_they_did(publish, learner, django_assert_num_queries) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    api.state_birth(learner.id, born_on=date(1990, 1, 1), country="FR")
    enter(learner)
    api.forget_answers(learner.id)
    with django_assert_num_queries(1):
        api.require_acceptance(learner.id, None)
    with django_assert_num_queries(0):
        api.require_acceptance(learner.id, None)


def test_the_frontends_are_told_of_the_page(publish, learner, client: Client) -> None:
    publish()
    client.force_login(learner)
    results = client.get("/solerni/terms/api/v1/unacknowledged").json()["results"]
    assert [result.partition("/solerni")[2].partition("?")[0] for result in results] == ["/terms/birth/"]
