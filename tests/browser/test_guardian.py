"""A minor and her father, in French, with the keyboard only; and an account that is closed and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
COURSE = "/courses/course-v1:Solerni+DECOUVRIR+2026/"
PAUL = "paul@example.org"


def reach(page: Any, selector: str) -> None:
    """Press Tab until the focus is on ``selector``, where it can be seen."""
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"no visible focus on {selector}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def press(page: Any, selector: str, key: str = "Enter", *, shows: str = "body") -> None:
    """Press a key there, and wait for what it shows."""
    reach(page, selector)
    page.keyboard.press(key)
    expect(page.locator(shows).first).to_be_visible()


def open_mail(one: Any, address: str) -> Any:
    """The last mail to somebody, by keyboard, its plain text unfolded."""
    page = one.open(f"/demo/mail/?to={address}")
    press(page, "[data-demo-mail] a", shows="[data-demo-message]")
    press(page, "[data-demo-message] summary", shows="[data-demo-text]")
    return page


def test_a_minor_accepts_names_her_father_he_confirms_and_she_enters(visitor: Any) -> None:
    nina = visitor("nina")
    page = nina.open(COURSE)
    expect(page.locator("[data-solerni-terms-ask]")).to_be_visible()  # led here instead of into the course
    nina.look("guardian-ask")
    for box in page.locator("[data-solerni-terms-ask] input[type=checkbox]").all():
        press(page, f"[name='{box.get_attribute('name')}']", "Space")
    reach(page, "[name=email]")
    page.keyboard.type("nina@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("[data-solerni-terms-refusal]")).to_be_visible()
    expect(page.locator("[name=email]")).to_have_value("nina@example.org")
    reach(page, "[name=email]")
    page.keyboard.press("Control+A")
    page.keyboard.type(PAUL)
    page.keyboard.press("Enter")
    expect(page.locator("[data-solerni-terms-waiting]")).to_contain_text("p…@e….org")
    assert PAUL not in page.content()
    nina.look("guardian-waiting")
    page = nina.open(COURSE)
    expect(page.locator("[data-solerni-terms-waiting]")).to_be_visible()

    paul = visitor()
    page = open_mail(paul, PAUL)
    paul.look("guardian-mail")
    press(page, "[data-demo-text] a", shows="[data-solerni-terms-link=sent]")
    link = page.url
    paul.look("guardian-confirm")
    press(page, "[name=answer][value=confirm]", shows="[data-solerni-terms-refusal]")
    press(page, "[name=authority]", "Space")
    press(page, "[name=answer][value=confirm]", shows="[data-solerni-terms-done=confirm]")
    paul.look("guardian-done")
    answer = page.goto(link)
    assert answer.status == 404
    paul.look("guardian-used-link")

    page = nina.open(COURSE)
    expect(page.locator("[data-demo-resume]")).to_be_visible()

    page = open_mail(paul, PAUL)
    press(page, "[data-demo-text] a", shows="[data-solerni-terms-link=confirmed]")
    paul.look("guardian-withdraw")
    press(page, "[name=answer][value=withdraw]", shows="[data-solerni-terms-done=withdraw]")
    nina.page.wait_for_timeout(1000)
    nina.open("/solerni/terms/guardian/")
    expect(nina.page.locator("[data-solerni-terms-guardian=withdrawn]")).to_be_visible()
    nina.look("guardian-withdrawn")


def test_an_account_is_closed_and_taken_back_by_keyboard(visitor: Any) -> None:
    sam = visitor("sam")
    page = sam.open("/solerni/members/")
    sam.look("my-data-closing")
    reach(page, "[name=motive]")
    page.keyboard.press("ArrowDown")
    reach(page, "[name=password]")
    page.keyboard.type("demo-sam")
    page.keyboard.press("Enter")
    expect(page.locator("[data-solerni-members-account=closing]")).to_be_visible()
    sam.look("account-closed")
    page.context.clear_cookies()
    sam.become("sam")
    page.wait_for_timeout(5_500)  # every worker knows within five seconds
    sam.open(COURSE)
    expect(page.locator("[data-solerni-members-account=closing]")).to_be_visible()  # every way leads to this page
    mailbox = open_mail(visitor(), "sam@example.org")
    expect(mailbox.locator("[data-demo-text]")).to_contain_text("/solerni/members/")
    press(page, "[data-solerni-members-reopen]", shows="[data-solerni-members-close]")
