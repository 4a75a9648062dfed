"""Who one is in the demo: personas, passwords, roles, languages, views, and the register that answers the host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.demo import personas, seed, site_api
from solerni_xblocks.demo.models import Course, LoggedEvent, Profile
from solerni_xblocks.demo.register import SiteRegister
from solerni_xblocks.host import standalone

pytestmark = pytest.mark.django_db
COURSE = CourseKey.from_string("course-v1:Solerni+DECOUVRIR+2026")


@pytest.fixture
def people() -> dict[str, Any]:
    """The personas' accounts, as the seed makes them, and one course."""
    seed.seed_people()
    Course.objects.create(course_key=str(COURSE), title="Découvrir", language="fr")
    return {profile.user.username: profile.user for profile in Profile.objects.select_related("user")}


@pytest.fixture
def site_register() -> Iterator[SiteRegister]:
    before = standalone.register
    register = SiteRegister()
    standalone.use_register(register)
    yield register
    standalone.use_register(before)


def who(client: Any) -> str:
    page = client.get("/").content.decode()
    return page.split('data-demo-who="')[1].split('"')[0]


@pytest.mark.parametrize("persona", personas.PERSONAS, ids=lambda persona: persona.username)
def test_one_click_makes_one_a_persona(people: dict[str, Any], client: Any, persona: personas.Persona) -> None:
    assert client.post(f"/demo/enter/{persona.username}").status_code == 302
    assert who(client) == persona.username


@pytest.mark.parametrize("persona", personas.PERSONAS, ids=lambda persona: persona.username)
def test_a_persona_can_log_in_with_the_password_shown(
    people: dict[str, Any], client: Any, persona: personas.Persona
) -> None:
    client.post("/login", {"username": persona.username, "password": persona.password})
    assert who(client) == persona.username


def test_a_wrong_password_is_refused_with_a_hint(people: dict[str, Any], client: Any) -> None:
    answer = client.post("/login", {"username": "lea", "password": "guess"}, headers={"Accept-Language": "en"})
    assert "demo-" in answer.content.decode()
    assert who(client) == ""


def test_entering_needs_a_form_of_the_site(people: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/demo/enter/lea")
    assert answer.status_code == 403
    assert 'data-demo-error="csrf"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/logout", "/demo/language", "/demo/view-as"])
def test_a_link_cannot_change_who_one_is(people: dict[str, Any], client: Any, path: str) -> None:
    assert client.get(path).status_code == 405


def test_the_address_of_a_persona_leads_to_the_buttons(people: dict[str, Any], client: Any) -> None:
    assert client.get("/demo/enter/lea").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session
    assert client.get("/demo/enter/nobody").status_code == 404


@pytest.mark.parametrize("name", ["maelle", "nobody"])
def test_nobody_enters_as_a_voice_or_a_stranger(people: dict[str, Any], client: Any, name: str) -> None:
    assert client.post(f"/demo/enter/{name}").status_code == 404


def test_a_voice_has_no_password(people: dict[str, Any]) -> None:
    assert not people["maelle"].has_usable_password()


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/demo/events/", "/demo/events/"),
        ("https://evil.test/", "/"),
        ("//evil.test/", "/"),
        ("", "/"),
        ("/login?next=/x", "/x"),
        ("/login?next=//evil.test/", "/"),
        ("/login?next=/login", "/"),
    ],
)
def test_one_returns_to_a_page_of_this_site_only(
    people: dict[str, Any], client: Any, target: str, expected: str
) -> None:
    assert client.post("/demo/enter/lea", {"next": target})["Location"] == expected


def test_switching_persona_leaves_nothing_of_the_first_one(people: dict[str, Any], client: Any) -> None:
    client.post("/demo/enter/ana")
    client.post("/demo/view-as", {"as": "student"})
    client.post("/demo/enter/lea")
    assert site_api.MASQUERADE not in client.session


def test_logging_out_works_from_anywhere(people: dict[str, Any], client: Any) -> None:
    client.post("/demo/enter/lea")
    assert client.post("/logout").status_code == 302
    assert who(client) == ""


