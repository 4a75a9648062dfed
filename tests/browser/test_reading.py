"""Reading together, by keyboard alone, in French, on a phone and on a wide screen: a question is asked, answered,
commented on, accepted, endorsed, found again; what is new is announced, and nothing moves until the reader wants it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_thread import COURSE, INSULT, settle

pytestmark = pytest.mark.browser
CAFE = f"/courses/{COURSE}/units/block-v1:Solerni+DECOUVRIR+2026+type@vertical+block@cafe"
TITLE = "Quelle est la hauteur du triangle ?"
FAULTY = "Bonjours, je sui contant de ta reponce mai je compren pa la fain."
RIGHT = "Merci, je comprends enfin pourquoi on divise par deux."
A_WHILE = 31_000
"""Longer than the discussion waits between two questions about what is new."""
PLACE = """() => {
  const stable = '[data-solerni-discussion] :is(form, article, li, button:not([data-solerni-show-news])), footer';
  const seen = [...document.querySelectorAll(stable)].filter((one) => one.checkVisibility());
  return [document.activeElement.outerHTML.slice(0, 300), ...seen.map((one) => one.getBoundingClientRect().top)];
}"""
"""What has the focus, and where everything stands."""


def enter(who: Any) -> Page:
    """The unit of the discussion, with a clock that can be moved on."""
    who.page.clock.install()
    page: Page = who.open(CAFE)
    settle(page)
    return page


def reach(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Press ``key`` until what has the focus matches, and shows it."""
    for _ in range(150):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"no visible focus on {selector}"
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached by {key}")


def press(page: Page, selector: str, *, key: str = "Tab") -> None:
    reach(page, selector, key=key)
    page.keyboard.press("Enter")


def open_thread(page: Page, title: str) -> None:
    """From anywhere before the list to the open thread."""
    line = page.locator("[data-solerni-open-thread]", has_text=title)
    press(page, f"[data-solerni-open-thread='{line.get_attribute('data-solerni-open-thread')}']")
    expect(page.locator("[data-solerni-heading]")).to_have_text(title)
    expect(page.locator("[data-solerni-heading]")).to_be_focused()


def reply(page: Page, text: str) -> str:
    """Write in the thread; the address of the new message in the page."""
    reach(page, "[data-slot^='reply:'] [name=text]")
    page.keyboard.type(text)
    press(page, "[data-slot^='reply:'] [data-solerni-publish]")
    expect(page.locator("[data-solerni-posts] > [data-solerni-post]:focus")).to_have_count(1)
    return "#" + str(page.evaluate("document.activeElement.id"))


def hear(page: Page) -> Locator:
    """Time passes; what is announced, while focus and place stay."""
    before = page.evaluate(PLACE)
    page.clock.fast_forward(A_WHILE)
    words = page.locator("[data-solerni-news-words]:visible")
    expect(words).not_to_be_empty()
    assert page.evaluate(PLACE) == before
    return words


