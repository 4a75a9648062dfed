"""External services rate what was written, later and elsewhere: against servers that answer, fail, drip and lie."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Advice, Ruling, Seen, State
from solerni_xblocks.discussion.flows import rate
from solerni_xblocks.discussion.management.checks import check_services
from solerni_xblocks.discussion.models import Case, Decision, Finding, Post, Rating, Source, Statement
from solerni_xblocks.discussion.rules.services import webhook
from solerni_xblocks.hooks import duties
from tests.discussion.conftest import INSULT, make_draft, open_thread
from tests.doubles.services import Asked, FakeService, Reply

SECRET = "0123456789abcdef" * 2
TEXT = "Écris à lea@example.org, dit @lea : vous êtes tous bizarres"


def scores(**found: float) -> Reply:
    return Reply(body=json.dumps({"results": [{"category_scores": found}]}).encode())


HATE, CALM = scores(hate_and_discrimination=0.97, law=1.0), scores(hate_and_discrimination=0.01)


@pytest.fixture
def service() -> Iterator[FakeService]:
    found = FakeService()
    yield found
    found.close()


@pytest.fixture
def switch_on(settings: Any, service: FakeService) -> Callable[..., None]:
    """Let ``name`` be asked at the test's server."""

    def switch_on(name: str = "mistral", **entry: Any) -> None:
        usual = {"name": "Eux", "url": service.url, "secret": SECRET, "seconds": 0.5}
        settings.SOLERNI_DISCUSSION_SERVICES = {name: {**usual, **entry}}

    return switch_on


@pytest.fixture
def pass_time(monkeypatch: Any) -> Callable[[timedelta], None]:
    """Move the clock on."""

    def pass_time(more: timedelta) -> None:
        later = clock.now() + more
        monkeypatch.setattr(clock, "now", lambda: later)

    return pass_time


def test_by_default_no_text_leaves_the_site(learner, cafe, service) -> None:
    open_thread(learner, cafe, source=TEXT)
    assert (api.settle_ratings(), Rating.objects.count(), service.asked) == ({}, 0, [])


def test_nothing_is_called_while_somebody_writes(learner, cafe, service, switch_on, monkeypatch) -> None:
    switch_on()
    monkeypatch.setattr(rate.httpkit, "post", lambda *args, **kwargs: pytest.fail("called in the request"))
    assert open_thread(learner, cafe, source=TEXT).state == State.PUBLISHED
    assert Rating.objects.get().state == "waiting"


def test_a_flagged_message_stays_and_waits_for_a_person(learner, moderator, cafe, service, switch_on) -> None:
    switch_on()
    post = open_thread(learner, cafe, title="Un fil", source=TEXT)
    service.reply = HATE
    assert api.settle_ratings() == {"rated": 1} and api.settle_ratings() == {}
    rating, case, finding = Rating.objects.get(), Case.objects.get(), Finding.objects.get()
    assert (rating.label, rating.score, rating.is_flagged) == ("hate_and_discrimination", 0.97, True)
    assert (case.source, case.is_open, Post.objects.get().state) == (Source.SERVICE, True, State.PUBLISHED)
    assert (finding.rule, finding.clause, finding.threshold) == ("mistral", "posts.courtesy", 0.8)
    assert not Decision.objects.exists() and len(service.asked) == 1
    (reason,) = api.read_case(moderator.id, post.uuid).reasons
    assert (reason.code, reason.seen) == ("service.rated", "hate_and_discrimination")


def test_neither_who_wrote_nor_where_is_told(learner, cafe, service, switch_on) -> None:
    for name in ("mistral", "openai", "akismet", "languagetool", "webhook"):
        switch_on(name)
        post = open_thread(learner, cafe, title="Un fil", source=TEXT)
        api.settle_ratings()
    stored = Post.objects.get(uuid=post.uuid)
    sent = [asked.body.decode() + json.dumps(asked.headers) for asked in service.asked]
    assert len(sent) == 5
    for told in sent:
        for secret in (learner.username, learner.email, str(post.uuid), str(cafe.course_key), str(cafe.usage_key)):
            assert secret not in re.sub("learn[.]example[.]org", "", told), secret
        assert str(stored.thread.uuid) not in told and "bizarres" in told


def test_no_key_is_kept_or_logged(learner, cafe, service, switch_on, caplog) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    service.reply = Reply(status=401, body=SECRET.encode())
    api.settle_ratings()
    for model in apps.get_app_config("solerni_discussion").get_models():
        assert SECRET not in str(list(model.objects.values()))
    assert SECRET not in caplog.text


