"""What the author of a course chooses in Studio, by keyboard alone, and what learners see of each choice. In French."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_reading import CAFE, open_thread, press, reach
from tests.browser.test_thread import COURSE, settle

pytestmark = pytest.mark.browser
UNIT = f".studio-unit-link[href*='{CAFE.rsplit('@', 1)[1]}']"
BLOCK = "[data-demo-block=solerni_discussion]"
TOPIC = "Racontez un essai de la semaine."


def open_settings(who: Any) -> Page:
    """From the outline in Studio to the form of the discussion."""
    page: Page = who.open(f"/studio/{COURSE}/")
    press(page, UNIT)
    page.wait_for_selector(BLOCK)
    press(page, f"{BLOCK} [data-studio-edit]")
    page.wait_for_selector("[data-solerni-settings]")
    return page


def write(page: Page, field: str, text: str) -> None:
    reach(page, f"[data-solerni-settings] {field}")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def save(page: Page) -> None:
    press(page, "[data-solerni-settings] [type=submit]")
    expect(page.locator("[data-studio-dialog]")).to_be_hidden()


def choose_mode(page: Page, mode: str) -> None:
    """Arrows walk through the modes of moderation."""
    reach(page, "[data-solerni-settings] [name=moderation]:checked")
    for _ in range(10):
        if page.evaluate("document.activeElement.value") == mode:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{mode} is not among the modes")


def set_past_moment(page: Page, field: str) -> None:
    """Each part of the moment one step up from nothing: the first of January of this year."""
    reach(page, f"[data-solerni-settings] {field}")
    for _ in range(8):
        if not page.evaluate("selector => document.activeElement.matches(selector)", field):
            break
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Tab")
    expect(page.locator(field)).not_to_have_value("")


def test_topic_form_moderation_and_closing_take_effect(visitor: Any) -> None:
    ana = visitor("ana")
    studio = open_settings(ana)
    write(studio, "[data-solerni-set=prompt]", TOPIC)
    reach(studio, "[data-solerni-set=kinds][value=contribution]")
    studio.keyboard.press("Space")
    write(studio, "[data-part=headings]", "Essai\nBilan")
    choose_mode(studio, "before")
    ana.look("choices-studio")
    save(studio)
    expect(studio.locator(BLOCK)).to_contain_text(TOPIC)

    # The learner reads the topic, is asked for the parts, and sees the message wait.
    sam = visitor("sam", width=390)
    page = sam.open(CAFE)
    settle(page)
    expect(page.locator(".solerni-discussion-prompt")).to_have_text(TOPIC)
    press(page, "[data-solerni-new-thread]")
    page.keyboard.type("Mon essai")
    reach(page, "[data-slot=thread] [data-solerni-kind]")
    page.keyboard.press("End")
    expect(page.locator("[data-slot=thread] [data-solerni-kind]")).to_have_value("contribution")
    reach(page, "[data-solerni-part=Essai]")
    page.keyboard.type("J’ai dessiné chaque fraction avant de calculer.")
    press(page, "[data-slot=thread] [data-solerni-publish]")
    expect(page.locator("[data-solerni-advice]")).to_be_focused()
    press(page, "[data-solerni-correct]")
    expect(page.locator("[data-solerni-part=Bilan]")).to_be_focused()
    page.keyboard.type("Je me trompe moins souvent qu’avant.")
    press(page, "[data-slot=thread] [data-solerni-publish]")
    expect(page.locator("[data-solerni-post] [data-solerni-card=held]")).to_be_visible()
    sam.look("choices-held")

    # While somebody writes, the author closes the discussion: the words stay, and the page says it.
    lea = visitor("lea")
    late = lea.open(CAFE)
    settle(late)
    press(late, "[data-solerni-new-thread]")
    late.keyboard.type("Trop tard ?")
    reach(late, "[data-slot=thread] [name=text]")
    late.keyboard.type("Bonjour à tous, je voulais raconter mon essai.")
    phone = visitor("lea", width=390)
    reader = phone.open(CAFE)
    settle(reader)
    open_thread(reader, "Une explication qui a tout changé")
    reach(reader, "[data-slot^='reply:'] [name=text]")
    reader.keyboard.type("Je n’ai pas fini ma phrase")
    press(studio, f"{BLOCK} [data-studio-edit]", key="Shift+Tab")
    studio.wait_for_selector("[data-solerni-settings]")
    set_past_moment(studio, "[data-solerni-set=closes_at]")
    save(studio)
    press(late, "[data-slot=thread] [data-solerni-publish]")
    expect(late.locator("[data-slot=thread] [data-solerni-status]")).to_contain_text("fermée depuis")
    expect(late.locator("[data-slot=thread] [name=text]")).to_have_value(
        "Bonjour à tous, je voulais raconter mon essai."
    )
    lea.look("choices-closed")
    page.reload()
    settle(page)
    press(page, "[data-solerni-back]")
    expect(page.locator("[data-solerni-dates]")).to_be_visible()
    expect(page.locator("[data-solerni-new-thread]")).to_be_hidden()

    # Under a thread the day stands in place of the form, with the words that were kept; so under a reply.
    reader.reload()
    settle(reader)
    expect(reader.locator("[data-solerni-reading] [data-solerni-closed] time")).to_be_visible()
    expect(reader.locator("[data-solerni-reading] [data-solerni-compose]")).to_have_count(0)
    expect(reader.locator("[data-solerni-kept]:visible textarea")).to_have_value("Je n’ai pas fini ma phrase")
    press(reader, "[data-solerni-comment]")
    expect(reader.locator("[data-solerni-comment-box] [data-solerni-shut]")).to_be_focused()
    phone.look("choices-shut")
    press(reader, "[data-solerni-cancel-comment]")
    expect(reader.locator("[data-solerni-comment]").first).to_be_focused()
