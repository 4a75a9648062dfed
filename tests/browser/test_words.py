"""Lists of words and help while writing in a browser: a course team watches a word, a learner is helped with spelling
and finds a thread that asks alike. French, by keyboard, on a phone too."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_writing import begin, enter, press

pytestmark = pytest.mark.browser


def test_a_course_team_watches_a_word_and_tries_it_first(visitor: Any) -> None:
    ana = visitor("ana")
    page = enter(ana)
    with page.expect_navigation():
        page.locator("[data-solerni-words-link]").press("Enter")
    boxes = page.locator("[data-solerni-words]")
    boxes.locator("[name=hold]").fill("bidule\npot-de-vin")
    boxes.locator("[name=nudge]").fill("machin")
    boxes.locator("[name=glossary]").fill("rebase")
    boxes.locator("[name=sample]").fill("Voici des B1DULES et un machin chose.")
    boxes.locator("[name=try]").press("Enter")
    trial = page.locator("[data-solerni-trial]")
    expect(trial.locator("mark")).to_have_text(["B1DULES", "machin"])
    ana.look("words-tried")
    boxes.locator("[name=allow]").fill("c++")
    boxes.locator("[name=save]").press("Enter")
    expect(boxes.locator("[name=allow]")).to_be_focused()
    ana.look("words-wrong")
    boxes.locator("[name=allow]").fill("")
    boxes.locator("[name=save]").press("Enter")
    expect(page.locator("[data-solerni-done]")).to_contain_text("4")
    ana.look("words-saved")

    lea = visitor("lea", width=390)
    page = enter(lea)
    form = begin(page, "Un objet", "Il me manque un b.i.d.u.l.e pour finir mon travail.")
    press(form, "publish")
    expect(page.locator("[data-solerni-heading]")).to_have_text("Un objet")
    expect(page.locator("[data-solerni-post]").first).to_contain_text("b.i.d.u.l.e")
    assert page.locator("[data-solerni-post] mark").first.is_visible()


def test_words_are_replaced_or_kept_one_by_one_and_threads_that_ask_alike_are_shown(visitor: Any) -> None:
    sam = visitor("sam")
    form = begin(enter(sam), "Comment préparer la salle de travail ?", "Que faut-il prévoir pour la salle ?")
    press(form, "publish")
    expect(sam.page.locator("[data-solerni-heading]")).to_contain_text("Comment préparer")

    lea = visitor("lea", width=390)
    form = begin(enter(lea), "", "Je cherche le profeseur et le zorgblatt du cours.")
    form.locator("[name=title]").press_sequentially("Préparer une salle de travail")
    expect(form.locator("[data-solerni-similar-thread]").first).to_have_text("Comment préparer la salle de travail ?")
    lea.look("words-similar")
    press(form, "publish")
    unknown = form.locator("[data-solerni-unknown]")
    unknown.locator("[data-solerni-word=profeseur] [data-solerni-suggest]").press("Enter")
    chosen = unknown.locator("[data-solerni-suggestion=professeur]")
    expect(unknown.locator("[data-solerni-suggestion]").first).to_be_focused()
    lea.look("words-suggested")
    chosen.press("Enter")
    expect(form.locator("[name=text]")).to_have_value("Je cherche le professeur et le zorgblatt du cours.")
    unknown.locator("[data-solerni-word=zorgblatt] [data-solerni-keep-word]").press("Enter")
    expect(unknown).to_contain_text("zorgblatt ·")
    press(form, "publish")
    expect(lea.page.locator("[data-solerni-heading]")).to_have_text("Préparer une salle de travail")
