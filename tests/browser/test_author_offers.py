"""What an author may offer beside plain threads, chosen in Studio and met by learners, by keyboard alone. In French."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_author_choices import open_settings, save
from tests.browser.test_reading import CAFE, open_thread, press, reach, reply
from tests.browser.test_thread import settle

pytestmark = pytest.mark.browser
SECRET = "J’en trouve quarante-deux, en comptant par rangées."


def tick(studio: Page, selector: str) -> None:
    reach(studio, f"[data-solerni-settings] {selector}")
    studio.keyboard.press("Space")


def ask(page: Page, title: str, text: str) -> None:
    """Open a thread."""
    settle(page)
    press(page, "[data-solerni-new-thread]")
    page.keyboard.type(title)
    reach(page, "[data-slot=thread] [name=text]")
    page.keyboard.type(text)
    press(page, "[data-slot=thread] [data-solerni-publish]")
    expect(page.locator("[data-solerni-heading]")).to_have_text(title)


def hold_first(page: Page, handler: str) -> list[Route]:
    """Keep back the first question put to ``handler`` from now on; those after it go through."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(f"**/{handler}*", hold)
    return held


def test_replies_of_others_show_after_ones_own(visitor: Any) -> None:
    ana, title = visitor("ana"), "Combien y a-t-il de carreaux ?"
    studio = open_settings(ana)
    tick(studio, "[data-solerni-set=replies_after_own]")
    ana.look("own-first-studio")
    save(studio)
    expect(studio.locator("[data-solerni-own-first]")).to_be_visible()
    ask(ana.open(CAFE), title, "Regardez le sol de la salle, et expliquez comment vous comptez.")

    lea = visitor("lea")
    first = lea.open(CAFE)
    settle(first)
    open_thread(first, title)
    reply(first, SECRET)
    expect(first.locator("[data-solerni-own-first]")).to_have_count(0)

    # Sam reads the question and how many replied; what Lea says shows once he has replied.
    sam = visitor("sam", width=390)
    page = sam.open(CAFE)
    settle(page)
    open_thread(page, title)
    expect(page.locator("[data-solerni-post]")).to_have_count(1)
    expect(page.locator("[data-solerni-own-first]")).to_contain_text("1")
    assert SECRET not in page.content()
    sam.look("own-first-before")
    mine = reply(page, "Je compte douze carreaux, mais je ne suis pas sûr.")
    expect(page.locator("[data-solerni-post]")).to_have_count(3)
    expect(page.locator("[data-solerni-posts]")).to_contain_text(SECRET)
    expect(page.locator("[data-solerni-own-first]")).to_have_count(0)
    expect(page.locator(mine)).to_be_focused()
    expect(page.locator("[data-slot^='reply:'] [name=text]")).to_have_value("")
    sam.look("own-first-after")


def test_an_issue_is_told_of_shared_and_resolved(visitor: Any) -> None:
    ana, title = visitor("ana"), "La vidéo de la leçon est muette"
    studio = open_settings(ana)
    tick(studio, "[data-solerni-set=kinds][value=issue]")
    save(studio)

    # Lea tells of it; it is hers, so that she has no “Me too”.
    lea = visitor("lea")
    page = lea.open(CAFE)
    settle(page)
    press(page, "[data-solerni-new-thread]")
    page.keyboard.type(title)
    reach(page, "[data-slot=thread] [data-solerni-kind]")
    page.keyboard.press("End")
    expect(page.locator("[data-slot=thread] [data-solerni-kind]")).to_have_value("issue")
    reach(page, "[data-slot=thread] [name=text]")
    page.keyboard.type("On voit les images, mais on n’entend rien après la première minute.")
    press(page, "[data-slot=thread] [data-solerni-publish]")
    expect(page.locator("[data-solerni-issue]")).to_be_visible()
    expect(page.locator("[data-solerni-vote]")).to_have_count(0)

    # Sam has it too.
    sam = visitor("sam", width=390)
    other = sam.open(CAFE)
    settle(other)
    open_thread(other, title)
    press(other, "[data-solerni-vote]")
    expect(other.locator("[data-solerni-vote]")).to_have_attribute("aria-pressed", "true")
    expect(other.locator("[data-solerni-votes]")).to_have_text("1")
    expect(other.locator("[data-solerni-resolve]")).to_have_count(0)
    sam.look("issue-me-too")

    # Ana finds it among those that are not resolved, and resolves it.
    team = ana.open(CAFE)
    settle(team)
    reach(team, "[data-solerni-choose] [name=filter]")
    held = hold_first(team, "list_threads")
    for _ in range(10):
        if team.evaluate("document.activeElement.value") == "unresolved":
            break
        team.keyboard.press("ArrowDown")
    expect(team.locator("[data-solerni-threads] [data-solerni-thread]")).to_have_count(1)
    # The answer to an earlier choice, come late, does not take the place of the one to the last choice.
    with team.expect_response(lambda answer: "list_threads" in answer.url) as late:
        held[0].continue_()
    late.value.finished()
    team.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    expect(team.locator("[data-solerni-threads] [data-solerni-thread]")).to_have_count(1)
    ana.look("issue-list")
    open_thread(team, title)
    press(team, "[data-solerni-resolve]")
    expect(team.locator("[data-solerni-resolved]")).to_be_visible()
    expect(team.locator("[data-solerni-heading]")).to_be_focused()
    expect(team.locator("[data-solerni-resolve]")).to_have_attribute("aria-pressed", "true")
    ana.look("issue-resolved")
    press(team, "[data-solerni-back]", key="Shift+Tab")
    expect(team.locator("[data-solerni-threads] [data-solerni-thread]")).to_have_count(0)
    other.reload()
    settle(other)
    expect(other.locator("[data-solerni-resolved]")).to_be_visible()
