"""A change of the terms, from the operator's draft to the member who stops: in French, the member by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
COURSE = "/courses/course-v1:Solerni+DECOUVRIR+2026/"
TERMS = "/solerni/terms/terms/"
CHANGE = "/solerni/terms/change/terms/"
ADMIN = "/admin/solerni_terms/"


def go_to(page: Page, selector: str) -> None:
    """Tab on until the focus is on what is looked for."""
    page.bring_to_front()
    for _ in range(200):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not reach {selector} in: {page.locator('main').inner_text()[:500]}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    go_to(page, selector)
    page.keyboard.press(key)


def type_into(page: Page, selector: str, text: str) -> None:
    go_to(page, selector)
    page.keyboard.type(text)


def publish_change(oscar: Any) -> None:
    """The operator writes a draft from the text in force, reads it, and publishes it for in twenty days."""
    page = oscar.open(f"{ADMIN}draft/add/")
    page.locator("#id_document").select_option(label="terms")
    page.locator("#id_label").fill("2099")
    page.locator("#id_contact").fill("contact@example.org")
    when = page.evaluate("new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10)")
    page.locator("#id_effective_at_0").fill(when)
    page.locator("#id_effective_at_1").fill("12:00:00")
    page.locator("#id_texts-0-language").fill("fr")
    page.locator("#id_texts-0-title").fill("Conditions d’utilisation")
    page.locator("#id_texts-0-summary").fill("Les messages se ferment au bout d’un an.")
    page.locator("#id_texts-0-source").fill(
        "# Conditions d’utilisation\n\nCes conditions disent ce que vous pouvez attendre du service.\n\n"
        "## 1. Le service\n\nLe service propose des cours en ligne, gratuits.\n\n"
        "## 2. Vos messages\n\nUn fil se ferme au bout d’un an.\n\n"
        "## 3. La courtoisie {#posts.courtesy}\n\nDiscutez des idées, n’attaquez jamais les personnes."
    )
    page.locator("input[name=_save]").click()
    page.locator(".field-preview a").first.click()
    expect(page.locator("[data-solerni-terms-preview]")).to_be_visible()
    oscar.look("terms-preview")
    page.locator("[data-solerni-terms-publish]").click()
    expect(page).to_have_url(oscar.site + f"{TERMS}2099/")
    oscar.look("terms-announced")


def move_clock(oscar: Any, step: str) -> None:
    page = oscar.open("/demo/clock/")
    page.locator(f"button[name=step][value={step}]").click()
    page.wait_for_load_state()
    page.wait_for_timeout(1_500)  # every worker follows within a second


def test_a_change_is_told_put_off_and_binding_at_its_date(visitor: Any) -> None:
    lea, oscar = visitor("lea"), visitor("oscar")
    publish_change(oscar)
    move_clock(oscar, "day")

    page = lea.open("/demo/mail/")
    notice = page.locator("main a", has_text="Conditions d’utilisation").first.get_attribute("href")
    with page.expect_navigation():
        press(page, f"main a[href='{notice}']")
    lea.look("terms-notice-mail")
    expect(page.locator("main")).to_contain_text("Conditions d’utilisation")

    page = lea.open(COURSE)
    banner = page.locator("[data-solerni-terms-banner]")
    expect(banner).to_be_visible()
    lea.look("terms-banner")
    press(page, "[data-solerni-terms-banner] a")
    expect(page).to_have_url(lea.site + CHANGE)
    expect(page.locator("[data-solerni-terms-difference] ins").first).to_be_visible()
    expect(page.locator("[data-solerni-terms-difference] del").first).to_be_visible()
    lea.look("terms-change")
    with page.expect_navigation():
        press(page, "[data-solerni-terms-later]")
    page = lea.open(COURSE)
    page.wait_for_load_state("networkidle")
    expect(banner).to_have_count(0)

    move_clock(oscar, "month")
    page.goto(lea.site + COURSE)
    expect(page).to_have_url(lea.site + CHANGE + "?next=" + page.url.partition("?next=")[2])
    expect(page.locator("[data-solerni-terms-stage=due]")).to_be_visible()
    expect(page.locator("[data-solerni-terms-later]")).to_have_count(0)
    lea.look("terms-change-due")

    with page.expect_navigation():
        press(page, "[data-solerni-terms-stop]")
    lea.look("terms-stop")
    press(page, "[data-solerni-terms-export]")
    expect(page).to_have_url(lea.site + "/solerni/members/")
    page.go_back()
    type_into(page, "[name=password]", "demo-lea")
    press(page, "[data-solerni-terms-stop-now]")
    expect(page.locator("[data-solerni-terms-refusal]")).to_be_visible()
    press(page, "[data-solerni-terms-confirm]", "Space")
    type_into(page, "[name=password]", "autre")
    press(page, "[data-solerni-terms-stop-now]")
    expect(page.locator("[name=password]")).to_be_focused()
    expect(page.locator("[data-solerni-terms-confirm]")).to_be_checked()
    lea.look("terms-stop-password")
    page.keyboard.type("demo-lea")
    press(page, "[data-solerni-terms-stop-now]")
    expect(page.locator("[data-solerni-terms-stopped]")).to_be_visible()
    lea.look("terms-stopped")
