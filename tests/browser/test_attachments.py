"""Files in a browser: sent, described, published, read, changed; what cannot be taken keeps the rest. French, by
keyboard, on a phone."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.test_thread import settle
from tests.browser.test_writing import OPENING, begin, enter, press

pytestmark = pytest.mark.browser
TEXT = "Bonjour à toutes et à tous, voici une photographie de mon carnet de notes pour ce cours."
OTHER = "Pour la prochaine séance, je vous propose de comparer ces couleurs et de dire ce que vous en pensez."
INPUT = "[data-solerni-file-input]"
FILE = "[data-solerni-file]"


def make_photo(size: tuple[int, int] = (1200, 800)) -> dict[str, Any]:
    written = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(written, "JPEG")
    return {"name": "carnet.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def make_file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def say(line: Any, **label: str) -> None:
    """Fill what is asked of a file, by keyboard."""
    page = line.page
    for name, value in label.items():
        field = line.locator(f"[data-solerni-file-field={name}]")
        with page.expect_response(lambda answer: "label_file" in answer.url and answer.ok):
            if name == "rights":
                field.select_option(value)
            else:
                field.fill(value)
                field.press("Tab")


def test_a_photograph_is_sent_described_published_and_read(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page: Page = enter(lea)
    form = begin(page, "Mon carnet", TEXT)
    form.locator(INPUT).set_input_files(make_photo())
    line = form.locator(FILE)
    expect(line).to_have_count(1)
    state = form.locator("[data-solerni-file-state]")
    expect(state).to_have_text(state.get_attribute("data-arrived") or "?")

    # Published without a word on it, it is asked for: the field takes the focus, and nothing is lost.
    press(form, "publish")
    expect(line.locator("[data-solerni-file-field=alternative]")).to_be_focused()
    expect(form.locator("[name=text]")).to_have_value(TEXT)
    lea.look("attachments-asked")
    say(line, alternative="Un carnet ouvert", rights="licensed", licence="CC BY 4.0", source="Anne Martin")
    lea.look("attachments-described")

    # A reload finds it again, described.
    page.reload()
    settle(page)
    expect(line).to_have_count(1)
    expect(line.locator("[data-solerni-file-field=alternative]")).to_have_value("Un carnet ouvert")
    expect(line.locator("[data-solerni-file-field=source]")).to_have_value("Anne Martin")
    press(form, "publish")
    expect(page.locator("[data-solerni-heading]")).to_have_text("Mon carnet")
    image = page.locator("[data-solerni-attachment] img")
    expect(image).to_have_attribute("alt", "Un carnet ouvert")
    assert image.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 1200
    expect(page.locator("figcaption")).to_contain_text("CC BY 4.0")
    lea.look("attachments-read")

    # Another learner sees it; a visitor does not.
    address = image.get_attribute("src") or ""
    sam = visitor("sam")
    theirs = enter(sam)
    assert theirs.request.get(sam.site + address).status == 200
    nobody = visitor()
    assert "/login" in nobody.context.request.get(nobody.site + address).url

    # Changed: a text joins, put beside the photograph; then the photograph goes.
    post = page.locator("[data-solerni-post]").first
    press(post, "edit")
    edit = post.locator("[data-solerni-compose='revise_post']")
    expect(edit.locator(FILE)).to_have_count(1)
    edit.locator(INPUT).set_input_files(make_file("plan.md", b"Un plan en trois parties"))
    expect(edit.locator(FILE)).to_have_count(2)
    say(edit.locator(FILE).nth(1), rights="mine")
    edit.locator(FILE).first.locator("[data-solerni-remove-file]").press("Enter")
    expect(edit.locator(INPUT)).to_be_focused()
    lea.look("attachments-edit")
    with page.expect_response(lambda answer: "read_thread" in answer.url and answer.ok):
        press(edit, "publish")
    expect(page.locator("[data-solerni-attached] a")).to_have_count(1)
    expect(page.locator("[data-solerni-attached] a")).to_have_text("plan.md")
    with page.expect_download() as download:
        page.locator("[data-solerni-attached] a").press("Enter")
    assert download.value.suggested_filename == "plan.md"
    press(post, "show-history")
    expect(post.locator("[data-solerni-history] img")).to_have_attribute("alt", "Un carnet ouvert")
    lea.look("attachments-history")


def test_what_cannot_be_taken_keeps_the_text_and_the_other_files(visitor: Any) -> None:
    sam = visitor("sam", width=390)
    page = enter(sam)
    form = begin(page, "Des fichiers", OTHER)
    sent = [make_photo(), make_file("dessin.svg", b"<svg onload='alert(1)'/>"), make_file("film.png", b"x" * 4_000_001)]
    form.locator(INPUT).set_input_files(sent)
    expect(form.locator(FILE)).to_have_count(1)
    failed = form.locator("[data-coming]")
    expect(failed).to_have_count(2)
    for line in failed.all():
        expect(line.locator("[data-solerni-file-error]")).not_to_be_empty()
    sam.look("attachments-refused")
    press(form, "publish")
    expect(form.locator("[data-solerni-file-state]")).to_be_focused()
    expect(form.locator("[name=text]")).to_have_value(OTHER)
    for _ in range(2):
        failed.first.locator("[data-solerni-remove-file]").press("Enter")
        expect(form.locator(INPUT)).to_be_focused()
    expect(failed).to_have_count(0)

    # Offline it waits, and is sent again.
    sam.context.set_offline(True)
    form.locator(INPUT).set_input_files(make_file("notes.txt", b"Des notes"))
    expect(failed.locator("[data-solerni-file-error]")).to_be_visible()
    sam.context.set_offline(False)
    failed.locator("[data-solerni-retry-file]").press("Enter")
    expect(form.locator(FILE)).to_have_count(2)

    # Into the text: the reference stands where the author writes, the preview shows it.
    say(form.locator(FILE).first, alternative="Un dégradé", rights="mine")
    say(form.locator(FILE).nth(1), rights="mine")
    form.locator(FILE).first.locator("[data-solerni-insert-file]").press("Enter")
    expect(form.locator("[name=text]")).to_be_focused()
    press(form, "show-preview")
    expect(form.locator("[data-solerni-preview] img")).to_have_attribute("alt", "Un dégradé")
    press(form, "publish")
    expect(page.locator("[data-solerni-text] img")).to_have_attribute("alt", "Un dégradé")
    expect(page.locator("[data-solerni-attached] img")).to_have_count(0)
    sam.look("attachments-in-the-text")
    assert page.locator(f"{OPENING} {FILE}").count() == 0


def test_a_file_waits_in_the_form_that_it_was_sent_for(visitor: Any) -> None:
    lea = visitor("lea")
    page = enter(lea)
    page.locator("[data-solerni-open-thread]").first.press("Enter")
    form = page.locator("[data-solerni-compose='publish_post']").last
    form.locator(INPUT).set_input_files(make_file("notes.txt", b"Des notes"))
    expect(form.locator(FILE)).to_have_count(1)
    page.locator("[data-solerni-back]").press("Enter")
    expect(page.locator("[data-solerni-reading]")).to_be_hidden()
    expect(page.locator(f"{OPENING} {FILE}")).to_have_count(0)
    page.locator("[data-solerni-open-thread]").first.press("Enter")
    expect(form.locator(FILE)).to_have_count(1)
    form.locator("[data-solerni-remove-file]").press("Enter")
    expect(form.locator(FILE)).to_have_count(0)
    expect(form.locator(INPUT)).to_be_focused()
