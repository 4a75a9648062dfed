"""The moderation queue by keyboard, in French: several at once and back, a conflict with the author, a sanction."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_contesting import press
from tests.browser.test_thread import INSULT, UNIT, pass_terms, publish_thread, settle

pytestmark = pytest.mark.browser
QUEUE = "/solerni/discussion/queue/"
CALM = "Franchement, je ne suis pas de cet avis, et je le dis sans détour à son auteur."


def test_several_are_refused_taken_back_changed_meanwhile_and_their_author_only_reads(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page = lea.open(UNIT)
    pass_terms(page)
    for title in ("Colère une", "Colère deux"):
        publish_thread(page, title, f"{title} : {INSULT}")
        page.locator("[data-solerni-back]").first.press("Enter")
        expect(page.locator("[data-solerni-list]")).to_be_visible()

    # Single keys walk through the queue and tick; the page names them.
    modou = visitor("modou", width=390)
    queue = modou.open(QUEUE)
    queue.keyboard.press("?")
    expect(queue.locator("[data-solerni-keys] summary")).to_be_focused()
    queue.locator("[data-solerni-open]", has_text="Colère").first.focus()
    queue.keyboard.press("x")
    queue.keyboard.press("j")
    queue.keyboard.press("x")
    expect(queue.locator("[data-solerni-case] input:checked")).to_have_count(2)
    modou.look("queue-ticked")
    press(queue, "[data-solerni-choosing] button[value='refuse']")
    expect(queue.locator("h1")).to_be_focused()
    queue.get_by_label("La courtoisie").press("Space")
    queue.get_by_label("Message à l’auteur").fill("Critiquez l’idée, pas la personne.")
    modou.look("several-confirm")
    press(queue, "[data-solerni-several] button[value='refuse']")
    expect(queue.locator("[data-solerni-decided]")).to_be_focused()
    expect(queue.locator("[data-solerni-case]", has_text="Colère")).to_have_count(0)
    press(queue, "[data-solerni-undo]")
    expect(queue.locator("[data-solerni-decided]")).to_be_focused()
    expect(queue.locator("[data-solerni-case]", has_text="Colère")).to_have_count(2)

    # The author changes the words while the case is open: the moderator sees what changed, and keeps what was typed.
    press(queue, "[data-solerni-case]:has-text('Colère deux') [data-solerni-open]")
    queue.locator("[data-solerni-ruling] textarea").fill("Non.")
    page.reload()
    settle(page)
    press(page, "[data-solerni-open-thread]:has-text('Colère deux')")
    page.locator("[data-solerni-edit]").first.press("Enter")
    edit = page.locator("[data-solerni-compose='revise_post']")
    edit.locator("[name=text]").fill(CALM)
    edit.locator("[data-solerni-publish]").press("Enter")
    expect(page.locator("[data-solerni-source]").first).to_contain_text("sans détour")
    press(queue, "[data-solerni-ruling] button[value='refuse']")
    expect(queue.locator("[data-solerni-refusal]")).to_be_focused()
    expect(queue.locator("[data-solerni-refusal] [data-solerni-changes]")).to_contain_text("sans détour")
    expect(queue.locator("[data-solerni-ruling] textarea")).to_have_value("Non.")
    modou.look("case-conflict")

    # The author only reads for three days, and sees until when and why where they would write.
    queue.locator("[data-solerni-penalty] > summary").press("Enter")
    form = queue.locator("[data-solerni-imposing]")
    form.locator("input[value='mute']").press("Space")
    form.locator("input[value='posts.courtesy']").press("Space")
    form.locator("textarea").fill("Deux fois aujourd’hui : reposez-vous trois jours.")
    modou.look("case-penalty")
    press(queue, "[data-solerni-impose]")
    expect(queue.locator("[data-solerni-decided]")).to_be_focused()
    expect(queue.locator("[data-solerni-sanctions] li")).to_have_count(1)
    modou.look("case-sanctioned")
    page = lea.open(UNIT)
    settle(page)
    expect(page.locator("[data-solerni-muted]").first).to_be_visible()
    expect(page.locator("[data-solerni-new-thread]")).to_be_hidden()
    lea.look("unit-muted")
    press(page, "[data-solerni-why-muted]")
    expect(page.locator("[data-solerni-until]")).to_be_visible()
    expect(page.locator("[data-solerni-statement]")).to_be_visible()
    lea.look("decision-muted")

    # Lifted with a reason, they write again.
    queue.locator("[data-solerni-sanctions] details summary").press("Enter")
    queue.locator("[data-solerni-lift] textarea").fill("Nous nous sommes parlé.")
    press(queue, "[data-solerni-lift] button")
    expect(queue.locator("[data-solerni-decided]")).to_be_focused()
    page = lea.open(UNIT)
    settle(page)
    expect(page.locator("[data-solerni-muted]")).to_have_count(0)
    expect(page.locator("[data-solerni-new-thread]").first).to_be_visible()


def test_what_is_overdue_says_so_and_is_found_by_the_filter(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page = lea.open(UNIT)
    pass_terms(page)
    publish_thread(page, "Réponse tardive", f"Encore une fois : {INSULT}")
    clock = visitor("oscar").open("/demo/clock/")
    press(clock, "[data-demo-clock] button[value='eight_days']")
    modou = visitor("modou", width=390)
    queue = modou.open(QUEUE)
    queue.locator("[name=only]").focus()
    queue.keyboard.type("Ce qui est en retard")
    press(queue, "[data-solerni-filters] button")
    line = queue.locator("[data-solerni-case]", has_text="Réponse tardive")
    expect(line).to_contain_text("retard")
    expect(queue.locator("[data-solerni-overdue]")).not_to_have_text("0")
    modou.look("queue-overdue")
