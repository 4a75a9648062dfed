"""The whole idea in a browser: meet the terms, post, be held and decided, earn a badge, have a stranger verify it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.badges import independent

pytestmark = pytest.mark.browser
COURSE = "course-v1:Solerni+DECOUVRIR+2026"
UNIT = f"/courses/{COURSE}/units/block-v1:Solerni+DECOUVRIR+2026+type@vertical+block@entrer"
DISCUSSION = "block-v1:Solerni+DECOUVRIR+2026+type@solerni_discussion+block@presentations"
HANDLER = f"/courses/{COURSE}/xblock/{DISCUSSION}/handler"
INSULT = "Franchement, quel connard celui qui a écrit ça."
CALL = """async ([url, body]) => {
  const token = document.cookie.split('; ').find((pair) => pair.startsWith('csrftoken=')).split('=')[1];
  const headers = {'Content-Type': 'application/json', 'X-CSRFToken': token};
  const answer = await fetch(url, {method: 'POST', headers, body: JSON.stringify(body)});
  return [answer.status, await answer.json()];
}"""


def settle(page: Page) -> None:
    """Until the scripts of every block have started."""
    started = (
        "() => [...document.querySelectorAll('[data-init=SolerniBlock]')].every((one) => 'solerniReady' in one.dataset)"
    )
    page.wait_for_function(started)


def accept_terms(page: Page) -> None:
    settle(page)
    page.locator("[data-solerni-terms-tick]").check()
    page.locator("[data-solerni-terms-accept]").click()
    page.locator("[data-solerni-terms-children]").wait_for()
    settle(page)


def pass_terms(page: Page) -> None:
    """Accept, unless another test of this site has done so as the same person."""
    settle(page)
    if page.locator("[data-solerni-terms-tick]").count():
        accept_terms(page)


def publish_thread(page: Page, title: str, text: str) -> None:
    settle(page)
    block = page.locator("[data-solerni-discussion]").first
    block.locator("[data-solerni-new-thread]").click()
    form = block.locator("[data-solerni-compose='publish_thread']")
    form.get_by_label("Titre", exact=True).fill(title)
    form.get_by_label("Votre message").fill(text)
    form.locator("[data-solerni-publish]").click()
    expect(block.locator("[data-solerni-heading]")).to_have_text(title)


def reply(page: Page, text: str) -> None:
    form = page.locator("[data-solerni-compose='publish_post']")
    form.locator("textarea").fill(text)
    form.locator("[data-solerni-publish]").click()


def test_the_thread_from_terms_to_a_verified_badge(visitor: Any, site: str, tmp_path: Any) -> None:
    lea = visitor("lea")
    page = lea.open(UNIT)

    settle(page)

    # The terms stand in front: the children are not in the page, and their handlers refuse when called directly.
    expect(page.locator("[data-solerni-terms]")).to_be_visible()
    expect(page.locator("[data-solerni-discussion]")).to_have_count(0)
    assert "Présentez-vous" not in page.content()
    lea.look("unit-terms")
    status, body = page.evaluate(CALL, [f"{HANDLER}/list_threads", {}])
    assert (status, body["error_code"]) == (403, "terms_required")
    assert body["terms_url"]
    page.locator("[data-solerni-terms-accept]").click()
    expect(page.locator("[data-solerni-terms] [data-solerni-status]")).to_contain_text("cochez")
    accept_terms(page)
    expect(page.locator("[data-solerni-discussion]")).to_be_visible()
    lea.look("unit-open")

    # A post is published, and the badge of the page follows.
    progress = page.locator("[data-solerni-requirement]").filter(has=page.locator("progress"))
    expect(progress).to_have_attribute("data-met", "false")
    publish_thread(page, "Bonjour à toutes et à tous", "Je m’appelle **Léa**, j’apprends le jardinage.")
    expect(progress).to_have_attribute("data-met", "true")
    expect(page.locator("[data-solerni-post] strong", has_text="Léa")).to_have_count(1)

    # A discourteous reply is held, with the rule and the passage.
    reply(page, INSULT)
    card = page.locator("[data-solerni-card='held']")
    expect(card).to_contain_text("3 jours ouvrés")
    expect(card.locator("[data-solerni-contest] a")).to_have_attribute("href", re.compile("^mailto:"))
    expect(card.get_by_role("link", name="La courtoisie")).to_have_attribute("href", re.compile("#posts.courtesy$"))
    expect(page.locator("[data-solerni-post] mark")).to_have_text("connard")
    lea.look("post-held")

    # Others do not see it.
    sam = visitor("sam")
    sam_page = sam.open(UNIT)
    pass_terms(sam_page)
    sam_page.locator("[data-solerni-open-thread]", has_text="Bonjour à toutes").click()
    expect(sam_page.locator("[data-solerni-post]")).to_have_count(1)
    assert "connard" not in sam_page.content()

    # A moderator refuses it with a reason.
    modou = visitor("modou")
    queue = modou.open("/solerni/discussion/queue/")
    line = queue.locator("[data-solerni-case]", has_text="connard")
    expect(line.locator("[data-solerni-open]")).to_have_text("Bonjour à toutes et à tous")
    modou.look("queue")
    line.locator("[data-solerni-open]").click()
    ruling = queue.locator("[data-solerni-ruling]")
    expect(queue.locator("[data-solerni-source] mark")).to_have_text("connard")
    ruling.get_by_role("button", name="Refuser").click()
    expect(ruling.locator("textarea")).to_be_focused()
    assert queue.title().startswith("Erreur")
    modou.look("case-incomplete")
    # What a moderator types survives a reload, and another visit of the page.
    case = queue.url
    expect(ruling.get_by_label("La courtoisie")).to_be_checked()
    ruling.locator("textarea").fill("Critiquez l’idée, pas la personne : vous pouvez le dire autrement.")
    queue.goto(f"{site}/solerni/discussion/queue/")
    queue.goto(case)
    expect(ruling.locator("textarea")).to_have_value(re.compile("^Critiquez l’idée"))
    ruling.get_by_role("button", name="Refuser").click()
    expect(queue.locator("[data-solerni-decided]")).to_be_focused()
    assert queue.title().startswith("Décision enregistrée")
    assert queue.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('ruling'))") == []
    modou.look("queue-decided")

    # A reload opens the thread again: the author reads the outcome there, takes the text up again, and has a mail.
    page.reload()
    settle(page)
    card = page.locator("[data-solerni-card='refused']")
    expect(card).to_contain_text("Critiquez l’idée")
    lea.look("post-refused")
    refused = page.locator("[data-solerni-post][data-state=refused]")
    refused.locator("[data-solerni-edit]").press("Enter")
    correction = refused.locator("[data-solerni-compose='revise_post'] [name=text]")
    expect(correction).to_be_focused()
    expect(correction).to_have_value(INSULT)
    correction.fill("Franchement, je ne suis pas de cet avis.")
    lea.look("post-taken-up")
    mailbox = lea.open("/demo/mail/")
    lea.look("mailbox")
    mailbox.locator("main a", has_text=re.compile("message", re.IGNORECASE)).first.click()
    expect(mailbox.locator("main")).to_contain_text("lea@example.org")
    lea.look("mail")
    mailbox.locator("article summary").click()
    mailbox.locator("[data-demo-text] a[href*='/solerni/discussion/threads/']").click()
    expect(mailbox.locator("[data-solerni-reading] [data-solerni-card='refused']")).to_be_visible()
    expect(mailbox.locator("[data-solerni-heading]")).to_be_focused()

    # The badge is earned, explained, downloaded.
    page = lea.open(UNIT)
    settle(page)
    award = page.locator("[data-solerni-award]")
    expect(award).to_be_visible()
    expect(page.locator("[data-solerni-requirement]").first).to_have_attribute("data-met", "true")
    lea.look("badge-earned")
    with page.expect_download() as waiting:
        award.locator("[data-solerni-download]").click()
    path = tmp_path / "badge.json"
    waiting.value.save_as(path)

    # Anybody verifies it: with a tool that shares nothing with the signer, and on the public page.
    content = path.read_bytes()
    did = requests.get(f"{site}/solerni/badges/issuer/did.json", timeout=10).json()
    independent.verify(content, did)
    forged = content.replace(b"Premi\xc3\xa8re parole", b"Derni\xc3\xa8re parole")
    assert forged != content
    with pytest.raises(independent.Unverified):
        independent.verify(forged, did)
    assert "lea" not in content.decode().lower()
    stranger = visitor()
    verify = stranger.open("/solerni/badges/verify/")
    stranger.look("verify")
    verify.locator("#verify-file").set_input_files(path)
    verify.locator("[data-solerni-verify] button").click()
    expect(verify.locator("[data-solerni-verdict]")).to_have_attribute("data-solerni-verdict", "passed")
    expect(verify.locator("[data-solerni-verdict]")).to_be_focused()
    stranger.look("verify-passed")
    verify.locator("#verify-text").fill(forged.decode())
    verify.locator("[data-solerni-verify] button").click()
    expect(verify.locator("[data-solerni-verdict]")).to_have_attribute("data-solerni-verdict", "failed")
    stranger.look("verify-failed")

    # It is private until its holder publishes it.
    uuid = award.get_attribute("data-solerni-award")
    assert requests.get(f"{site}/solerni/badges/awards/{uuid}/", timeout=10).status_code == 404
    award.locator("[data-solerni-share]").click()
    expect(page.locator("[data-solerni-public-link]")).to_be_visible()
    stranger.open(f"/solerni/badges/awards/{uuid}/")
    stranger.look("badge-public")
    served = requests.get(f"{site}/solerni/badges/awards/{uuid}/credential.json", timeout=10)
    assert served.content == content
    assert served.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(content)["type"][:2] == ["VerifiableCredential", "OpenBadgeCredential"]


def test_what_was_typed_survives_a_lost_network_and_an_ended_session(visitor: Any) -> None:
    modou = visitor("modou")
    page = modou.open(UNIT)
    pass_terms(page)
    block = page.locator("[data-solerni-discussion]").first
    block.locator("[data-solerni-new-thread]").click()
    form = block.locator("[data-solerni-compose='publish_thread']")
    form.get_by_label("Titre", exact=True).fill("Un titre")
    form.get_by_label("Votre message").fill("Un long message.")
    modou.context.set_offline(True)
    form.locator("[data-solerni-publish]").click()
    expect(form.locator("[data-solerni-status]")).to_contain_text("réseau")
    modou.context.set_offline(False)
    expect(form.get_by_label("Votre message")).to_have_value("Un long message.")
    modou.context.clear_cookies(name="solerni_demo_session")
    form.locator("[data-solerni-publish]").click()
    expect(form.locator("[data-solerni-status]")).to_contain_text("Votre session est terminée")
    expect(form.locator("[data-solerni-where] a")).to_have_attribute("href", re.compile(r"/login\?next=.+jump_to"))
    expect(form.get_by_label("Votre message")).to_have_value("Un long message.")
    modou.look("post-session-ended")
    modou.become("modou")
    page = modou.open(UNIT)
    settle(page)
    form = page.locator("[data-solerni-compose='publish_thread']").first
    expect(form.get_by_label("Votre message")).to_have_value("Un long message.")
    form.get_by_label("Votre message").fill("")
    form.locator("[data-solerni-publish]").click()
    expect(form.locator("[data-solerni-status]")).not_to_be_empty()
    expect(form.get_by_label("Titre", exact=True)).to_have_value("Un titre")


def test_a_double_click_is_one_post(visitor: Any) -> None:
    sam = visitor("sam")
    page = sam.open(UNIT)
    pass_terms(page)
    block = page.locator("[data-solerni-discussion]").first
    block.locator("[data-solerni-new-thread]").click()
    form = block.locator("[data-solerni-compose='publish_thread']")
    form.get_by_label("Titre", exact=True).fill("Une seule fois")
    form.get_by_label("Votre message").fill("Je clique deux fois.")
    form.locator("[data-solerni-publish]").dblclick()
    expect(block.locator("[data-solerni-heading]")).to_have_text("Une seule fois")
    block.locator("[data-solerni-back]").click()
    expect(block.locator("[data-solerni-open-thread]", has_text="Une seule fois")).to_have_count(1)


def test_the_terms_are_met_and_a_post_written_with_the_keyboard_only(visitor: Any) -> None:
    ana = visitor("ana", width=390)
    page = ana.open(UNIT)

    def reach(selector: str) -> None:
        for _ in range(80):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"no visible focus on {selector}"
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab")

    reach("[data-solerni-terms-tick]")
    page.keyboard.press("Space")
    reach("[data-solerni-terms-accept]")
    page.keyboard.press("Enter")
    page.locator("[data-solerni-terms-children]").wait_for()
    settle(page)
    reach("[data-solerni-new-thread]")
    page.keyboard.press("Enter")
    page.keyboard.type("Au clavier")
    reach("textarea[name=text]")
    page.keyboard.type("Sans souris.")
    reach("[data-solerni-publish]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-solerni-heading]")).to_be_focused()
    expect(page.locator("[data-solerni-heading]")).to_have_text("Au clavier")
    ana.look("thread-by-keyboard")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_refusal_at_the_limits_keeps_the_text(visitor: Any, language: str) -> None:
    modou = visitor("modou", language=language)
    page = modou.open(UNIT)
    pass_terms(page)
    for text in ("", "x" * 200_000):
        status, body = page.evaluate(
            CALL,
            [
                f"{HANDLER}/publish_thread",
                {"title": "t", "text": text, "submission": "0" * 8 + "-0000-4000-8000-" + "0" * 12},
            ],
        )
        assert status == 400, body
        assert body["error"]