def test_an_author_views_as_a_learner_and_back(people: dict[str, Any], client: Any) -> None:
    client.post("/demo/enter/ana")
    client.post("/demo/view-as", {"as": "student"})
    assert client.session[site_api.MASQUERADE] == "student"
    client.post("/demo/view-as", {"as": "author"})
    assert site_api.MASQUERADE not in client.session


@pytest.mark.parametrize("name", ["lea", "modou"])
def test_others_have_no_other_view(people: dict[str, Any], client: Any, name: str) -> None:
    client.post(f"/demo/enter/{name}")
    assert client.post("/demo/view-as", {"as": "student"}).status_code == 403


def test_the_language_is_kept_for_pages_and_mails(people: dict[str, Any], client: Any) -> None:
    client.post("/demo/enter/lea")
    client.post("/demo/language", {"language": "en"})
    assert '<html lang="en">' in client.get("/").content.decode()
    assert site_api.find_languages([people["lea"].id]) == {people["lea"].id: "en"}


def test_a_language_that_the_site_does_not_speak_changes_nothing(people: dict[str, Any], client: Any) -> None:
    client.post("/demo/enter/lea")
    client.post("/demo/language", {"language": "xx"})
    assert site_api.find_languages([people["lea"].id]) == {people["lea"].id: "fr"}


def test_roles_are_those_of_the_seed(people: dict[str, Any]) -> None:
    roles = {name: set(site_api.get_roles(user.id, COURSE)) for name, user in people.items()}
    assert roles["lea"] == roles["sam"] == roles["nina"] == roles["modou"] == {"student"}
    assert roles["ana"] == {"staff"}
    assert roles["oscar"] == set()


def test_a_role_is_given_once(people: dict[str, Any]) -> None:
    site_api.give_role(people["lea"].id, COURSE, "student")
    assert people["lea"].demo_roles.filter(course_key=str(COURSE)).count() == 1


def test_an_unknown_role_is_refused(people: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="wizard"):
        site_api.give_role(people["lea"].id, COURSE, "wizard")


def test_authors_are_staff_and_the_operator(people: dict[str, Any]) -> None:
    found = {name for name, user in people.items() if site_api.is_author(user, COURSE)}
    assert found == {"ana", "oscar"}
    assert not site_api.is_author(AnonymousUser(), COURSE)
    assert not site_api.is_author_anywhere(AnonymousUser())


def test_an_account_that_is_closed_is_no_author(people: dict[str, Any]) -> None:
    people["ana"].is_active = False
    assert not site_api.is_author(people["ana"], COURSE)


def test_nina_is_fourteen_and_has_a_guardian(people: dict[str, Any]) -> None:
    from solerni_xblocks.core import clock

    nina = Profile.objects.get(user=people["nina"])
    assert nina.guardian_email == "paul@example.org"
    assert clock.now().date().year - nina.birth_on.year == 14


def test_the_register_answers_the_host(people: dict[str, Any], site_register: SiteRegister) -> None:
    host = standalone.Standalone()
    assert host.courses.get_title(COURSE) == "Découvrir"
    assert host.courses.get_language(COURSE) == "fr"
    assert host.courses.is_enrolled(people["lea"].id, COURSE)
    assert not host.courses.is_enrolled(people["ana"].id, COURSE)
    assert host.courses.may_author(people["ana"].id, COURSE)
    assert host.courses.is_staff(people["oscar"].id, COURSE)
    assert not host.courses.is_staff(people["lea"].id, COURSE)
    assert host.people.find_person(people["lea"].id).language == "fr"
    assert host.courses.get_title(CourseKey.from_string("course-v1:No+Such+Course")) == "course-v1:No+Such+Course"


def test_the_register_keeps_what_is_tracked(people: dict[str, Any], site_register: SiteRegister) -> None:
    standalone.Standalone().tracking.emit("solerni.post", {"post": "1"})
    assert LoggedEvent.objects.get().data == {"post": "1"}


def test_languages_are_found_in_one_query(
    people: dict[str, Any], site_register: SiteRegister, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert len(site_register.find_languages({user.id for user in people.values()})) == len(people)