def test_a_calm_answer_changes_nothing(learner, cafe, service, switch_on) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    service.reply = CALM
    api.settle_ratings()
    assert Rating.objects.get().state == "rated"
    assert not Finding.objects.exists() and not Case.objects.exists()


def test_a_hold_hides_until_a_person_has_read_it_with_its_reasons(learner, moderator, cafe, service, switch_on) -> None:
    switch_on(effect="hold")
    post = open_thread(learner, cafe, source=TEXT)
    service.reply = HATE
    api.settle_ratings()
    statement, decision = Statement.objects.get(), Decision.objects.get()
    assert (Post.objects.get().state, decision.moderator_id, decision.contest_until is None) == ("hidden", None, False)
    assert (statement.automated_detection, statement.automated_decision) == (True, "AUTOMATED_DECISION_FULLY")
    assert "bizarres" not in statement.facts and "jusqu’à ce qu’une personne l’ait lu" in statement.facts
    case = api.list_queue(moderator.id).cases[0]
    ruling = Ruling(act=Act.RESTORE, seen=Seen(case=case.version, post=1))
    assert api.decide_post(moderator.id, post.uuid, ruling).state == State.PUBLISHED


def test_what_waits_already_is_not_released_by_a_service_nor_by_time(learner, read_before, service, switch_on) -> None:
    switch_on(effect="hold")
    open_thread(learner, read_before, source=TEXT)
    Case.objects.update(publishes_overdue=True)
    service.reply = HATE
    api.settle_ratings()
    case = Case.objects.get()
    assert (Post.objects.get().state, case.publishes_overdue, case.source) == ("held", False, Source.SERVICE)
    assert not Decision.objects.exists()


def test_a_local_hold_stands_whatever_a_service_says(learner, cafe, service, switch_on) -> None:
    switch_on()
    open_thread(learner, cafe, source=f"Quel {INSULT}")
    service.reply = CALM
    api.settle_ratings()
    assert (Post.objects.get().state, Case.objects.get().source) == ("held", Source.RULE)


def test_a_person_who_has_decided_is_not_asked_again(learner, moderator, cafe, service, switch_on) -> None:
    switch_on(effect="hold")
    post = open_thread(learner, cafe, source=f"Quel {INSULT}")
    api.decide_post(moderator.id, post.uuid, Ruling(act=Act.PUBLISH))
    service.reply = HATE
    api.settle_ratings()
    assert (Post.objects.get().state, Case.objects.filter(is_open=True).count()) == ("published", 0)
    assert Rating.objects.get().is_flagged


def test_a_fault_with_one_rating_does_not_end_the_run(
    learner, cafe, service, switch_on, pass_time, monkeypatch
) -> None:
    switch_on()
    service.reply = CALM
    first, _ = open_thread(learner, cafe, source=TEXT), open_thread(learner, cafe, source=TEXT)
    find = rate.ratings.find_question

    def fail_once(rating: Rating) -> Any:
        return find(rating) if rating.post.uuid != first.uuid else {}[TEXT]

    monkeypatch.setattr(rate.ratings, "find_question", fail_once)
    assert api.settle_ratings() == {"put off": 1, "rated": 1} and api.settle_ratings() == {}
    pass_time(timedelta(days=2))
    assert api.settle_ratings() == {"failed": 1} and api.settle_ratings() == {}


def test_an_earlier_wording_is_not_asked_about(learner, cafe, service, switch_on) -> None:
    switch_on()
    post = open_thread(learner, cafe, title="Un fil", source=TEXT)
    revised = api.revise_post(
        learner.id, cafe, make_draft("Autre chose", title="Un fil"), post_uuid=post.uuid, version=1
    )
    assert not isinstance(revised, Advice)
    service.reply = CALM
    assert api.settle_ratings() == {"moot": 1, "rated": 1}
    assert [asked.json()["input"] for asked in service.asked] == [["Un fil\n\nAutre chose"]]


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (Reply(late=3), "timeout"),
        (Reply(body=b"x" * 300, drip=0.05), "timeout"),
        (Reply(drips_headers=True), "timeout"),
        (Reply(status=429, headers={"Retry-After": "600"}), "busy"),
        (Reply(status=500), "error"),
        (Reply(status=503, body=b"<html>"), "error"),
        (Reply(body=b"1", headers={"Content-Length": "99"}), "connection"),
    ],
    ids=["late", "drip", "head", "429", "500", "503", "cut"],
)
def test_what_passes_is_asked_once_more_later_and_then_left(
    learner, cafe, service, switch_on, pass_time, reply, failure
) -> None:
    switch_on()
    post = open_thread(learner, cafe, source=TEXT)
    service.reply = reply
    assert api.settle_ratings() == {"put off": 1} and api.settle_ratings() == {}
    assert Rating.objects.get().failure == failure
    pass_time(timedelta(minutes=11))
    assert api.settle_ratings() == {"failed": 1}
    pass_time(timedelta(days=2))
    assert api.settle_ratings() == {} and len(service.asked) == 2
    assert Post.objects.get(uuid=post.uuid).state == State.PUBLISHED and not Case.objects.exists()


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (Reply(status=401), "refused"),
        (Reply(status=302, headers={"Location": "http://169.254.169.254/"}), "redirect"),
        (Reply(body=b"<html>"), "malformed"),
        (Reply(body=b"[" * 60_000), "malformed"),
        (Reply(body=b"0" * 100_000), "too_large"),
        (Reply(status=202), "refused"),
    ],
    ids=["401", "302", "html", "deep", "large", "202"],
)
def test_what_does_not_pass_is_asked_once(learner, cafe, service, switch_on, reply, failure) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    service.reply = reply
    assert api.settle_ratings() == {"failed": 1}
    assert (Rating.objects.get().failure, len(service.asked)) == (failure, 1)


