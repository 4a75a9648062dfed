"""Three members report a message: hidden, decided, contested, overturned by a second moderator, everybody answered.

In French, by keyboard, at 390 px and on a wide screen.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_contesting import press
from tests.browser.test_thread import COURSE, UNIT, pass_terms, publish_thread, settle

pytestmark = pytest.mark.browser
TITLE = "Un avis tranché"
WORDS = "Les exercices de cette semaine ne servent à rien, et leurs auteurs le savent bien."
PASSAGE = "leurs auteurs le savent bien"
MESSAGE = "Dites ce qui manque aux exercices, sans prêter d’intention à personne."


def register(visitor: Any, name: str, *, width: int) -> Any:
    """A new member of the course, as anybody becomes one."""
    one = visitor(width=width)
    page = one.open("/register")
    for field, value in {"username": name, "email": f"{name}@example.org", "password": "mot-de-passe-9"}.items():
        page.locator(f"[name={field}]").fill(value)
    page.locator("[name=solerni_birth_on]").fill("1990-04-02")
    page.locator("[data-demo-box=terms]").check()
    with page.expect_navigation(wait_until="load"):
        press(page, ".demo-register button")
    press(page, f"[data-demo-enrol='{COURSE}']")
    expect(page.locator("[data-demo-course-home]")).to_be_visible()
    return one


def open_thread(one: Any) -> Page:
    page = one.open(UNIT)
    pass_terms(page)
    press(page, f"[data-solerni-open-thread]:has-text('{TITLE}')")
    expect(page.locator("[data-solerni-heading]")).to_be_focused()
    return page


def open_report(page: Page) -> Locator:
    """Unfold the form and leave the focus on its first field."""
    box = page.locator("[data-solerni-report-box]").first
    box.locator("summary").press("Enter")
    expect(box.locator("select")).to_be_visible()
    page.keyboard.press("Tab")
    expect(box.locator("select")).to_be_focused()
    return box


def report(one: Any, reason: str, note: str) -> None:
    """Fill the form in with the keyboard: one letter after the other, Tab, Enter."""
    page = open_thread(one)
    box = open_report(page)
    page.keyboard.type(reason)
    page.keyboard.press("Tab")
    page.keyboard.type(note)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box.locator("[data-solerni-status]")).to_contain_text("signalement")
    expect(box.locator("[data-solerni-withdraw-report]")).to_be_visible()


def read_answer(one: Any, name: str) -> Page:
    """From what the member is told in the block to the page of the answer."""
    page = one.open(UNIT)
    settle(page)
    page.locator("[data-solerni-notices] > summary").press("Enter")
    told = page.locator("[data-solerni-notice='report']").first
    expect(told).to_contain_text("signalement")
    one.look(f"reporting-told-{name}")
    told.locator("a").press("Enter")
    page.wait_for_url(re.compile("/solerni/discussion/decision/"))
    return page


def test_reported_by_three_hidden_decided_contested_and_overturned(visitor: Any, site: str) -> None:
    lea = visitor("lea", width=390)
    page = lea.open(UNIT)
    pass_terms(page)
    publish_thread(page, TITLE, WORDS)

    # The first reporter sends an empty form, loses the network, corrects, withdraws and reports again.
    sam = visitor("sam", width=390)
    theirs = open_thread(sam)
    box = open_report(theirs)
    sam.look("report-form")
    box.locator("[type=submit]").press("Enter")
    expect(box.locator("[data-solerni-status]")).not_to_be_empty()
    expect(box.locator("select")).to_be_focused()
    theirs.keyboard.type("Autre")
    box.locator("[type=submit]").press("Enter")
    expect(box.locator("textarea")).to_be_focused()
    theirs.keyboard.type("Il accuse les auteurs.")
    sam.context.set_offline(True)
    box.locator("[type=submit]").press("Enter")
    expect(box.locator("[data-solerni-status]")).to_contain_text("réseau")
    expect(box.locator("textarea")).to_have_value("Il accuse les auteurs.")
    sam.context.set_offline(False)
    box.locator("[type=submit]").press("Enter")
    expect(box.locator("[data-solerni-withdraw-report]")).to_be_focused()
    sam.look("report-sent")
    theirs.reload()
    settle(theirs)
    box = theirs.locator("[data-solerni-report-box]").first
    box.locator("summary").press("Enter")
    box.locator("[data-solerni-withdraw-report]").press("Enter")
    expect(box.locator("select")).to_be_focused()
    report(sam, "Propos inj", "Il accuse les auteurs.")

    # At the third report the message is hidden, for its readers at once.
    zoe, yanis = register(visitor, "zoe", width=1280), register(visitor, "yanis", width=390)
    report(zoe, "Propos inj", "")
    report(yanis, "Propos inj", "Ce n’est pas correct.")
    theirs = sam.open(UNIT)
    settle(theirs)
    expect(theirs.locator("[data-solerni-open-thread]", has_text=TITLE)).to_have_count(0)

    # Its author reads that it is hidden, why, and that nobody has read it yet.
    page.reload()
    settle(page)
    card = page.locator("[data-solerni-card='hidden']")
    expect(card).to_contain_text("signalé")
    lea.look("post-hidden-by-reports")

    # A moderator finds it among what was reported, takes it on, and removes it: rule, passage, message.
    modou = visitor("modou")
    queue = modou.open("/solerni/discussion/queue/?only=reported")
    press(queue, f"[data-solerni-case]:has-text('{TITLE}') [data-solerni-open]")
    expect(queue.locator("[data-solerni-report]")).to_have_count(3)
    press(queue, "[data-solerni-take]")
    expect(queue.locator("[data-solerni-claim][data-mine]")).to_be_visible()
    ruling = queue.locator("section:has(> #case-decide) form")
    ruling.get_by_label("La courtoisie").press("Space")
    ruling.locator("[name=passage]").fill(PASSAGE)
    ruling.locator("[name=message]").fill(MESSAGE)
    modou.look("case-reported")
    press(queue, "[data-solerni-ruling] button[value='remove']")
    expect(queue.locator("[data-solerni-decided]")).to_be_focused()

    # The author reads the decision with the passage, and contests.
    page.reload()
    settle(page)
    press(page, "[data-solerni-why]")
    page.wait_for_url(re.compile("/solerni/discussion/decision/"))
    expect(page.locator("[data-solerni-source] mark")).to_have_text(PASSAGE)
    expect(page.locator("[data-solerni-outcome='remove']")).to_contain_text(MESSAGE)
    page.locator("textarea").fill("Je parle des exercices, pas des personnes.")
    press(page, "[data-solerni-send]")
    expect(page.locator("[data-solerni-decided]")).to_be_focused()

    # Who reported is told, and reads what was decided.
    answer = read_answer(zoe, "zoe")
    expect(answer.locator("[data-solerni-outcome='remove']")).to_be_visible()
    assert MESSAGE not in answer.content()
    zoe.look("report-answered")

    # A second moderator overturns; the message stands again, and its author reads why.
    ana = visitor("ana")
    case = ana.open("/solerni/discussion/appeals/")
    press(case, f"[data-solerni-appeal]:has-text('{TITLE}') a")
    case.locator("input[value='restore']").press("Space")
    case.locator("form:has([data-solerni-answer]) textarea").first.fill("L’avis est vif, il reste courtois.")
    press(case, "[data-solerni-answer]")
    expect(case.locator("[data-solerni-decided]")).to_be_focused()
    page.reload()
    expect(page.locator("[data-solerni-answered='reversed']")).to_contain_text("il reste courtois")
    theirs = open_thread(sam)
    expect(theirs.locator("[data-solerni-text]").first).to_contain_text(PASSAGE)

    # Each reporter has an answer of their own, and can contest it in turn.
    for one, name in ((sam, "sam"), (yanis, "yanis")):
        answer = read_answer(one, name)
        expect(answer.locator("[data-solerni-outcome]")).to_be_visible()
        expect(answer.locator("[data-solerni-send]")).to_be_visible()
