"""A refused message, in French, by keyboard, at 390 px: read why, contest, talk, have it overturned by another."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.test_thread import INSULT, UNIT, pass_terms, publish_thread, settle

pytestmark = pytest.mark.browser
TITLE = "Un mot de trop"
WHY = "Je cite un film, je ne vise personne."


def press(page: Page, where: str) -> None:
    """Activate what ``where`` finds as somebody does who has no mouse."""
    found = page.locator(where).first
    found.focus()
    expect(found).to_be_focused()
    found.press("Enter")


def test_a_refused_message_is_contested_and_overturned_by_a_second_reader(visitor: Any, site: str) -> None:
    lea = visitor("lea", width=390)
    page = lea.open(UNIT)
    pass_terms(page)
    publish_thread(page, TITLE, INSULT)
    expect(page.locator("[data-solerni-card='held']")).to_be_visible()

    # The first moderator refuses.
    modou = visitor("modou", width=390)
    queue = modou.open("/solerni/discussion/queue/")
    press(queue, f"[data-solerni-case]:has-text('{TITLE}') [data-solerni-open]")
    ruling = queue.locator("[data-solerni-ruling]")
    ruling.locator("textarea").fill("Dites-le sans l’insulte.")
    press(queue, "[data-solerni-ruling] button[value='refuse']")
    expect(queue.locator("[data-solerni-decided]")).to_be_focused()

    # Léa reads why, and contests; what she types survives an empty submission and a lost session.
    page.reload()
    settle(page)
    press(page, "[data-solerni-why]")
    page.wait_for_url(re.compile("/solerni/discussion/decision/"))
    expect(page.locator("[data-solerni-outcome='refuse']")).to_contain_text("Dites-le sans l’insulte.")
    expect(page.locator("[data-solerni-source] mark").first).to_have_text("connard")
    expect(page.locator("[data-solerni-statement] dt")).to_have_count(10)
    press(page, "[data-solerni-send]")
    expect(page.locator("textarea")).to_be_focused()
    lea.look("decision-incomplete")
    page.locator("textarea").fill(WHY)
    cookies = lea.context.cookies()
    lea.context.clear_cookies(name="sessionid")
    where = page.url
    page.goto(where)
    lea.context.add_cookies(cookies)
    page.goto(where)
    expect(page.locator("textarea")).to_have_value(WHY)
    press(page, "[data-solerni-send]")
    expect(page.locator("[data-solerni-decided]")).to_be_focused()
    expect(page.locator("[data-solerni-dialogue]")).to_contain_text(WHY)
    lea.look("decision-contested")

    # The first moderator reads it and cannot answer.
    modou.open("/solerni/discussion/appeals/")
    press(queue, f"[data-solerni-appeal]:has-text('{TITLE}') a")
    expect(queue.locator("[data-solerni-barred]")).to_be_visible()
    expect(queue.locator("[data-solerni-answer]")).to_have_count(0)
    modou.look("appeal-barred")

    # A second person asks, and Léa answers.
    ana = visitor("ana", width=390)
    case = ana.open("/solerni/discussion/appeals/")
    ana.look("appeals")
    press(case, f"[data-solerni-appeal]:has-text('{TITLE}') a")
    case.locator("form:has([data-solerni-ask]) textarea").fill("Quel film ?")
    press(case, "[data-solerni-ask]")
    expect(case.locator("[data-solerni-decided]")).to_be_focused()
    expect(case.locator("[data-solerni-dialogue]")).to_contain_text("Quel film ?")
    expect(case.locator("form:has([data-solerni-ask]) textarea")).to_have_value("")
    page.goto(where)
    page.locator("textarea").fill("« Le Dîner de cons ».")
    press(page, "[data-solerni-send]")
    expect(page.locator("[data-solerni-decided]")).to_be_focused()

    # She was reading an older dialogue: told so, with her words kept; then she overturns.
    case.locator("input[value='publish']").check()
    answer = case.locator("form:has([data-solerni-answer]) textarea").first
    answer.fill("C’est bien une citation.")
    press(case, "[data-solerni-answer]")
    expect(case.locator("[data-solerni-refusal]")).to_be_focused()
    expect(answer).to_have_value("C’est bien une citation.")
    expect(case.locator("[data-solerni-dialogue]")).to_contain_text("Le Dîner de cons")
    ana.look("appeal")
    press(case, "[data-solerni-answer]")
    expect(case.locator("[data-solerni-decided]")).to_be_focused()

    # Everybody reads the message now; Léa reads why.
    page.goto(where)
    expect(page.locator("[data-solerni-answered='reversed']")).to_contain_text("C’est bien une citation.")
    expect(page.locator("[data-solerni-send]")).to_have_count(0)
    lea.look("decision-overturned")
    sam = visitor("sam", width=390)
    others = sam.open(UNIT)
    pass_terms(others)
    expect(others.locator("[data-solerni-open-thread]", has_text=TITLE)).to_have_count(1)


def test_a_stranger_gives_notice_of_illegal_content(visitor: Any, site: str) -> None:
    stranger = visitor()
    page = stranger.open("/solerni/discussion/notice/")
    press(page, "[data-solerni-notice-form] button[type='submit']")
    expect(page.locator("#id_address")).to_be_focused()
    stranger.look("notice")
    page.locator("#id_address").fill(f"{site}/solerni/discussion/post/00000000-0000-4000-8000-000000000000/")
    page.locator("#id_explanation").fill("Une menace.")
    page.locator("#id_name").fill("Zoé")
    page.locator("#id_email").fill("zoe@example.org")
    page.locator("#id_good_faith").check()
    press(page, "[data-solerni-notice-form] button[type='submit']")
    expect(page.locator("[data-solerni-refusal]")).to_be_visible()
    expect(page.locator("#id_explanation")).to_have_value("Une menace.")
    assert requests.get(f"{site}/solerni/discussion/transparency/", timeout=10).url.startswith(f"{site}/login")