def test_a_question_is_asked_answered_commented_accepted_endorsed_and_found(visitor: Any) -> None:
    sam = visitor("sam", width=390)
    asking = enter(sam)
    press(asking, "[data-solerni-new-thread]")
    expect(asking.locator("[data-slot=thread] [name=title]")).to_be_focused()
    asking.keyboard.type(TITLE)
    reach(asking, "[data-slot=thread] [name=kind]")
    asking.keyboard.press("ArrowDown")
    expect(asking.locator("[data-slot=thread] [name=kind]")).to_have_value("question")
    reach(asking, "[data-slot=thread] [name=text]")
    asking.keyboard.type(
        "Le côté mesure \\(c\\) et je cherche $$h = \\frac{c \\sqrt{3}}{2}$$ Pourquoi divise-t-on par deux ?"
    )
    press(asking, "[data-slot=thread] [data-solerni-publish]")
    expect(asking.locator("[data-solerni-heading]")).to_be_focused()
    expect(asking.locator("[data-solerni-text] math")).to_have_count(2)

    # Another finds it marked as new, and answers with a mention and a quotation.
    lea = visitor("lea")
    answering = enter(lea)
    line = answering.locator("[data-solerni-thread]", has_text=TITLE)
    expect(line).to_have_attribute("data-unread", "")
    lea.look("reading-list")
    open_thread(answering, TITLE)
    press(answering, "[data-solerni-quote]")
    field = answering.locator("[data-slot^='reply:'] [name=text]")
    expect(field).to_be_focused()
    expect(field).to_have_value(
        re.compile(r"^> Le côté mesure \\\(c\\\).+\n> \$\$h = .+\$\$\n.+\n>\n> — .+\n\n$", re.DOTALL)
    )
    answering.keyboard.type("@sa")
    expect(answering.locator("[data-solerni-people] [aria-selected=true]")).to_have_text("sam")
    answering.keyboard.press("Enter")
    answer = reply(answering, "la hauteur coupe le côté en deux parts égales.")
    expect(answering.locator(f"{answer} blockquote math")).to_have_count(2)

    # Who is typing hears of it: nothing moves, and the words stay when the answer is shown.
    reach(asking, "[data-slot^='reply:'] [name=text]")
    asking.keyboard.type("Je cherche encore")
    hear(asking)
    sam.look("reading-news")
    press(asking, "[data-solerni-reading] [data-solerni-show-news]", key="Shift+Tab")
    expect(asking.locator(answer)).to_be_focused()
    expect(asking.locator("[data-slot^='reply:'] [name=text]")).to_have_value("Je cherche encore")
    expect(asking.locator("[data-solerni-news-words]:visible")).to_have_count(0)

    # The comment stands beneath the answer; advice keeps its words, and so does a reload of the page.
    press(asking, f"{answer} [data-solerni-comment]")
    form = asking.locator("[data-slot^='comment:']")
    expect(form.locator("[name=text]")).to_be_focused()
    asking.keyboard.type(FAULTY)
    press(asking, "[data-slot^='comment:'] [data-solerni-publish]")
    expect(form.locator("[data-solerni-advice]")).to_be_focused()
    expect(form.locator("[name=text]")).to_have_value(FAULTY)
    sam.look("reading-comment")
    press(asking, "[data-slot^='comment:'] [data-solerni-cancel-comment]")
    expect(asking.locator(f"{answer} [data-solerni-comment]")).to_be_focused()
    expect(form).to_have_count(0)
    expect(asking.locator(f"{answer} [data-solerni-comment-kept]")).to_be_visible()
    asking.reload()
    settle(asking)
    expect(asking.locator(f"{answer} [data-solerni-comment-kept]")).to_be_visible()
    press(asking, f"{answer} [data-solerni-comment]")
    expect(form.locator("[name=text]")).to_have_value(FAULTY)
    asking.keyboard.press("ControlOrMeta+a")
    asking.keyboard.type(RIGHT)
    press(asking, "[data-slot^='comment:'] [data-solerni-publish]")
    comment = asking.locator(f"{answer} + [data-parent]")
    expect(comment).to_be_focused()
    expect(comment.locator("[data-solerni-text]")).to_have_text(RIGHT)
    expect(form).to_have_count(0)
    expect(asking.locator(f"{answer} [data-solerni-comment-kept]")).to_be_hidden()
    press(asking, f"{answer} [data-solerni-accept]", key="Shift+Tab")
    expect(asking.locator(f"{answer} [data-solerni-accepted]")).to_be_visible()

    ana = visitor("ana")
    staff = enter(ana)
    open_thread(staff, TITLE)
    press(staff, f"{answer} [data-solerni-endorse]")
    expect(staff.locator(f"{answer} [data-solerni-endorsed]")).to_be_visible()
    ana.look("reading-answered")

    # Who answered is told on the way back, sees the question answered, finds it by a word, and comes by its address.
    press(answering, "[data-solerni-back]", key="Shift+Tab")
    expect(line.locator("[data-solerni-open-thread]")).to_be_focused()
    expect(line.locator("[data-kind=ok]")).to_be_visible()
    press(answering, "[data-solerni-notices] > summary", key="Shift+Tab")
    expect(answering.locator("[data-solerni-notice=answer]")).to_be_visible()
    expect(answering.locator("[data-solerni-notice=endorsed]")).to_be_visible()
    lea.look("reading-notices")
    press(answering, "details:has([data-solerni-search]) > summary", key="Shift+Tab")
    reach(answering, "[data-solerni-search] [name=words]")
    answering.keyboard.type("divise enfin")
    answering.keyboard.press("Enter")
    expect(answering.locator("[data-solerni-hit]")).to_have_count(1)
    lea.look("reading-found")
    press(answering, "[data-solerni-hit] a")
    expect(answering.locator("[data-solerni-post]:focus [data-solerni-text]")).to_have_text(RIGHT)
    press(answering, "[data-solerni-post]:focus-within [data-solerni-link]")
    expect(answering.locator("[data-solerni-post]:focus [data-solerni-text]")).to_have_text(RIGHT)


