"""Notices of illegal content (DSA article 16): account or not, a receipt at once, an answer with redress."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Complaint, Ground, Ruling, State
from solerni_xblocks.discussion.data.contesting import Contester, Words
from solerni_xblocks.discussion.errors.contesting import DecisionNotFound
from solerni_xblocks.discussion.models import Appeal, Case, Decision, LogEntry, Post, Report, Source, Statement, Thread
from tests.discussion.conftest import INSULT, open_thread

FORM = "/solerni/discussion/notice/"
KEEP = Ruling(act=Act.KEEP)
REMOVE = Ruling(act=Act.REMOVE, grounds=(Ground(clause="posts.courtesy"),), message="Retiré.")


@pytest.fixture(autouse=True)
def english(settings) -> None:
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    translation.activate("en")


@pytest.fixture
def post(learner: Any, cafe: Any) -> Any:
    return open_thread(learner, cafe, title="Un fil", source="Texte")


@pytest.fixture
def send(django_capture_on_commit_callbacks: Any) -> Any:
    """Send the form as ``user``, or as a stranger without account."""

    def send(post: Any, user: Any = None, **values: Any) -> Any:
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        filled = {
            "address": f"https://learn.example.org/solerni/discussion/post/{post.uuid}/",
            "explanation": "Une menace <i>précise</i>.",
            "law": "Code pénal, 222-17",
            "good_faith": "on",
        }
        if user:
            client.force_login(user)
        else:
            filled |= {"name": "Zoé", "email": "zoe@example.org"}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(FORM, {name: value for name, value in (filled | values).items() if value})

    return send


def decide(moderator: Any, post: Any, ruling: Ruling, capture: Any) -> Decision:
    with capture(execute=True):
        api.decide_post(moderator.id, post.uuid, ruling)
    return Decision.objects.latest("id")


def test_anybody_gives_notice_and_has_a_receipt_at_once(post, send) -> None:
    answer = send(post)
    report, case = Report.objects.get(), Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{FORM}?received={report.uuid}")
    assert str(report.uuid) in Client().get(answer["Location"]).content.decode()
    assert (case.source, report.reason, report.reporter_id) == (Source.NOTICE, "illegal", None)
    assert (report.name, report.email, report.law, report.good_faith) == (
        "Zoé",
        "zoe@example.org",
        "Code pénal, 222-17",
        True,
    )
    receipt = mail.outbox[0]
    assert (receipt.to, str(report.uuid) in receipt.body) == (["zoe@example.org"], True)
    assert "<i>" not in receipt.alternatives[0][0]
    assert (LogEntry.objects.get(act="notice").subject, Thread.objects.get().open_reports) == (report.uuid, 1)


def test_the_form_fills_in_the_address_and_shows_no_message(post) -> None:
    html = Client().get(FORM, {"post": str(post.uuid)}).content.decode()
    assert f"http://testserver/solerni/discussion/post/{post.uuid}/" in html
    assert "Texte" not in html and "Un fil" not in html
    assert Client().get(FORM, {"post": "nonsense"}).status_code == 200


@pytest.mark.parametrize("missing", ["explanation", "good_faith", "name", "email", "address"])
def test_what_is_missing_is_named_and_what_was_typed_stays(post, send, missing) -> None:
    answer = send(post, **{missing: ""})
    html = answer.content.decode()
    assert (answer.status_code, f'id="id_{missing}_error"' in html) == (400, True)
    assert missing == "law" or "Code pénal" in html
    assert not Report.objects.exists()


@pytest.mark.parametrize("email", ["=?utf-8?q?=0a?=@x.org", '"a\x01"@x.org'])
def test_an_address_that_hides_a_control_is_no_address(post, send, email) -> None:
    answer = send(post, email=email)
    assert (answer.status_code, "Enter a valid email address." in answer.content.decode()) == (400, True)


def test_a_count_that_the_cache_drops_begins_again(post, send, monkeypatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *args, **kwargs: True)
    assert send(post).status_code == 302


def test_no_name_is_needed_where_children_are_abused_and_it_comes_first(post, send, cafe, learner) -> None:
    send(open_thread(learner, cafe))
    assert send(post, is_child_abuse="on", name="", email="").status_code == 302
    report = Report.objects.latest("id")
    assert (report.name, report.email, "2011/93" in report.law) == ("", "", True)
    assert Case.objects.order_by("-score").first().post_id == report.post_id


def test_a_notice_given_twice_is_one(post, send) -> None:
    places = {send(post)["Location"] for _ in range(2)}
    assert (len(places), Report.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_a_members_open_report_becomes_the_notice(post, send, other_learner, cafe) -> None:
    api.report_post(other_learner.id, cafe, post.uuid, Complaint(reason="abusive"))
    assert send(post, other_learner).status_code == 302
    report = Report.objects.get()
    assert (report.reason, report.reporter_id, Thread.objects.get().open_reports) == ("illegal", other_learner.id, 1)
    assert mail.outbox[0].to == [other_learner.email]


def test_what_is_not_published_or_ones_own_cannot_be_noticed(post, send, learner, cafe) -> None:
    held = open_thread(learner, cafe, source=INSULT)
    for uuid in (held.uuid, uuid4()):
        answer = send(type("Gone", (), {"uuid": uuid}))
        assert (answer.status_code, "Une menace" in answer.content.decode()) == (404, True)
    assert send(post, learner).status_code == 403


def test_notices_of_strangers_never_hide_a_message_unread(post, send) -> None:
    for number in range(6):
        send(post, email=f"z{number}@example.org")
    assert (Post.objects.get().state, Report.objects.filter(weight=0).count()) == (State.PUBLISHED, 6)


def test_notices_are_limited_by_address_and_by_network(post, send, learner, cafe, settings) -> None:
    settings.SOLERNI_DISCUSSION_NOTICES_PER_DAY = 2
    for _ in range(2):
        assert send(open_thread(learner, cafe)).status_code == 302
    answer = send(post)
    assert (answer.status_code, "Une menace" in answer.content.decode()) == (403, True)
    assert send(post, email="other@example.org").status_code == 403
    cache.clear()
    assert send(post, email="other@example.org").status_code == 302


def test_the_answer_tells_redress_and_automation_and_leads_a_stranger_to_contest(
    post, send, moderator, author, django_capture_on_commit_callbacks
) -> None:
    send(post)
    decision = decide(moderator, post, KEEP, django_capture_on_commit_callbacks)
    body = next(sent.body for sent in mail.outbox if "contest it" in sent.body)
    assert "was read and stays" in body and "no automated means" in body and "2022/2065" in body
    where = re.search(r"(/solerni/discussion/decision/\S+)", body).group(1)
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    html = stranger.get(where).content.decode()
    assert "stays as it is" in html and "Une menace" in html and "Texte" not in html and "Un fil" not in html
    sent = {"text": "C'est une menace.", "submission": str(uuid4())}
    for _ in range(2):
        assert stranger.post(where, sent).status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.member_id, appeal.report) == (None, Report.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        api.write_as_reader(author.id, appeal.uuid, Words(submission=uuid4(), text="Laquelle ?"))
    assert (mail.outbox[-1].to, "Laquelle ?" in mail.outbox[-1].body) == (["zoe@example.org"], True)
    for seal in ("", "forged", str(Report.objects.get().uuid)):
        with pytest.raises(DecisionNotFound):
            api.read_decision(Contester(seal=seal), decision.uuid)


def test_what_follows_a_notice_is_stated_as_such(
    post, send, moderator, other_learner, django_capture_on_commit_callbacks
) -> None:
    send(post)
    decide(moderator, post, REMOVE, django_capture_on_commit_callbacks)
    assert Statement.objects.get().source_type == "SOURCE_ARTICLE_16"
    body = next(sent.body for sent in mail.outbox if "contest it" in sent.body)
    assert "no longer shown" in body
