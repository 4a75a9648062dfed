"""The demo's own pages: what each shows, to whom, under which headers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from solerni_xblocks.demo import headers, seed, site_api
from solerni_xblocks.demo.models import ClockOffset, Course

pytestmark = pytest.mark.django_db
KEY = "course-v1:Solerni+DECOUVRIR+2026"
PAGES = ["/", "/login", "/demo/mail/", "/demo/clock/", "/demo/events/"]


@pytest.fixture
def people() -> None:
    seed.seed_people()
    Course.objects.create(course_key=KEY, title="Découvrir", language="fr")


@pytest.fixture
def read(people: None, client: Any) -> Any:
    """The HTML of a page, in English, as somebody or as a visitor."""

    def read(path: str, name: str = "") -> str:
        if name:
            client.force_login(get_user_model().objects.get(username=name))
        return client.get(path, headers={"Accept-Language": "en"}).content.decode()

    return read


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_has_one_title_one_main_and_nothing_inline(people: None, client: Any, path: str, language: str) -> None:
    answer = client.get(path, headers={"Accept-Language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == page.count("<main") == 1
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page
    assert answer["Content-Security-Policy"] == headers.POLICY


def test_the_home_page_offers_courses_and_people(read: Any) -> None:
    page = read("/")
    assert f'href="/courses/{KEY}/"' in page
    assert page.count("data-solerni-persona=") == 6


def test_the_home_page_says_whose_course_it_is(read: Any) -> None:
    assert "My course" not in read("/")
    assert "My course" in read("/", "lea")


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("lea", {"members"}),
        ("modou", {"members", "queue"}),
        ("ana", {"members", "queue", "studio"}),
        ("oscar", {"members", "queue", "studio"}),
        ("", set()),
    ],
)
def test_the_frame_links_to_what_one_may_open(read: Any, name: str, links: set[str]) -> None:
    page = read("/", name)
    assert {link for link in ("members", "queue", "studio") if f"data-demo-{link}>" in page} == links


def test_administration_is_offered_to_the_operator_only(read: Any) -> None:
    assert 'href="/admin/"' not in read("/", "ana")
    assert 'href="/admin/"' in read("/", "oscar")


def test_the_operator_moves_the_clock(read: Any, client: Any, settings: Any) -> None:
    settings.SOLERNI_CLOCK = "solerni_xblocks.demo.clock.now"
    read("/", "oscar")
    client.post("/demo/clock/", {"step": "year"})
    assert ClockOffset.objects.get().seconds > 364 * 86_400
    assert "data-demo-moved" in read("/")
    client.post("/demo/clock/", {"step": "now"})
    assert "data-demo-moved" not in read("/")


@pytest.mark.parametrize("name", ["", "lea", "ana"])
def test_nobody_else_moves_the_clock(read: Any, client: Any, name: str) -> None:
    assert "data-demo-clock" not in read("/demo/clock/", name)
    assert client.post("/demo/clock/", {"step": "year"}).status_code == 403
    assert not ClockOffset.objects.exists()


def test_an_unknown_step_moves_nothing(read: Any, client: Any) -> None:
    read("/", "oscar")
    assert client.post("/demo/clock/", {"step": "century"}).status_code == 302
    assert not ClockOffset.objects.exists()


def test_the_event_log_is_newest_first_and_paged(read: Any) -> None:
    for number in range(60):
        site_api.log_event(f"event.{number:02}", {"user_id": number, "note": "<b>"})
    page = read("/demo/events/")
    assert page.index("event.59") < page.index("event.10")
    assert "event.09" not in page
    assert "event.09" in read("/demo/events/?page=2")
    assert "<b>" not in page


@pytest.mark.parametrize("page", ["0", "999", "x", "-1"])
def test_a_page_number_that_does_not_exist_is_still_a_page(read: Any, client: Any, page: str) -> None:
    assert client.get("/demo/events/", {"page": page}).status_code == 200


@pytest.mark.parametrize("name", ["", "lea"])
def test_an_unknown_address_says_where_to_go(read: Any, client: Any, name: str) -> None:
    page = read("/nowhere/", name)
    assert 'data-demo-error="page"' in page
    assert "Go to the home page" in page


def test_a_fault_is_admitted_without_asking_the_database(
    people: None, client: Any, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    from solerni_xblocks.demo import catalogue

    def fail(user: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(catalogue, "list_courses", fail)
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        answer = client.get("/", headers={"Accept-Language": "en"})
    assert answer.status_code == 500
    assert "What was saved before is safe" in answer.content.decode()


def test_pages_of_the_domains_stand_in_the_demos_frame() -> None:
    from django.template.loader import render_to_string

    assert "demo-header" in render_to_string("solerni/kit/page.html", {"frame": {"personas": []}})


@pytest.mark.parametrize(("path", "policy"), [("/studio/x", headers.STUDIO_POLICY), ("/x", headers.POLICY)])
def test_only_studio_allows_style_attributes(client: Any, path: str, policy: str) -> None:
    assert client.get(path)["Content-Security-Policy"] == policy


def test_the_footer_leads_to_documents_and_verification(read: Any) -> None:
    page = read("/")
    for address in ("/solerni/badges/verify/", "/solerni/terms/terms/", "/solerni/terms/privacy/"):
        assert f'href="{address}"' in page


def test_a_browser_that_asks_for_an_icon_gets_the_sign(client: Any) -> None:
    assert client.get("/favicon.ico")["Location"] == "/static/solerni_demo/sign.svg"
