"""Pages of documents: open to all, for ever; the answer of a member; nowhere else to go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import checks
from django.test import Client

from solerni_xblocks.terms import api, models
from solerni_xblocks.terms.data import Audience
from tests.terms.conftest import list_answers, make_answer

pytestmark = pytest.mark.django_db
PAGE = "/solerni/terms/terms/"


@pytest.fixture
def member(client, learner):
    client.force_login(learner)
    return client


def form(version, /, **changes):
    return {"version": str(version.uuid), "language": "fr", "agree": "on", "answer": "accept", **changes}


def test_a_visitor_reads_the_version_in_force_with_its_dates_and_past(publish, client) -> None:
    publish("1.0")
    publish("2.0", note=" nouveau", summary="Plus clair.")
    publish("3.0", note=" futur", effective_at=datetime(2099, 1, 1, tzinfo=UTC))
    response = client.get(PAGE)
    content = response.content.decode()
    assert response.status_code == 200
    assert "Version 2.0" in content
    assert "Plus clair." in content
    for label in ("1.0", "2.0", "3.0"):
        assert f'href="{PAGE}{label}/"' in content
    assert "data-solerni-terms-answer" not in content


def test_every_published_version_has_a_permalink_open_to_all(publish, client) -> None:
    old = publish("1.0")
    publish("2.0", note=" nouveau")
    later = publish("3.0", note=" futur", effective_at=datetime(2099, 1, 1, tzinfo=UTC))
    for version, stage in ((old, "superseded"), (later, "scheduled")):
        for name in (version.label, str(version.uuid)):
            response = client.get(f"{PAGE}{name}/")
            assert response.status_code == 200
            assert f'data-solerni-terms-stage="{stage}"' in response.content.decode()
    assert "data-solerni-terms-stage" not in client.get(f"{PAGE}2.0/").content.decode()


@pytest.mark.parametrize(
    "path", ["nothing/", "terms/9.9/", "terms/%00/", "terms/00000000-0000-4000-8000-000000000000/"]
)
def test_what_does_not_exist_is_a_404(publish, client, path: str) -> None:
    publish()
    assert client.get(f"/solerni/terms/{path}").status_code == 404


def test_the_reader_switches_language_and_that_language_is_recorded(publish, member) -> None:
    version = publish()
    assert "Soyez aimables" in member.get(PAGE).content.decode()
    english = member.get(f"{PAGE}?lang=en").content.decode()
    assert "Be kind" in english
    assert 'name="language" value="en"' in english
    member.post(PAGE, form(version, language="en"))
    assert list_answers().get().language == "en"


def test_an_unknown_language_shows_the_sites(publish, client) -> None:
    publish()
    assert "Soyez aimables" in client.get(f"{PAGE}?lang=%00x").content.decode()


def test_a_member_accepts_and_goes_on(publish, member, learner) -> None:
    version = publish()
    response = member.post(PAGE, form(version, next="/courses/x/"), REMOTE_ADDR="2001:db8:1:2::3")
    assert (response.status_code, response["Location"]) == (303, "/courses/x/")
    proof = list_answers().get()
    assert (proof.channel, proof.course_key, proof.person.ip) == ("page", "", "2001:db8:1::")
    content = member.get(PAGE).content.decode()
    assert str(proof.uuid) in content
    assert "data-solerni-terms-answer" not in content


def test_the_box_is_never_ticked_beforehand_and_is_needed(publish, member) -> None:
    version = publish()
    assert "checked" not in member.get(PAGE).content.decode()
    response = member.post(PAGE, form(version, agree=""))
    content = response.content.decode()
    assert response.status_code == 400
    assert "data-solerni-terms-refusal" in content
    assert "data-solerni-terms-accept" in content
    assert not list_answers().exists()


def test_a_member_declines_and_may_still_accept(publish, member) -> None:
    version = publish()
    response = member.post(PAGE, form(version, answer="decline", agree="", next="/courses/x/"))
    assert response["Location"] == f"{PAGE}?next=%2Fcourses%2Fx%2F"
    content = member.get(PAGE).content.decode()
    assert str(list_answers().get().uuid) in content
    assert "data-solerni-terms-accept" in content


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "http:///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        " //evil.example",
        "\x00//evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
    ],
)
def test_next_leads_nowhere_else(publish, member, target: str) -> None:
    version = publish()
    assert target not in member.get(PAGE, {"next": target}).content.decode()
    assert member.post(PAGE, form(version, next=target))["Location"] == PAGE


def test_next_may_name_this_very_site(publish, member) -> None:
    assert member.post(PAGE, form(publish(), next="http://testserver/courses/x/"))["Location"].endswith("/courses/x/")


def test_a_version_that_is_not_in_force_is_answered_with_409_and_the_new_text(publish, member) -> None:
    old = publish("1.0")
    new = publish("2.0", note=" nouveau")
    response = member.post(PAGE, form(old))
    assert response.status_code == 409
    assert str(new.uuid) in response.content.decode()
    assert not list_answers().exists()


@pytest.mark.parametrize(
    "changes", [{"version": ""}, {"version": "\x00"}, {"language": ""}, {"answer": "maybe"}, {"answer": ""}]
)
def test_a_malformed_form_is_a_400(publish, member, changes) -> None:
    assert member.post(PAGE, form(publish(), **changes)).status_code == 400
    assert not list_answers().exists()


def test_a_visitor_who_posts_is_sent_to_log_in(publish, client) -> None:
    response = client.post(PAGE, form(publish()))
    assert response.status_code == 302
    assert response["Location"].startswith("/login?next=/solerni/terms/terms/")
    assert not list_answers().exists()


def test_a_post_without_csrf_token_is_refused(publish, learner) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(PAGE, form(publish())).status_code == 403
    assert not list_answers().exists()


def test_a_user_id_in_the_form_is_not_listened_to(publish, member, learner, other_learner) -> None:
    member.post(PAGE, form(publish(), member_id=other_learner.id, user_id=other_learner.id, decided_at="2001-01-01"))
    assert models.ProofPerson.objects.get().member_id == learner.id
    assert list_answers().get().decided_at.year > 2001


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(publish, member, method: str) -> None:
    publish()
    assert getattr(member, method)(PAGE).status_code == 405
    assert getattr(member, method)(f"{PAGE}1.0/").status_code == 405


def test_a_document_that_only_informs_asks_for_no_answer(publish, member) -> None:
    publish(requires_acceptance=False)
    assert "data-solerni-terms-accept" not in member.get(PAGE).content.decode()


def test_who_has_accepted_may_go_on_from_the_page(publish, member, learner) -> None:
    api.accept_version(make_answer(learner.id, publish()))
    assert 'href="/courses/x/"' in member.get(PAGE, {"next": "/courses/x/"}).content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_the_same_for_few_and_many_versions(publish, client, django_assert_num_queries, count) -> None:
    for number in range(count):
        publish(f"1.{number}", note=str(number))
    with django_assert_num_queries(3):
        client.get(PAGE)


def run_checks() -> set[str]:
    return {found.id for found in checks.run_checks(tags=["solerni"], databases=["default"])}


def test_the_system_check_says_when_nothing_asks_members(publish) -> None:
    assert "solerni_terms.W001" in run_checks()
    publish(requires_acceptance=False)
    assert "solerni_terms.W001" in run_checks()
    publish("2.0", note=" new")
    assert "solerni_terms.W001" not in run_checks()


@pytest.mark.parametrize(
    ("document", "is_asked"),
    [
        ({"audience": Audience.EVERYONE}, True),
        ({"audience": Audience.MEMBERS, "is_required": False}, False),
        ({"audience": Audience.MINORS}, False),
    ],
)
def test_the_system_check_counts_what_every_member_must_accept(publish, document, is_asked) -> None:
    publish(**document)
    assert ("solerni_terms.W001" not in run_checks()) is is_asked


def test_the_system_check_says_when_a_document_lacks_the_sites_language(publish, settings) -> None:
    publish()
    assert "solerni_terms.W002" not in run_checks()
    settings.LANGUAGE_CODE = "de"
    assert "solerni_terms.W002" in run_checks()
