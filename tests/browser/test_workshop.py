"""The rule workshop and the pages of figures: by keyboard, in French; a trial that goes on by itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.test_contesting import press
from tests.browser.test_thread import INSULT, UNIT, pass_terms, publish_thread

pytestmark = pytest.mark.browser
TITLE = "Un mot de trop"
WORKSHOP = "/solerni/discussion/workshop/"


def add_another_part(route: Route) -> None:
    """The first part of a trial, as if there were more messages than one request looks at."""
    answer = route.fetch()
    further = '<a class="solerni-button" href="?rule=courtesy&amp;run=off" data-solerni-further>Suite</a>'
    body = answer.text().replace("data-solerni-trial-next>", f"data-solerni-trial-next>{further}", 1)
    route.fulfill(response=answer, body=body)


def test_a_moderator_tries_a_rule_and_sees_what_would_have_changed(visitor: Any, site: str) -> None:
    lea = visitor("lea")
    page = lea.open(UNIT)
    pass_terms(page)
    publish_thread(page, TITLE, INSULT)
    modou = visitor("modou")
    page = modou.open("/solerni/discussion/queue/")
    press(page, f"[data-solerni-case]:has-text('{TITLE}') [data-solerni-open]")
    page.locator("[data-solerni-ruling] textarea").fill("Dites-le sans l’insulte.")
    press(page, "[data-solerni-ruling] button[value='refuse']")
    press(page, "[data-solerni-to-workshop]")
    expect(page.locator("[data-solerni-rule='courtesy']")).to_be_visible()
    modou.look("workshop")
    form = page.locator("[data-solerni-trial-form]")
    form.locator("select[name=rule]").select_option("courtesy")
    form.locator("select[name=run]").select_option("off")
    form.locator("input[name=threshold]").fill("0.5")
    press(page, "[data-solerni-trial-form] button")
    expect(page.locator("input[name=threshold]")).to_have_attribute("aria-invalid", "true")
    modou.look("workshop-wrong")
    page.locator("input[name=threshold]").fill("")
    press(page, "[data-solerni-trial-form] button")
    expect(page.locator("[data-solerni-trial]")).to_be_focused()
    expect(page.locator("[data-solerni-trial-list]")).to_contain_text(TITLE)
    modou.look("workshop-trial")

    # What one request does not look at, the next ones do, on their own.
    page.route(re.compile("run=off&part=first"), add_another_part)
    modou.open(f"{WORKSHOP}?rule=courtesy&run=off&part=first")
    expect(page.locator("[data-solerni-further]")).to_have_count(0)
    expect(page.locator(f"[data-solerni-trial-list] li:has-text('{TITLE}')")).to_have_count(2)

    figures = modou.open("/solerni/discussion/statistics/")
    expect(figures.locator("[data-solerni-statistics-page]")).to_be_visible()
    modou.look("statistics")
    oscar = visitor("oscar")
    expect(oscar.open("/solerni/discussion/transparency/").locator("[data-solerni-restrictions]")).to_have_text("1")
    oscar.look("transparency")