def test_a_busy_service_says_when_to_come_back(learner, cafe, service, switch_on, pass_time) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    service.reply = Reply(status=429, headers={"Retry-After": "1800"})
    api.settle_ratings()
    pass_time(timedelta(minutes=29))
    assert api.settle_ratings() == {}
    service.reply = CALM
    pass_time(timedelta(minutes=2))
    assert api.settle_ratings() == {"rated": 1}


def test_a_service_in_trouble_is_left_in_peace_and_asked_again_after(
    learner, cafe, service, switch_on, pass_time
) -> None:
    switch_on()
    for _ in range(8):
        open_thread(learner, cafe, source=TEXT)
    service.reply = Reply(status=500)
    api.settle_ratings()
    assert len(service.asked) == 5
    service.reply = CALM
    pass_time(timedelta(minutes=11))
    assert api.settle_ratings() == {"rated": 8}


def test_faults_of_our_own_do_not_count_against_the_service(learner, cafe, service, switch_on, monkeypatch) -> None:
    switch_on()
    for _ in range(8):
        open_thread(learner, cafe, source=TEXT)
    service.reply = CALM
    keep, faults = rate._keep, iter(range(6))

    def fail_at_first(*args: Any) -> bool:
        return keep(*args) if next(faults, None) is None else {}[TEXT]

    monkeypatch.setattr(rate, "_keep", fail_at_first)
    assert api.settle_ratings() == {"put off": 6, "rated": 2}
    assert set(Rating.objects.exclude(failure="").values_list("failure", flat=True)) == {"fault"}


def test_what_waits_for_a_day_is_given_up(learner, cafe, service, switch_on, pass_time) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    pass_time(timedelta(hours=25))
    assert api.settle_ratings() == {"failed": 1}
    assert (Rating.objects.get().failure, service.asked) == ("too_late", [])


def test_what_was_taken_by_another_settling_is_not_asked_twice(learner, cafe, service, switch_on) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    service.reply = CALM
    (stale,) = rate.ratings.list_due()
    api.settle_ratings()
    Rating.objects.update(state="waiting")
    assert (rate._settle(stale), len(service.asked)) == ("taken", 1)


def test_the_grammar_checker_marks_passages_for_moderators_and_opens_nothing(learner, cafe, service, switch_on) -> None:
    switch_on("languagetool", secret="", threshold=0.01)
    open_thread(learner, cafe, source="😀 sa marche")
    service.reply = Reply(body=b'{"matches": [{"offset": 3, "length": 2}]}')
    api.settle_ratings()
    finding = Finding.objects.get()
    assert (finding.seen, finding.start, finding.is_dry, Case.objects.exists()) == ("sa", 2, True, False)


def test_spam_breaks_the_rule_on_promotion(learner, cafe, service, switch_on) -> None:
    switch_on("akismet")
    open_thread(learner, cafe, source=TEXT)
    service.reply = Reply(body=b"true")
    api.settle_ratings()
    assert (Finding.objects.get().clause, Case.objects.get().source) == ("posts.promotion", Source.SERVICE)


def answer_signed(asked: Asked, opinion: dict[str, Any], *, secret: str = SECRET) -> Reply:
    body, at = json.dumps(opinion).encode(), asked.headers[webhook.TIMESTAMP]
    delivery = UUID(asked.headers[webhook.DELIVERY])
    signed = webhook.sign(secret, webhook.ANSWERED, delivery, at, body)
    return Reply(body=body, headers={webhook.TIMESTAMP: at, webhook.SIGNATURE: signed})


