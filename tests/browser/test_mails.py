"""A reply comes by mail; one click ends such mails, another brings them back; choices have their page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_change import move_clock
from tests.browser.test_thread import UNIT, pass_terms, publish_thread, settle

pytestmark = pytest.mark.browser
TITLE = "Du pain pour dimanche"


def answer(someone: Any, text: str) -> None:
    """Reply in the thread, as somebody who has the course open."""
    page = someone.open(UNIT)
    pass_terms(page)
    page.locator("[data-solerni-open-thread]", has_text=TITLE).first.click()
    form = page.locator("[data-solerni-compose='publish_post']").first
    form.locator("textarea").fill(text)
    form.locator("[data-solerni-publish]").click()
    expect(page.locator("[data-solerni-reading]")).to_contain_text(text)


def list_mails(someone: Any) -> Page:
    page: Page = someone.open("/demo/mail/?to=lea@example.org")
    return page


def test_a_reply_is_mailed_until_one_click_ends_it(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page = lea.open(UNIT)
    pass_terms(page)
    publish_thread(page, TITLE, "Qui sait où en trouver ?")
    sam, oscar = visitor("sam"), visitor("oscar")
    answer(sam, "À la boulangerie du coin.")
    move_clock(oscar, "day")

    # The mail, as its reader sees it; the mail program's own button ends such mails at once.
    mails = list_mails(lea)
    mails.locator("[data-demo-mail] a", has_text=TITLE).first.click()
    inside = mails.frame_locator("iframe")
    expect(inside.locator("body")).to_contain_text("À la boulangerie du coin.")
    lea.look("mail-of-a-reply")
    mails.locator("[data-demo-unsubscribe]").press("Enter")
    expect(mails.locator("[data-solerni-stop='stopped'] [data-solerni-done]")).to_be_focused()
    lea.look("mails-stopped")

    answer(sam, "Ou au marché.")
    move_clock(oscar, "day")
    count = list_mails(lea).locator("[data-demo-mail] a", has_text=TITLE).count()

    # She opens the link in the mail itself: nothing changes until she presses the button there.
    mails.locator("[data-demo-mail] a", has_text=TITLE).first.click()
    stop = mails.frame_locator("iframe").locator("a[href*='/mails/stop/']")
    address = stop.get_attribute("href")
    mails.goto(str(address))
    mails.locator("[data-solerni-resume]").press("Enter")
    expect(mails.locator("[data-solerni-stop='coming']")).to_be_visible()
    lea.look("mails-coming")
    answer(sam, "Ou chez moi.")
    move_clock(oscar, "day")
    after = list_mails(lea)
    expect(after.locator("[data-demo-mail] a", has_text=TITLE)).to_have_count(count + 1)
    after.locator("[data-demo-mail] a", has_text=TITLE).first.click()
    expect(after.frame_locator("iframe").locator("body")).to_contain_text("Ou chez moi.")

    # The page of choices, from the block.
    page = lea.open(UNIT)
    settle(page)
    page.locator("[data-solerni-notices] summary").first.press("Enter")
    page.locator("[data-solerni-mails-link]").first.press("Enter")
    page.wait_for_url(re.compile("/solerni/discussion/mails/"))
    page.locator("select[name=reply]").select_option("never")
    page.locator("[data-solerni-mails-form] button").press("Enter")
    expect(page.locator("[data-solerni-done]")).to_be_focused()
    lea.look("mails-choices")
    answer(sam, "Ou nulle part.")
    move_clock(oscar, "day")
    expect(list_mails(lea).locator("[data-demo-mail] a", has_text=TITLE)).to_have_count(count + 1)