def test_new_threads_and_what_happens_to_an_open_thread_are_announced(visitor: Any) -> None:
    modou = visitor("modou", width=390)
    reading = enter(modou)
    lea = visitor("lea")
    writing = enter(lea)
    press(writing, "[data-solerni-new-thread]")
    writing.keyboard.type("Un fil tout neuf")
    reach(writing, "[data-slot=thread] [name=text]")
    writing.keyboard.type("Bonjour, j’ouvre ce fil pendant que d’autres lisent la liste.")
    press(writing, "[data-slot=thread] [data-solerni-publish]")
    expect(writing.locator("[data-solerni-heading]")).to_be_focused()

    count = reading.locator("[data-solerni-thread]").count()
    reach(reading, "[data-solerni-choose] [name=sort]")
    hear(reading)
    expect(reading.locator("[data-solerni-thread]")).to_have_count(count)
    modou.look("reading-list-news")
    press(reading, "[data-solerni-list] [data-solerni-show-news]")
    expect(reading.locator("[data-solerni-thread]")).to_have_count(count + 1)
    expect(reading.locator("[data-solerni-thread][data-unread] [data-solerni-open-thread]:focus")).to_have_count(1)

    # The thread that is read goes away: the reader is told, and what was typed stays.
    sam = visitor("sam")
    peer = enter(sam)
    open_thread(peer, "Un fil tout neuf")
    reach(peer, "[data-slot^='reply:'] [name=text]")
    peer.keyboard.type("Bienvenue")
    writing.locator("[data-solerni-post] [data-solerni-withdraw]").evaluate("button => button.click()")
    expect(writing.locator("[data-solerni-post][data-state=withdrawn]")).to_be_visible()
    expect(hear(peer)).to_have_text(peer.locator("[data-solerni-news]:visible").get_attribute("data-gone") or "?")
    expect(peer.locator("[data-slot^='reply:'] [name=text]")).to_have_value("Bienvenue")
    sam.look("reading-gone")


def test_a_comment_that_is_held_shows_its_card_to_its_author_alone(visitor: Any) -> None:
    lea = visitor("lea", width=390)
    page = enter(lea)
    open_thread(page, "Une explication qui a tout changé")
    press(page, "[data-solerni-comment]")
    expect(page.locator("[data-slot^='comment:'] [name=text]")).to_be_focused()
    page.keyboard.type(INSULT)
    press(page, "[data-slot^='comment:'] [data-solerni-publish]")
    held = page.locator("[data-parent] [data-solerni-card=held]")
    expect(held).to_be_visible()
    lea.look("reading-comment-held")
    sam = visitor("sam")
    peer = enter(sam)
    open_thread(peer, "Une explication qui a tout changé")
    expect(peer.locator("[data-solerni-post]")).to_have_count(2)


def test_news_are_asked_for_less_often_when_all_is_calm_and_never_out_of_sight(visitor: Any) -> None:
    sam = visitor("sam")
    sam.page.add_init_script(
        "Object.defineProperty(document, 'visibilityState', {get: () => (window.isAway ? 'hidden' : 'visible')})"
    )
    page = enter(sam)
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(answer.url) if "list_news" in answer.url else None)

    def pass_time(seconds: int, *, asks: bool) -> None:
        before = len(asked)
        page.clock.fast_forward(seconds * 1000)
        page.wait_for_timeout(1500)
        assert (len(asked) > before) is asks, f"after {seconds} s"

    for seconds in (31, 46, 69):
        pass_time(seconds, asks=True)
    pass_time(31, asks=False)
    reach(page, "[data-solerni-choose] [name=sort]")
    pass_time(31, asks=True)
    page.evaluate("window.isAway = true; document.dispatchEvent(new Event('visibilitychange'))")
    pass_time(600, asks=False)
    with page.expect_response(lambda answer: "list_news" in answer.url):
        page.evaluate("window.isAway = false; document.dispatchEvent(new Event('visibilitychange'))")

    # Whose session has ended is not asked for any more.
    sam.context.clear_cookies(name="solerni_demo_session")
    pass_time(50, asks=True)
    pass_time(600, asks=False)
