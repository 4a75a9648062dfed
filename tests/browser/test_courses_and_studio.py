"""Courses for learners and Studio for authors in a real browser, also by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
COURSE = "course-v1:Solerni+DISCOVER+2026"
HOME = f"/courses/{COURSE}/"
STUDIO = f"/studio/{COURSE}/"


def _press_until(page: Any, key: str, wanted: str) -> None:
    """Press ``key`` until what has the focus matches ``wanted``."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", wanted):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached by {key}")


def test_a_learner_starts_reads_and_sees_progress(visitor: Any) -> None:
    lea = visitor("lea", language="en")
    page = lea.open(HOME)
    lea.look("course-home")
    page.click("[data-demo-resume]")
    page.wait_for_load_state()
    with page.expect_response(lambda answer: "publish_completion" in answer.url):
        page.reload()
    lea.look("course-unit")
    page.click("[data-demo-next]")
    page.wait_for_load_state()
    expect(page.locator("[data-demo-previous]")).to_be_visible()
    page.goto(lea.site + HOME)
    expect(page.locator("[data-demo-unit]").first.locator("[data-state=done]")).to_have_count(1)


def test_the_outline_folds_on_a_phone_and_opens_by_keyboard(visitor: Any) -> None:
    sam = visitor("sam", width=390)
    page = sam.open(HOME)
    page.click("[data-demo-resume]")
    outline = page.locator("[data-demo-outline] nav")
    expect(outline).to_be_hidden()
    _press_until(page, "Tab", "[data-demo-outline] > summary")
    page.keyboard.press("Enter")
    expect(outline).to_be_visible()
    expect(outline.locator("[aria-current=page]")).to_have_count(1)


def test_a_unit_alone_is_fit_for_a_frame(visitor: Any) -> None:
    lea = visitor("lea")
    page = lea.open(HOME)
    page.click("[data-demo-resume]")
    key = page.locator("[data-demo-blocks] .xblock").first.get_attribute("data-usage-id")
    lea.open(f"/xblock/{key}")
    lea.look("block-alone")


def test_an_author_adds_edits_and_deletes_a_text_by_keyboard_alone(visitor: Any) -> None:
    ana = visitor("ana")
    page = ana.open(STUDIO)
    ana.look("studio-outline")
    page.locator(".studio-unit-link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-demo-add]")
    before = page.locator("[data-demo-block]").count()
    _press_until(page, "Tab", "[data-demo-add=html]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-demo-block]")).to_have_count(before + 1)
    expect(page.locator("[data-demo-block=html] [data-studio-edit]").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-field-name=display_name] input")).to_be_focused()
    ana.look("studio-form")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Écrit au clavier")
    _press_until(page, "Tab", "[data-field-name=content] textarea")
    page.keyboard.type("<p>Bonjour <strong>à tous</strong></p>")
    _press_until(page, "Tab", ".save-button")
    page.keyboard.press("Space")
    added = page.locator("[data-demo-block=html]").last
    expect(added.locator(".studio-preview strong")).to_have_text("à tous")
    expect(added.locator("[data-studio-edit]")).to_be_focused()
    ana.look("studio-unit")
    _press_until(page, "Tab", "[data-demo-delete] > summary")
    page.keyboard.press("Enter")
    _press_until(page, "Tab", "[data-demo-confirm]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-demo-block]")).to_have_count(before)


def test_a_refused_form_says_why_and_keeps_what_was_typed(visitor: Any) -> None:
    ana = visitor("ana")
    page = ana.open(STUDIO)
    page.locator(".studio-unit-link").nth(1).click()
    page.click("[data-demo-contents]")
    page.locator("[data-demo-block=solerni_badge] [data-studio-edit]").click()
    number = page.locator("[data-cast=integer] input").first
    number.fill("-5")
    page.click(".save-button")
    expect(page.locator("[data-studio-error]")).to_be_visible()
    expect(number).to_have_value("-5")
    page.keyboard.press("Escape")
    expect(page.locator("[data-studio-dialog]")).to_be_hidden()
    expect(page.locator("[data-demo-block=solerni_badge] [data-studio-edit]")).to_be_focused()


def test_a_course_goes_out_and_comes_back_and_a_broken_file_is_refused(visitor: Any, tmp_path: Path) -> None:
    ana = visitor("ana", language="en")
    page = ana.open(STUDIO)
    with page.expect_download() as download:
        page.click("[data-demo-export]")
    file = tmp_path / "course.xml"
    download.value.save_as(file)
    titles = page.locator(".studio-unit-link").all_text_contents()
    page.set_input_files("[data-demo-import] input[type=file]", file)
    page.click("[data-demo-import] button")
    expect(page.locator("[data-demo-messages] [data-kind=success]")).to_be_visible()
    assert page.locator(".studio-unit-link").all_text_contents() == titles
    file.write_text(file.read_text(encoding="utf-8").replace("<solerni_badge", "<no_such_block"), encoding="utf-8")
    page.set_input_files("[data-demo-import] input[type=file]", file)
    page.click("[data-demo-import] button")
    expect(page.locator("[data-demo-messages] [data-kind=error]")).to_contain_text("no_such_block")
    expect(page.locator("[data-demo-messages] [data-kind=error]")).to_be_focused()


def test_what_moves_in_the_outline_keeps_the_focus_and_is_announced(visitor: Any) -> None:
    page = visitor("ana").open(STUDIO)
    first = page.locator("[data-demo-studio-unit]").first
    name = first.get_attribute("data-demo-studio-unit")
    row = page.locator(f"[data-demo-studio-unit='{name}']")
    for button, words in (("[data-demo-down]", "Descendu"), ("[data-demo-up]", "Monté")):
        row.locator(button).press("Enter")
        expect(page.locator("[data-demo-messages] [role=status]")).to_contain_text(words)
        expect(row.locator(".studio-unit-link")).to_be_focused()
