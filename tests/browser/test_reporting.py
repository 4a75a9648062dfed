"""Reporting a message in the unit: one form for the page, brought to the message where it is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_thread import UNIT, pass_terms, publish_thread, settle

pytestmark = pytest.mark.browser


def test_a_message_is_reported_and_the_report_taken_back_with_the_keyboard(visitor: Any) -> None:
    page = visitor("lea").open(UNIT)
    pass_terms(page)
    publish_thread(page, "Un fil à signaler", "Je raconte ici ma première semaine de jardinage.")
    sam = visitor("sam")
    page = sam.open(UNIT)
    pass_terms(page)
    settle(page)
    page.locator("[data-solerni-open-thread]", has_text="Un fil à signaler").click()
    post = page.locator("[data-solerni-post]")
    post.locator("[data-solerni-report-box] summary").focus()
    page.keyboard.press("Enter")
    form = post.locator("form[data-solerni-report]")
    form.get_by_label("Qu’est-ce qui ne va pas dans ce message ?").select_option("abusive")
    form.get_by_label("En quelques mots").fill("C’est méchant.")
    sam.look("post-report")
    form.get_by_label("En quelques mots").press("Tab")
    expect(form.locator("[type=submit]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(form.locator("[data-solerni-illegal]")).to_be_focused()
    assert "?post=" in str(form.locator("[data-solerni-illegal]").get_attribute("href"))
    form.locator("[type=submit]").press("Enter")
    expect(form.locator("[data-solerni-status]")).to_contain_text("Votre signalement est envoyé")
    form.locator("[data-solerni-withdraw-report]").press("Enter")
    expect(form.locator("[data-solerni-status]")).to_contain_text("Votre signalement est retiré")
