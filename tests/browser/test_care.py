"""A moderator cares for threads, in French, by keyboard, at 390 px: pins, locks with reasons, splits, merges, moves."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_thread import INSULT, UNIT, pass_terms, publish_thread, settle

pytestmark = pytest.mark.browser
TITLE, OTHER, APART = "Chacun son rythme", "À votre rythme", "Travailler le soir"
HEADING = "[data-solerni-heading]"
ARRANGE = "[data-solerni-arrange]"


def press(page: Page, where: str, *, text: str = "") -> None:
    """Activate what ``where`` finds as somebody does who has no mouse."""
    found = page.locator(where, has_text=text).first
    found.focus()
    expect(found).to_be_focused()
    found.press("Enter")


def enter(who: Any) -> Page:
    page = who.open(UNIT)
    pass_terms(page)
    return page


def open_thread(page: Page, title: str) -> None:
    press(page, "[data-solerni-open-thread]", text=title)
    expect(page.locator(HEADING)).to_have_text(title)


def reply(page: Page, text: str) -> None:
    form = page.locator("[data-solerni-compose='publish_post']")
    form.locator("[name=text]").fill(text)
    form.locator("[data-solerni-publish]").press("Enter")
    expect(page.locator("[data-solerni-post]", has_text=text)).to_be_focused()


def open_tool(page: Page, tool: str) -> Any:
    """The form of a tool, its disclosures opened by keyboard."""
    box = page.locator(ARRANGE)
    if box.get_attribute("open") is None:
        press(page, f"{ARRANGE} > summary")
    form = page.locator(f"[data-solerni-tool='{tool}']")
    summary = box.locator("details", has=form).locator("summary")
    summary.focus()
    summary.press("Enter")
    expect(form).to_be_visible()
    return form


def send(form: Any) -> None:
    form.locator("[type=submit]").press("Enter")


def test_a_moderator_pins_locks_splits_merges_and_moves(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page = enter(lea)
    publish_thread(page, OTHER, "Je préfère avancer le matin, et vous ?")
    press(page, "[data-solerni-back]")
    publish_thread(page, TITLE, "Combien de temps passez-vous sur le cours chaque semaine ?")
    reply(page, "Environ deux heures, le dimanche après-midi.")
    reply(page, "Pour ma part je travaille le soir, après le dîner.")

    # Pinned: it stands first, for everybody.
    modou = visitor("modou", width=390)
    desk = enter(modou)
    open_thread(desk, OTHER)
    press(desk, f"{ARRANGE} > summary")
    press(desk, "[data-solerni-pin]")
    expect(desk.locator("[data-solerni-pinned]")).to_be_visible()
    press(desk, "[data-solerni-back]")
    expect(desk.locator("[data-solerni-threads] > li").first).to_contain_text(OTHER)

    # Some messages become a thread of their own.
    open_thread(desk, TITLE)
    form = open_tool(desk, "split_thread")
    form.locator("label", has_text="le soir").locator("input").press("Space")
    send(form)
    expect(form.locator("[name=title]")).to_be_focused()
    form.locator("[name=title]").fill(APART)
    modou.look("care-split")
    send(form)
    expect(desk.locator(HEADING)).to_have_text(APART)
    expect(desk.locator("[data-solerni-past]")).to_contain_text(TITLE)
    expect(desk.locator("[data-solerni-post]")).to_have_count(1)

    # Another thread is merged into it: its address leads on.
    old = desk.locator("[data-solerni-past] [data-solerni-open-thread]").get_attribute("data-solerni-open-thread")
    press(desk, "[data-solerni-past] [data-solerni-open-thread]")
    expect(desk.locator(HEADING)).to_have_text(TITLE)
    form = open_tool(desk, "merge_threads")
    form.locator("select").select_option(label=OTHER)
    send(form)
    expect(form.locator("[name=sure]")).to_be_focused()
    form.locator("[name=sure]").press("Space")
    modou.look("care-merge")
    send(form)
    expect(desk.locator(HEADING)).to_have_text(OTHER)
    expect(desk.locator("[data-solerni-post]")).to_have_count(3)
    expect(desk.locator("[data-solerni-past]")).to_contain_text(TITLE)
    page.goto(f"{lea.site}/solerni/discussion/threads/{old}/")
    settle(page)
    expect(page.locator(HEADING)).to_have_text(OTHER)

    # Locked with a reason, which Léa reads and may contest.
    form = open_tool(desk, "lock_thread")
    send(form)
    expect(desk.locator(f"{ARRANGE} > [data-solerni-status]")).to_have_attribute("data-kind", "error")
    form.locator("[name=clauses]").nth(2).press("Space")
    form.locator("[name=message]").fill("Le sujet est épuisé : rendez-vous au café du cours.")
    modou.look("care-lock")
    send(form)
    expect(desk.locator("[data-solerni-locked]")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.locator("[data-solerni-locked]")).to_contain_text("rendez-vous au café")
    expect(page.locator("[data-solerni-compose='publish_post']")).to_have_count(0)
    lea.look("care-locked")
    press(page, "[data-solerni-why]")
    expect(page.locator("[data-solerni-outcome='lock']")).to_be_visible()
    expect(page.locator("[data-solerni-statement] dt")).to_have_count(10)
    expect(page.locator("[data-solerni-send]")).to_be_visible()
    lea.look("care-lock-decision")

    # Opened again, then moved to the café; the list comes back without it.
    press(desk, f"{ARRANGE} > summary")
    press(desk, "[data-solerni-unlock]")
    expect(desk.locator("[data-solerni-locked]")).to_have_count(0)
    form = open_tool(desk, "move_thread")
    send(form)
    expect(desk.locator("[data-solerni-threads]")).to_be_visible()
    expect(desk.locator("[data-solerni-open-thread]", has_text=OTHER)).to_have_count(0)
    page.goto(f"{lea.site}/solerni/discussion/threads/{old}/")
    settle(page)
    expect(page.locator(HEADING)).to_have_text(OTHER)
    expect(page.locator("[data-solerni-past]")).to_contain_text("Présentez-vous")


def test_what_waits_in_a_place_is_claimed_there(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page = enter(lea)
    publish_thread(page, "Un mot de trop", INSULT)
    modou = visitor("modou", width=390)
    desk = enter(modou)
    expect(desk.locator("[data-solerni-waiting-total]").first).to_have_text("1")
    press(desk, "[data-solerni-waiting-box] > summary")
    press(desk, "[data-solerni-claim='on']")
    expect(desk.locator("[data-solerni-waiting-box] [data-solerni-claimed]")).to_be_visible()
    expect(desk.locator("[data-solerni-claim='off']")).to_be_focused()
    modou.look("care-waiting")
    press(desk, "[data-solerni-waiting-box] [data-solerni-open]")
    expect(desk.locator("[data-solerni-ruling]")).to_be_visible()
