"""Every page that needs no story: looked at in both languages, at both widths, light and dark, by axe and by eye."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
COURSE = "course-v1:Solerni+DECOUVRIR+2026"
UNIT = f"/courses/{COURSE}/units/block-v1:Solerni+DECOUVRIR+2026+type@vertical+block@entrer"
ELSEWHERE = f"/courses/{COURSE}/units/block-v1:Solerni+DECOUVRIR+2026+type@vertical+block@cafe"

OPEN_TO_ALL = {
    "home": "/",
    "login": "/login",
    "terms": "/solerni/terms/terms/",
    "privacy": "/solerni/terms/privacy/",
    "verify-empty": "/solerni/badges/verify/",
    "issuer": "/solerni/badges/issuer/",
}
BY_PERSON = {
    "my-data": ("oscar", "/solerni/members/"),
    "clock": ("oscar", "/demo/clock/"),
    "events": ("oscar", "/demo/events/"),
    "mailbox-empty": ("oscar", "/demo/mail/"),
    "discussion-shut": ("oscar", ELSEWHERE),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_a_page_open_to_all(visitor: Any, name: str, language: str) -> None:
    somebody = visitor(language=language)
    page = somebody.open(OPEN_TO_ALL[name])
    expect(page.locator("html")).to_have_attribute("lang", language)
    somebody.look(f"{name}-{language}")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", BY_PERSON)
def test_a_page_of_somebody(visitor: Any, name: str, language: str) -> None:
    persona, path = BY_PERSON[name]
    somebody = visitor(persona, language=language)
    page = somebody.open(path)
    expect(page.locator("h1")).to_have_count(1)
    somebody.look(f"{name}-{language}")


def test_a_visitor_sees_the_unit_and_is_invited(visitor: Any) -> None:
    somebody = visitor()
    answer = somebody.page.goto(somebody.site + UNIT)
    assert answer is not None
    assert answer.status < 500
    somebody.look("unit-visitor")


@pytest.mark.parametrize(
    "path",
    [
        "/no/such/page",
        "/courses/course-v1:No+Such+Course/",
        f"/courses/{COURSE}/units/block-v1:Solerni+DECOUVRIR+2026+type@vertical+block@none",
        "/courses/nonsense/",
        "/solerni/terms/none/",
        "/solerni/badges/awards/00000000-0000-4000-8000-000000000000/",
        f"/courses/{COURSE}/xblock/block-v1:Solerni+DECOUVRIR+2026+type@solerni_terms+block@conditions/handler/none",
    ],
)
def test_what_does_not_exist_is_404_with_help(visitor: Any, path: str) -> None:
    somebody = visitor("lea")
    answer = somebody.page.goto(somebody.site + path)
    assert answer is not None
    assert answer.status == 404


def test_an_unknown_persona_is_404_with_a_page_that_helps(site: str) -> None:
    session = requests.Session()
    session.get(f"{site}/login", timeout=10)
    data = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    answer = session.post(f"{site}/demo/enter/nobody", data=data, timeout=10)
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


def test_the_404_page_helps(visitor: Any) -> None:
    somebody = visitor()
    somebody.page.goto(somebody.site + "/no/such/page")
    expect(somebody.page.locator("main a").first).to_be_visible()
    somebody.look("not-found")


def test_a_member_who_moderates_nothing_is_told_so(visitor: Any) -> None:
    sam = visitor("sam")
    answer = sam.page.goto(sam.site + "/solerni/discussion/queue/")
    assert answer is not None
    assert answer.status == 403
    sam.look("queue-not-yours")


def test_member_data_is_one_download(visitor: Any, tmp_path: Any) -> None:
    sam = visitor("sam")
    page = sam.open("/solerni/members/")
    with page.expect_download() as waiting:
        page.locator("main form button").first.click()
    waiting.value.save_as(tmp_path / "data.json")
    text = (tmp_path / "data.json").read_text(encoding="utf-8")
    for domain in ("solerni_discussion", "solerni_badges", "solerni_terms", "solerni_members"):
        assert domain in text


def test_pages_are_served_under_a_strict_policy(site: str) -> None:
    for path in OPEN_TO_ALL.values():
        policy = requests.get(site + path, timeout=10).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
