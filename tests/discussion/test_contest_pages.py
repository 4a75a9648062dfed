"""The page of a decision and the pages of second readers: what they show to whom, and that no word is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.discussion import api, presenters
from solerni_xblocks.discussion.data import Act, Complaint, Ground, Part, Passage, Ruling, Seen, State
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.models import Appeal, AppealMessage, Decision, Post
from tests.discussion.conftest import open_thread

LIST = "/solerni/discussion/appeals/"
MESSAGE = "Sans viser <b>personne</b>, s'il vous plaît."


@pytest.fixture(autouse=True)
def english(settings) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.SOLERNI_CLOCK = "django.utils.timezone.now"
    cache.clear()
    translation.activate("en")


@pytest.fixture
def enter() -> Any:
    def enter(user: Any, **options: Any) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="en", **options)
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def removed(learner: Any, moderator: Any, cafe: Any) -> Decision:
    post = open_thread(learner, cafe, title="Un fil", source="Vous êtes <i>nuls</i> !")
    ground = Ground(clause="posts.courtesy", part=Part.BODY, passage=Passage(start=10, end=21))
    ruling = Ruling(act=Act.REMOVE, grounds=(ground,), message=MESSAGE, seen=Seen(case=0, post=1))
    api.decide_post(moderator.id, post.uuid, ruling)
    return Decision.objects.get()


@pytest.fixture
def second(django_user_model: Any, course_key: CourseKey) -> Any:
    user = django_user_model.objects.create_user("nora", "nora@example.org", "secret")
    api.appoint_moderator(course_key, user.id)
    return user


def address(decision: Decision) -> str:
    return reverse("solerni_discussion:decision", args=[decision.uuid])


def appeal_address(appeal: Appeal) -> str:
    return reverse("solerni_discussion:appeal", args=[appeal.uuid])


def contest(learner: Any, decision: Decision) -> Appeal:
    words = Words(submission=uuid4(), text="Je ne vise personne.")
    return Appeal.objects.get(uuid=api.contest_decision(Contester(member_id=learner.id), decision.uuid, words))


def sent(**values: str) -> dict[str, str]:
    return {"text": "Je ne vise personne.", "submission": str(uuid4()), **values}


def test_the_author_reads_every_point_of_the_statement_of_reasons(removed, learner, enter) -> None:
    html = enter(learner).get(address(removed)).content.decode()
    for words in (
        "Your message was removed.",
        "Courtesy",
        "Vous êtes <mark>&lt;i&gt;nuls&lt;/i&gt;</mark> !",
        "Sans viser &lt;b&gt;personne&lt;/b&gt;",
        "The message is taken out of the discussion.",
        "The European Union",
        "Without an end",
        "A moderator read a message of a course discussion",
        "The service&#x27;s own initiative",
        "No software found the message. A person decided.",
        "not compatible with the terms of use",
        "article 21 of Regulation (EU) 2022/2065",
        "go to court",
        "Contest this decision",
    ):
        assert words in html, words
    assert ">sam<" not in html


def test_nobody_else_finds_the_page_and_visitors_log_in(removed, stranger, moderator, enter) -> None:
    for person in (stranger, moderator):
        assert enter(person).get(address(removed)).status_code == 404
    answer = Client().get(address(removed))
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


def test_contesting_twice_at_once_is_one_complaint(removed, learner, enter) -> None:
    client, words = enter(learner), sent()
    for _ in range(2):
        answer = client.post(address(removed), words, follow=True)
        assert "Your text is sent" in answer.content.decode()
    assert (Appeal.objects.count(), AppealMessage.objects.count()) == (1, 1)
    assert "Answer promised before" in answer.content.decode()


def test_what_was_typed_comes_back_with_every_refusal(removed, learner, moderator, enter) -> None:
    client = enter(learner)
    answer = client.post(address(removed), sent(text=""))
    assert (answer.status_code, "Write a few words first." in answer.content.decode()) == (400, True)
    answer = client.post(address(removed), sent(text="Long. " * 900))
    assert (answer.status_code, answer.content.decode().count("Long.")) == (400, 900)
    api.undo_decisions(moderator.id, removed.uuid)
    answer = client.post(address(removed), sent())
    assert (answer.status_code, "Je ne vise personne." in answer.content.decode()) == (409, True)


def test_words_survive_a_lost_session(removed, learner, second, enter) -> None:
    for where in (address(removed), appeal_address(contest(learner, removed))):
        answer = Client().post(where, sent(text="Des mots <precieux>"))
        html = answer.content.decode()
        assert (answer.status_code, "Des mots &lt;precieux&gt;" in html, "next=" in html) == (401, True, True)


def test_the_decision_card_leads_to_the_page(removed, learner, author, cafe) -> None:
    record = api.read_thread(learner.id, cafe, Post.objects.get().thread.uuid)
    own = presenters.answer_posts(record, viewer_id=learner.id)["html"]
    assert f'href="{address(removed)}" target="_top"' in own and "or contest" in own
    record = api.read_thread(author.id, cafe, Post.objects.get().thread.uuid)
    assert address(removed) not in presenters.answer_posts(record, viewer_id=author.id)["html"]


def test_a_reporter_reads_the_outcome_and_nothing_of_the_author(
    learner, stranger, moderator, register, cafe, enter
) -> None:
    register.give_role(stranger.id, cafe.course_key, "student")
    post = open_thread(learner, cafe, source="Un texte à elle")
    api.report_post(stranger.id, cafe, post.uuid, Complaint(reason="other", note="Cela blesse"))
    ruling = Ruling(act=Act.REMOVE, grounds=(Ground(clause="posts.courtesy"),), message=MESSAGE)
    api.decide_post(moderator.id, post.uuid, ruling)
    html = enter(stranger).get(address(Decision.objects.get())).content.decode()
    assert "The message that you reported was removed." in html and "Cela blesse" in html and "Courtesy" in html
    for words in ("Un texte à elle", "Sans viser", ">lea<"):
        assert words not in html, words


def test_second_readers_find_it_beside_the_queue_and_the_first_is_told_why_not(
    removed, learner, moderator, second, enter
) -> None:
    appeal = contest(learner, removed)
    assert LIST in enter(second).get("/solerni/discussion/queue/").content.decode()
    for person, may in ((second, True), (moderator, False)):
        client = enter(person)
        html = client.get(LIST).content.decode()
        assert ("Un fil" in html, "Another person has to answer." not in html) == (True, may)
        html = client.get(appeal_address(appeal)).content.decode()
        assert ("data-solerni-answer>" in html, "You took this decision" in html) == (may, not may)
    answer = enter(moderator).post(appeal_address(appeal), {"outcome": "restore", "text": "Si.", "seen": "1"})
    assert (answer.status_code, "You took this decision" in answer.content.decode()) == (403, True)
    assert "Si." in answer.content.decode()


def test_the_second_reader_asks_then_overturns(removed, learner, second, enter) -> None:
    appeal, client = contest(learner, removed), enter(second)
    asked = {"ask": "1", "ask-text": "Qui visiez-vous ?", "ask-submission": str(uuid4())}
    assert client.post(appeal_address(appeal), asked).status_code == 302
    page = enter(learner).get(address(removed)).content.decode()
    assert "Qui visiez-vous ?" in page and "Second reader" in page and "nora" not in page
    enter(learner).post(address(removed), sent(text="Personne."))
    answer = client.post(appeal_address(appeal), {"outcome": "restore", "text": "D'accord.", "seen": "1"})
    html = answer.content.decode()
    assert (answer.status_code, "A new message came in" in html, "D&#x27;accord." in html) == (409, True, True)
    answer = client.post(appeal_address(appeal), {"outcome": "restore", "text": "D'accord.", "seen": "2"}, follow=True)
    assert "the case is closed" in answer.content.decode()
    assert Post.objects.get().state == State.PUBLISHED
    page = enter(learner).get(address(removed)).content.decode()
    assert "reversed it" in page and "D&#x27;accord." in page and "<form" not in page.split("dialogue")[-1]


def test_an_answer_needs_an_outcome_and_reasons_and_keeps_what_was_typed(removed, learner, second, enter) -> None:
    appeal, client = contest(learner, removed), enter(second)
    answer = client.post(appeal_address(appeal), {"text": "Des raisons", "seen": "1"})
    assert (answer.status_code, "Des raisons" in answer.content.decode()) == (400, True)
    answer = client.post(appeal_address(appeal), {"outcome": "uphold", "text": " ", "seen": "1"})
    assert (answer.status_code, "An answer gives its reasons." in answer.content.decode()) == (400, True)
    answer = client.post(appeal_address(appeal), {"outcome": "hide", "text": "Non", "seen": "1"})
    assert answer.status_code == 400 and Appeal.objects.get().is_open


def test_a_claim_is_seen_and_given_up(removed, learner, second, author, enter) -> None:
    appeal = contest(learner, removed)
    where = reverse("solerni_discussion:claim_appeal", args=[appeal.uuid])
    enter(second).post(where, {"how": "take"})
    assert "nora is working on it" in enter(author).get(LIST).content.decode()
    assert enter(author).post(where, {"how": "take"}).status_code == 409
    enter(second).post(where, {"how": "release"})
    assert "is working on it" not in enter(author).get(LIST).content.decode()


def test_who_moderates_nothing_reads_no_list_and_a_bad_cursor_starts_over(learner, second, enter) -> None:
    assert enter(learner).get(LIST).status_code == 403
    for cursor in ("nonsense", "2026-01-01~1", "2026-01-01T00:00:00+00:00~x"):
        assert enter(second).get(LIST, {"after": cursor}).status_code == 302
    for where in ("appeal", "claim_appeal"):
        assert enter(second).post(reverse(f"solerni_discussion:{where}", args=[uuid4()])).status_code == 404
