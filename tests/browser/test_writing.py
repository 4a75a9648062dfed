"""Writing in a browser: advised, corrected, published; a draft on another device; a change and its history; an author's
choices that take effect at once. French, by keyboard, on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_thread import COURSE, UNIT, pass_terms, settle

pytestmark = pytest.mark.browser
STUDIO = f"/studio/{COURSE}/"
OPENING = "[data-solerni-compose='publish_thread']"
FAULTY = "Bonjours a tousse, je sui contant de fair la conaissance de toute les persone du grouppe."
RIGHT = "Bonjour à toutes et à tous, je suis content de faire la connaissance de toutes les personnes du groupe."


def enter(who: Any) -> Page:
    page = who.open(UNIT)
    pass_terms(page)
    return page


def begin(page: Page, title: str, text: str) -> Any:
    """Open the form with the keyboard and type; the form."""
    form = page.locator(OPENING)
    if form.is_hidden():
        page.locator("[data-solerni-new-thread]").press("Enter")
    form.locator("[name=title]").fill(title)
    form.locator("[name=text]").fill(text)
    return form


def press(form: Any, name: str) -> None:
    form.locator(f"[data-solerni-{name}]").press("Enter")


def test_an_advice_is_read_the_text_corrected_and_published(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page = enter(lea)
    form = begin(page, "Présentation", FAULTY)
    press(form, "publish")
    advice = form.locator("[data-solerni-advice]")
    expect(advice).to_be_focused()
    expect(advice.locator("mark").first).to_be_visible()
    lea.look("writing-advice")
    press(form, "correct")
    expect(form.locator("[name=text]")).to_be_focused()
    assert page.evaluate("window.getSelection().toString() || document.activeElement.selectionEnd > 0")
    form.locator("[name=text]").fill(RIGHT)
    press(form, "publish")
    expect(page.locator("[data-solerni-heading]")).to_have_text("Présentation")

    # Changed in its place: others see that it was, the author sees how it read before.
    post = page.locator("[data-solerni-post]").first
    press(post, "edit")
    edit = post.locator("[data-solerni-compose='revise_post']")
    expect(edit.locator("[name=text]")).to_be_focused()
    expect(edit.locator("[name=text]")).to_have_value(RIGHT)
    edit.locator("[name=text]").fill(RIGHT.replace("content", "heureux"))
    lea.look("writing-edit")
    press(edit, "publish")
    expect(post.locator("[data-solerni-edited]")).to_be_visible()
    expect(post.locator("[data-solerni-text]")).to_contain_text("heureux")
    press(post, "show-history")
    history = post.locator("[data-solerni-history]")
    expect(history).to_be_focused()
    expect(history.locator("ins")).to_contain_text("heureux")
    expect(history.locator("del")).to_contain_text("content")
    lea.look("writing-history")
    press(history, "close-history")
    expect(post.locator("[data-solerni-show-history]")).to_be_focused()

    # Withdrawn, its place stays.
    post.locator("summary").press("Enter")
    press(post, "withdraw")
    expect(page.locator("[data-solerni-post][data-state=withdrawn]")).to_be_visible()


def test_a_draft_is_found_after_a_reload_and_on_another_device(visitor: Any) -> None:
    first = visitor("sam")
    page = enter(first)
    form = begin(page, "Mon brouillon", "Je commence ici")
    expect(form.locator("[data-solerni-draft-state]")).not_to_be_empty()
    page.reload()
    settle(page)
    expect(page.locator(f"{OPENING} [name=text]")).to_have_value("Je commence ici")

    second = visitor("sam", width=390)
    other = enter(second)
    written = other.locator(f"{OPENING} [name=text]")
    expect(written).to_have_value("Je commence ici")
    written.fill("Je continue là-bas")
    expect(other.locator(f"{OPENING} [data-solerni-draft-state]")).not_to_be_empty()

    # The first window types on: nothing is overwritten, and the author chooses.
    mine = page.locator(f"{OPENING} [name=text]")
    mine.fill("Je commence ici, et encore")
    conflict = page.locator(f"{OPENING} [data-solerni-draft-conflict]")
    expect(conflict).to_be_visible()
    expect(conflict.locator("[data-solerni-other-text]")).to_have_text("Je continue là-bas")
    expect(mine).to_have_value("Je commence ici, et encore")
    first.look("writing-conflict")
    conflict.locator("[data-solerni-take-other]").press("Enter")
    expect(mine).to_have_value("Je continue là-bas")
    expect(mine).to_be_focused()

    # Offline it stays here, and is saved when the network is back.
    expect(page.locator(f"{OPENING} [data-solerni-draft-state]")).not_to_be_empty()
    first.context.set_offline(True)
    mine.fill("Écrit hors ligne, gardé quand même")
    kept = page.locator(f"{OPENING} [data-solerni-draft-state]")
    expect(kept).to_have_text(kept.get_attribute("data-kept") or "?")
    with page.expect_response(lambda answer: "save_draft" in answer.url and answer.ok):
        first.context.set_offline(False)
        page.evaluate("window.dispatchEvent(new Event('online'))")


def test_an_authors_choices_take_effect(visitor: Any) -> None:
    ana = visitor("ana")
    page = ana.open(STUDIO)
    page.locator(".studio-unit-link").nth(1).click()
    page.click("[data-demo-contents]")
    page.locator("[data-demo-block=solerni_discussion] [data-studio-edit]").click()
    form = page.locator("[data-solerni-settings]")
    form.locator("[data-solerni-set=weight]").fill("-3")
    form.locator("button[type=submit]").click()
    expect(form.locator("[data-solerni-status]")).to_contain_text("0")
    expect(form.locator("[data-solerni-set=weight]")).to_have_value("-3")
    form.locator("[data-solerni-set=weight]").fill("1")
    form.locator("[value=contribution]").check()
    form.locator("[data-part=headings]").fill("Contexte\nCe que j’ai appris")
    form.locator("[data-solerni-set=allows_anonymity]").check()
    form.locator("[data-solerni-set=least_threads]").fill("1")
    ana.look("writing-studio")
    form.locator("button[type=submit]").click()
    expect(page.locator("[data-studio-dialog]")).to_be_hidden()

    # A learner finds the parts as fields, the choice of voice, and what is asked.
    modou = visitor("modou", width=390)
    page = enter(modou)
    expect(page.locator("[data-solerni-participation]")).to_be_visible()
    page.locator("[data-solerni-new-thread]").press("Enter")
    form = page.locator(OPENING)
    form.locator("[data-solerni-kind]").select_option("contribution")
    form.locator("[name=title]").fill("Mon bilan")
    parts = form.locator("[data-solerni-part]")
    expect(parts).to_have_count(2)
    expect(form.locator("[name=text]")).to_be_hidden()
    parts.first.fill("Un cours suivi à distance pendant l’automne, entre deux saisons de jardinage.")
    press(form, "publish")
    expect(form.locator("[data-solerni-advice]")).to_be_focused()
    expect(form.locator("[data-solerni-insist]")).to_have_count(0)
    modou.look("writing-parts")
    press(form, "correct")
    expect(parts.last).to_be_focused()
    parts.last.fill("Observer la terre avant de planter, et noter ce que je vois chaque semaine.")
    form.locator("[name=voice]").select_option("anonymous")
    press(form, "publish")
    expect(page.locator("[data-solerni-heading]")).to_have_text("Mon bilan")
    expect(page.locator("[data-solerni-text] h4")).to_have_count(2)

    sam = visitor("sam")
    peer = enter(sam)
    peer.locator("[data-solerni-open-thread]", has_text="Mon bilan").click()
    expect(peer.locator("[data-solerni-post]")).to_have_count(1)
    assert "Modou" not in peer.locator("[data-solerni-discussion]").inner_text()
