"""The moderation queue: who may open it, what it shows, how it decides without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import State
from solerni_xblocks.discussion.models import Decision, LogEntry, Post
from solerni_xblocks.discussion.queries import tallies
from tests.discussion.conftest import APPROVE, INSULT, open_thread
from tests.doubles.runtime import call, make_block

ILLEGAL_GROUND = "DECISION_GROUND_ILLEGAL_CONTENT"
QUEUE = "/solerni/discussion/queue/"


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
def held(learner: Any, cafe: Any) -> Any:
    return open_thread(learner, cafe, title="Colère", source=f"<i>Quel</i> {INSULT} !")


def rule(act: str, **values: str) -> dict[str, str]:
    return {"act": act, "case_version": "1", "post_version": "1", **values}


def address(held: Any) -> str:
    return reverse("solerni_discussion:case", args=[held.uuid])


def test_a_visitor_is_sent_to_log_in(db) -> None:
    assert Client().get(QUEUE).status_code == 302


def test_who_moderates_nothing_is_refused_with_words(learner, enter, held) -> None:
    for answer in (enter(learner).get(QUEUE), enter(learner).post(address(held), rule("publish"))):
        assert answer.status_code in (403, 404)
    answer = enter(learner).get(QUEUE)
    assert (answer.status_code, "moderate no course" in answer.content.decode()) == (403, True)
    assert Post.objects.get().state == State.HELD


def test_the_page_shows_who_where_why_and_until_when(moderator, enter, held) -> None:
    client = enter(moderator)
    html = client.get(QUEUE).content.decode()
    for words in ("Colère", "lea", "Découvrir Solerni", "Courtesy", "left", "1 message waits"):
        assert words in html, words
    html = client.get(address(held)).content.decode()
    for words in ("Colère", "lea", "Découvrir Solerni", "Courtesy", "left", "Answer promised"):
        assert words in html, words
    assert f"&lt;i&gt;Quel&lt;/i&gt; <mark>{INSULT}</mark> !" in html
    assert 'value="posts.courtesy" id="id_clauses_1" checked' in html


def test_an_empty_queue_says_so(author, learner, cafe, enter) -> None:
    open_thread(learner, cafe)
    assert "Nothing waits" in enter(author).get(QUEUE).content.decode()


def test_approving_publishes_and_says_so(moderator, enter, held) -> None:
    answer = enter(moderator).post(address(held), rule("publish", message=""), follow=True)
    assert (answer.status_code, Post.objects.get().state) == (200, State.PUBLISHED)
    assert "The message is published" in answer.content.decode()


def test_refusing_needs_a_rule_and_a_message_and_keeps_what_was_typed(moderator, enter, held) -> None:
    answer = enter(moderator).post(address(held), rule("refuse", message="Trop fort."))
    html = answer.content.decode()
    assert (answer.status_code, Post.objects.get().state) == (400, State.HELD)
    assert "Trop fort." in html and "Choose the rule that" in html
    answer = enter(moderator).post(address(held), rule("refuse", clauses="posts.courtesy", message="  "))
    assert (answer.status_code, "in a sentence or two" in answer.content.decode()) == (400, True)


def test_refusing_is_kept_with_its_rule_and_message(moderator, enter, held) -> None:
    sent = rule("refuse", clauses="posts.courtesy", message="Trop fort.")
    assert enter(moderator).post(address(held), sent).status_code == 302
    decision = Decision.objects.get()
    assert (decision.moderator_id, decision.clause, decision.message) == (moderator.id, "posts.courtesy", "Trop fort.")


def test_illegal_content_is_a_ground_that_names_its_law(moderator, learner, enter, held) -> None:
    client = enter(moderator)
    answer = client.post(address(held), rule("refuse", clauses="illegal", message="Non."))
    assert (answer.status_code, 'id="id_law_error"' in answer.content.decode()) == (400, True)
    sent = rule("refuse", clauses="illegal", law="Code pénal, R. 625-8-1", message="Non.")
    assert client.post(address(held), sent).status_code == 302
    decision = Decision.objects.get()
    statement = decision.statement
    assert (decision.clause, decision.grounds.get().law) == ("illegal", "Code pénal, R. 625-8-1")
    assert (statement.ground, statement.ground_reference) == (ILLEGAL_GROUND, "Code pénal, R. 625-8-1")
    html = enter(learner).get(f"/solerni/discussion/decision/{decision.uuid}/").content.decode()
    assert "Illegal content – Code pénal, R. 625-8-1" in html and "which everybody who writes here" not in html


def test_a_late_decision_is_a_conflict_that_loses_nothing(moderator, author, enter, held) -> None:
    api.decide_post(author.id, held.uuid, APPROVE)
    sent = rule("refuse", clauses="posts.courtesy", message="Trop <b>fort</b>.")
    answer = enter(moderator).post(address(held), sent)
    html = answer.content.decode()
    assert (answer.status_code, Decision.objects.count()) == (409, 1)
    assert "Another moderator published this message on" in html and "<title>Error: Colère · Moderation queue" in html
    assert "Trop &lt;b&gt;fort&lt;/b&gt;." in html


def test_the_same_decision_sent_twice_is_taken_once(moderator, enter, held) -> None:
    client = enter(moderator)
    sent = rule("refuse", clauses="posts.courtesy", message="Trop fort.")
    assert [client.post(address(held), sent).status_code for _ in range(2)] == [302, 302]
    assert Decision.objects.count() == 1
    answer = client.post(address(held), rule("publish"))
    assert (answer.status_code, "You have already refused" in answer.content.decode()) == (409, True)


def test_the_outcome_and_the_field_to_mend_take_the_focus_and_name_the_page(moderator, enter, held) -> None:
    client = enter(moderator)
    wrong = client.post(address(held), rule("refuse", clauses="posts.courtesy", message="")).content.decode()
    assert "<title>Error: Colère · Moderation queue" in wrong
    assert (wrong.count("data-solerni-focus"), wrong.count('aria-invalid="true"')) == (1, 1)
    assert 'aria-describedby="id_message_error id_message_helptext"' in wrong
    done = client.post(address(held), rule("publish"), follow=True).content.decode()
    assert "<title>Decision saved · Moderation queue" in done
    assert done.count("data-solerni-focus") == 1 and "0 messages" not in done


def test_ones_own_message_has_no_form(author, cafe, enter) -> None:
    post = open_thread(author, cafe, source=INSULT)
    for page in (QUEUE, address(post)):
        assert "omebody else must decide" in enter(author).get(page).content.decode()
    answer = enter(author).post(address(post), rule("publish"))
    assert (answer.status_code, Post.objects.get().state) == (403, State.HELD)


def test_a_moderator_of_another_course_cannot_decide(stranger, enter, held) -> None:
    from opaque_keys.edx.keys import CourseKey

    api.appoint_moderator(CourseKey.from_string("course-v1:Solerni+Other+2026"), stranger.id)
    client = enter(stranger)
    assert "Colère" not in client.get(QUEUE).content.decode()
    assert client.post(address(held), rule("publish")).status_code == 404
    assert Post.objects.get().state == State.HELD


def test_a_decision_needs_the_token(moderator, enter, held) -> None:
    client = enter(moderator, enforce_csrf_checks=True)
    assert client.post(address(held), rule("publish")).status_code == 403
    assert Post.objects.get().state == State.HELD


@pytest.mark.parametrize("values", [{}, {"act": "held"}, {"act": "refuse", "clauses": "x", "message": "y"}])
def test_a_broken_form_is_refused(moderator, enter, held, values) -> None:
    assert enter(moderator).post(address(held), values).status_code == 400
    assert Post.objects.get().state == State.HELD


def test_coming_back_after_a_login_shows_the_case(moderator, enter, held) -> None:
    assert enter(moderator).get(address(held)).status_code == 200


@pytest.mark.parametrize("many", [3, 40])
def test_the_queue_costs_the_same_with_few_and_many_posts(
    moderator, learner, cafe, enter, django_assert_num_queries, many
) -> None:
    for _ in range(many):
        open_thread(learner, cafe, source=INSULT)
    client = enter(moderator)
    with django_assert_num_queries(11):
        assert client.get(QUEUE).status_code == 200


def test_of_very_many_cases_the_number_is_counted_again_after_minutes(
    moderator, learner, cafe, enter, monkeypatch, course_key
) -> None:
    monkeypatch.setattr(tallies, "MANY", 3)
    seen = []
    for _ in range(5):
        open_thread(learner, cafe, source=INSULT)
        seen.append((api.list_queue(moderator.id).statistics.waiting, api.count_queue(course_key)))
    assert seen == [(1, 1), (2, 2), (3, 3), (3, 3), (3, 3)]
    cache.clear()
    assert api.list_queue(moderator.id).total == 5


def test_the_admin_appoints_and_reads_decisions(admin_client, learner, moderator, held, course_key) -> None:
    api.decide_post(moderator.id, held.uuid, APPROVE)
    add = "/admin/solerni_discussion/moderator/add/"
    assert admin_client.post(add, {"course_key": "nonsense", "user_id": learner.id}).status_code == 200
    assert (
        admin_client.post(add, {"course_key": str(course_key), "user_id": learner.id, "role": "moderator"}).status_code
        == 302
    )
    assert api.is_moderator(learner.id, course_key)
    assert admin_client.get("/admin/solerni_discussion/decision/").status_code == 200
    assert admin_client.get("/admin/solerni_discussion/decision/add/").status_code == 403


def test_the_log_is_exported_without_formulas_and_never_written(admin_client, moderator, held) -> None:
    api.decide_post(moderator.id, held.uuid, replace(APPROVE, note="=1+1"))
    entry = LogEntry.objects.get()
    page = "/admin/solerni_discussion/logentry/"
    wanted = {"_selected_action": [entry.pk]}
    assert "'=1+1" in admin_client.post(page, {**wanted, "action": "export_csv"}).content.decode()
    assert admin_client.post(page, {**wanted, "action": "export_json"}).json()["entries"][0]["act"] == "publish"
    assert [admin_client.get(f"{page}{more}").status_code for more in ("", "add/")] == [200, 403]
    assert admin_client.post(f"{page}{entry.pk}/delete/").status_code == 403


def test_a_member_reports_in_the_block_and_takes_it_back(learner, other_learner, cafe) -> None:
    post = open_thread(learner, cafe)
    block = make_block(DiscussionBlock, cafe.usage_key, user=other_learner)
    which = {"post": str(post.uuid)}
    assert "data-solerni-report-box" in call(block, "read_thread", {"thread": str(post.thread_uuid)}).json["html"]
    assert block.student_view().content.count("data-solerni-report-form") == 1
    assert call(block, "report_post", {**which, "reason": "abusive", "note": "Non."}).json["is_open"]
    assert call(block, "report_post", {**which, "reason": 3}).status_code == 400
    assert not call(block, "withdraw_report", which).json["is_open"]


def test_one_case_shows_its_context_and_several_are_confirmed_then_taken_back(moderator, learner, cafe, enter) -> None:
    posts = [open_thread(learner, cafe, title=f"Fil {n}", source=INSULT) for n in range(2)]
    client = enter(moderator)
    chosen = [f"{post.uuid}~1~1" for post in posts]
    several = reverse("solerni_discussion:several")
    page = client.post(several, {"chosen": chosen, "act": "refuse"}).content.decode()
    assert "Fil 0" in page and "Fil 1" in page and Decision.objects.count() == 0
    sent = {"chosen": chosen, "act": "refuse", "confirmed": "1", "clauses": "posts.courtesy", "message": "Non."}
    assert client.post(several, {**sent, "message": ""}).status_code == 400
    done = client.post(several, sent, follow=True).content.decode()
    assert "2 messages are refused" in done and Decision.objects.count() == 2
    undo = re.search(r'action="([^"]+/undo/[^"]+)"', done)
    assert "taken back" in client.post(undo[1], follow=True).content.decode()
    assert client.post(reverse("solerni_discussion:claim", args=[posts[0].uuid]), {"how": "take"}).status_code == 302
    assert "You are working on it" in client.get(QUEUE).content.decode()
    assert client.get(f"{QUEUE}?only=overdue&after=nonsense").status_code == 302
