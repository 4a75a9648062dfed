"""Staff say when learners see a thread, and a place locks it once it is quiet: by keyboard alone. In French."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_author_choices import open_settings, save, write
from tests.browser.test_change import move_clock
from tests.browser.test_reading import CAFE, open_thread, press, reach
from tests.browser.test_thread import settle

pytestmark = pytest.mark.browser
DATES = "[data-solerni-tool=schedule_thread]"


def open_dates(page: Page) -> None:
    """From the thread to the form that says when learners see it."""
    press(page, "[data-solerni-arrange] > summary")
    page.wait_for_selector(DATES, state="attached")
    press(page, f"details:has(> {DATES}) > summary")


def type_in_parts(page: Page, field: str, key: str, *, times: int) -> None:
    """Press ``key`` so many times in each part of a moment."""
    reach(page, field)
    for _ in range(8):
        if not page.evaluate("selector => document.activeElement.matches(selector)", field):
            break
        for _ in range(times):
            page.keyboard.press(key)
        page.keyboard.press("Tab")


def test_a_thread_appears_when_staff_say_and_locks_itself_once_it_is_quiet(visitor: Any) -> None:
    ana, title = visitor("ana"), "La correction de la semaine"
    studio = open_settings(ana)
    write(studio, "[data-solerni-set=quiet_days]", "1")
    save(studio)
    page = ana.open(CAFE)
    settle(page)
    expect(page.locator("[data-solerni-quiet-rule]")).to_be_visible()
    press(page, "[data-solerni-new-thread]")
    page.keyboard.type(title)
    reach(page, "[data-slot=thread] [name=text]")
    page.keyboard.type("Comparez la correction avec votre essai.")
    press(page, "[data-slot=thread] [data-solerni-publish]")
    expect(page.locator("[data-solerni-heading]")).to_have_text(title)

    # Until the second of February of next year, no learner finds it.
    open_dates(page)
    type_in_parts(page, f"{DATES} [name=from]", "ArrowUp", times=2)
    ana.look("dates-form")
    press(page, f"{DATES} [type=submit]")
    expect(page.locator("[data-solerni-reading] [data-solerni-window=begins]")).to_be_visible()
    ana.look("dates-later")
    sam = visitor("sam", width=390)
    learner = sam.open(CAFE)
    settle(learner)
    expect(learner.locator("[data-solerni-threads]")).not_to_contain_text(title)

    # A date that is half emptied is asked for again; once it is empty, learners see the thread.
    open_dates(page)
    reach(page, f"{DATES} [name=from]")
    page.keyboard.press("Backspace")
    press(page, f"{DATES} [type=submit]")
    expect(page.locator(f"{DATES} [name=from]")).to_be_focused()
    type_in_parts(page, f"{DATES} [name=from]", "Backspace", times=1)
    press(page, f"{DATES} [type=submit]")
    expect(page.locator("[data-solerni-reading] [data-solerni-window]")).to_have_count(0)
    learner.reload()
    settle(learner)
    open_thread(learner, title)
    expect(learner.locator("[data-slot^='reply:'] [data-solerni-publish]")).to_be_visible()

    # A day later nobody has written: it is locked, and says why, until the author unlocks it.
    move_clock(visitor("oscar"), "day")
    learner = sam.open(CAFE)
    settle(learner)
    expect(learner.locator("[data-solerni-quiet-tag]").first).to_be_visible()
    sam.look("quiet-list")
    open_thread(learner, title)
    expect(learner.locator("[data-solerni-quiet]")).to_contain_text("1")
    expect(learner.locator("[data-slot^='reply:']")).to_have_count(0)
    sam.look("quiet-thread")
    page.reload()
    settle(page)
    expect(page.locator("[data-solerni-heading]")).to_have_text(title)
    press(page, "[data-solerni-arrange] > summary")
    page.wait_for_selector("[data-solerni-unlock]")
    press(page, "[data-solerni-unlock]")
    expect(page.locator("[data-solerni-reading] [data-solerni-quiet]")).to_have_count(0)
    learner = sam.open(CAFE)
    settle(learner)
    open_thread(learner, title)
    expect(learner.locator("[data-slot^='reply:'] [data-solerni-publish]")).to_be_visible()