@pytest.mark.parametrize(("secret", "state"), [(SECRET, "rated"), ("x" * 32, "failed")])
def test_a_webhook_asks_signed_and_believes_only_a_signed_answer(
    learner, cafe, service, switch_on, secret, state
) -> None:
    switch_on("webhook")
    open_thread(learner, cafe, source=TEXT)
    service.reply = lambda asked: answer_signed(asked, {"score": 0.9, "label": "loud"}, secret=secret)
    api.settle_ratings()
    asked = service.asked[0]
    right = webhook.sign(
        SECRET, webhook.ASKED, UUID(asked.headers[webhook.DELIVERY]), asked.headers[webhook.TIMESTAMP], asked.body
    )
    assert asked.headers[webhook.SIGNATURE] == right
    assert set(asked.json()) == {"delivery", "title", "text", "language"}
    assert (Rating.objects.get().state, Case.objects.exists()) == (state, state == "rated")


@pytest.fixture
def called_back(learner: Any, cafe: Any, service: FakeService, switch_on: Any) -> Callable[..., Any]:
    """Call back about a question that the service took: the answer of our door."""
    switch_on("webhook")
    open_thread(learner, cafe, source=TEXT)
    service.reply = Reply(status=202)
    assert api.settle_ratings() == {"awaited": 1}

    def call_back(body: bytes = b'{"score": 0.95}', *, secret: str = SECRET, old: int = 0, uuid: Any = None) -> Any:
        uuid = uuid or Rating.objects.get().uuid
        at = str(int(clock.now().timestamp()) - old)
        headers = {webhook.TIMESTAMP: at, webhook.SIGNATURE: webhook.sign(secret, webhook.ANSWERED, uuid, at, body)}
        address = reverse("solerni_discussion:rating", args=[uuid])
        return Client(enforce_csrf_checks=True).post(address, body, content_type="application/json", headers=headers)

    return call_back


def test_a_webhook_may_call_back_once(called_back) -> None:
    assert called_back().status_code == 204
    assert (Rating.objects.get().state, Case.objects.get().source) == ("rated", Source.SERVICE)
    assert (called_back().status_code, Case.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"secret": "x" * 32}, 403),
        ({"old": 330}, 403),
        ({"old": -400}, 403),
        ({"uuid": uuid4()}, 403),
        ({"body": b"{}"}, 400),
        ({"body": b"[" * 60_000}, 400),
        ({"body": b"0" * 70_000}, 413),
    ],
    ids=["secret", "old", "early", "other", "empty", "deep", "large"],
)
def test_a_call_back_that_is_not_right_changes_nothing(called_back, how, status) -> None:
    assert called_back(**how).status_code == status
    assert (Rating.objects.get().state, Case.objects.exists()) == ("awaited", False)


def test_a_call_back_that_never_comes_is_given_up(called_back, pass_time) -> None:
    pass_time(timedelta(hours=25))
    assert api.settle_ratings() == {"failed": 1}
    assert called_back().status_code == 409


def test_the_settling_tells_what_it_asked(learner, cafe, service, switch_on, capsys) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    service.reply = CALM
    call_command("solerni_discussion_settle")
    assert "ratings rated 1" in capsys.readouterr().out


def test_the_operator_is_told_of_texts_that_leave_and_of_wrong_settings(switch_on, settings) -> None:
    switch_on()
    assert [(one.id, SECRET in one.msg) for one in check_services(None)] == [("solerni_discussion.W003", False)]
    switch_on(declared=True)
    assert check_services(None) == []
    switch_on(url="http://example.org")
    assert [one.id for one in check_services(None)] == ["solerni_discussion.W002"]


def test_ratings_are_exported_and_forgotten(learner, cafe, service, switch_on) -> None:
    switch_on()
    open_thread(learner, cafe, source=TEXT)
    service.reply = HATE
    api.settle_ratings()
    (told,) = duties.discharge(duties.EXPORT, learner.id, performers=["solerni_discussion"])
    assert told.value["posts"][0]["ratings"][0]["service"] == "mistral"
    duties.discharge(duties.FORGET, learner.id, performers=["solerni_discussion"])
    assert not Rating.objects.exists() and api.settle_ratings() == {}


@pytest.mark.django_db(transaction=True)
def test_two_settlings_at_once_ask_each_question_once(learner, cafe, service, switch_on) -> None:
    switch_on()
    for _ in range(6):
        open_thread(learner, cafe, source=TEXT)
    service.reply = HATE
    results: list[Any] = []

    def settle() -> None:
        try:
            results.append(api.settle_ratings())
        finally:
            connection.close()

    threads = [Thread(target=settle) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2 and len(service.asked) == 6
    assert Rating.objects.filter(state="rated").count() == Case.objects.count() == 6
