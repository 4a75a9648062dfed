"""Registering in French with the keyboard only: the whole text first, an older text refused, the mail that confirms."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.test_guardian import press, reach

pytestmark = pytest.mark.browser
BOX = "[data-demo-box=terms]"


def type_into(page: Any, selector: str, text: str) -> None:
    reach(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_somebody_registers_joins_a_course_and_finds_the_texts_in_the_mailbox(visitor: Any) -> None:
    zoe = visitor()
    page = zoe.open("/")
    press(page, "[data-demo-to-register]")
    expect(page.locator("[data-demo-document=terms]")).to_contain_text("Les changements de ces conditions")
    expect(page.locator(BOX)).not_to_be_checked()
    zoe.look("register")
    type_into(page, "[name=username]", "zoe")
    type_into(page, "[name=email]", "zoe@example.org")
    type_into(page, "[name=password]", "mot-de-passe-9")
    page.locator("[name=solerni_birth_on]").fill("1990-04-02")
    press(page, ".demo-register button")
    assert page.url.endswith("/register")  # the browser itself points to the box that is not ticked
    assert page.evaluate("selector => document.activeElement.matches(selector)", BOX)

    # A page that was opened before the text changed: its box names another version.
    page.locator(BOX).evaluate("(box, name) => { box.name = name; }", f"solerni_terms_{uuid4().hex}_fr")
    page.keyboard.press("Space")
    press(page, ".demo-register button")
    expect(page.locator("[data-demo-refusal=terms_outdated]")).to_contain_text("Le texte a changé")
    expect(page.locator("[name=username]")).to_have_value("zoe")
    expect(page.locator("[name=solerni_birth_on]")).to_have_value("1990-04-02")
    expect(page.locator("[name=password]")).to_have_value("")
    expect(page.locator(BOX)).not_to_be_checked()
    zoe.look("register-refused")

    type_into(page, "[name=password]", "mot-de-passe-9")
    press(page, BOX, "Space")
    press(page, ".demo-register button")
    expect(page.locator("[data-demo-messages]")).to_contain_text("Bienvenue, zoe")
    zoe.look("register-welcome")
    press(page, "[data-demo-enrol]")
    expect(page.locator("[data-demo-course-home]")).to_be_visible()

    page = zoe.open("/demo/mail/?to=zoe@example.org")
    expect(page.locator("[data-demo-mail]")).to_have_count(1)
    press(page, "[data-demo-mail] a")
    expect(page.locator("[data-demo-message]")).to_be_visible()
    press(page, "[data-demo-message] details summary")
    expect(page.locator("[data-demo-text]")).to_contain_text("SHA-256")
    zoe.look("register-mail")
    press(page, "[data-demo-text] a")
    expect(page.locator("h1")).to_be_visible()
    assert "/solerni/terms/terms/" in page.url
