"""Two moderators meet on one case, in French, by keyboard, one of them on a phone: who comes second is told what the
first one did, and loses no word."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_contesting import press
from tests.browser.test_reading import reach
from tests.browser.test_thread import INSULT, UNIT, pass_terms, publish_thread

pytestmark = pytest.mark.browser
QUEUE = "/solerni/discussion/queue/"
TITLE = "Deux lectures"
FIRST = "Dites-le sans l’insulte, et il paraîtra."
SECOND = "Votre idée est bonne : retirez le dernier mot."


def open_case(who: Any) -> Page:
    page: Page = who.open(QUEUE)
    press(page, f"[data-solerni-case]:has-text('{TITLE}') [data-solerni-open]")
    expect(page.locator("[data-solerni-ruling]")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    reach(page, "[data-solerni-ruling] textarea[name=message]")
    page.keyboard.type(text)


def test_who_decides_second_is_refused_shown_what_changed_and_keeps_what_was_typed(visitor: Any) -> None:
    page = visitor("lea").open(UNIT)
    pass_terms(page)
    publish_thread(page, TITLE, f"Quel {INSULT}")

    # Both have the case before them; one takes it on, and the other sees so only once the page is read again.
    modou, ana = visitor("modou"), visitor("ana", width=390)
    first, second = open_case(modou), open_case(ana)
    write(second, SECOND)
    press(first, "[data-solerni-take]")
    expect(first.locator("[data-solerni-claim][data-mine]")).to_be_visible()
    press(second, "[data-solerni-ruling] button[value='ask']")
    expect(second.locator("[data-solerni-refusal]")).to_be_focused()
    expect(second.locator("[data-solerni-refusal]")).to_contain_text("modou")
    expect(second.locator("[data-solerni-ruling] textarea[name=message]")).to_have_value(SECOND)
    ana.look("two-moderators-claimed")

    # The first decides. The second, who sends again what stands there, learns of it and finds the words once more.
    write(first, FIRST)
    press(first, "[data-solerni-ruling] button[value='refuse']")
    expect(first.locator("[data-solerni-decided]")).to_be_focused()
    press(second, "[data-solerni-ruling] button[value='ask']")
    expect(second.locator("[data-solerni-refusal]")).to_be_focused()
    expect(second.locator("[data-solerni-state]")).to_have_text("Refusé")
    expect(second.locator("section[aria-labelledby=case-done]")).to_contain_text(FIRST)
    expect(second.locator("section[aria-labelledby=case-done]")).to_contain_text("modou")
    kept = second.locator("[data-solerni-ruling] textarea[name=message], [data-solerni-refusal] blockquote")
    assert SECOND in [
        one.input_value() if one.evaluate("e => 'value' in e") else one.inner_text() for one in kept.all()
    ]
    ana.look("two-moderators-decided")

    # Nothing was decided twice: the author has one answer, the first one's.
    page.reload()
    expect(page.locator("[data-solerni-card='refused']")).to_contain_text(FIRST)
    expect(page.locator("[data-solerni-card='refused']")).not_to_contain_text(SECOND)
