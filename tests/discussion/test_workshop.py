"""The rule workshop: how rules did, and what another setting would have done to what was written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from solerni_xblocks.core import clock
from solerni_xblocks.core.datekit import find_day
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Act, Ground, Outcome, Policy, Rule, RuleSetting, Ruling, Run
from solerni_xblocks.discussion.data.contesting import Contester, SecondReading, Words
from solerni_xblocks.discussion.data.transparency import Period
from solerni_xblocks.discussion.data.trying import Fate, Trial
from solerni_xblocks.discussion.errors import NotModerator
from solerni_xblocks.discussion.models import Appeal, Case, Decision, Finding, Post, Rating, Version
from solerni_xblocks.discussion.queries import workshop
from solerni_xblocks.discussion.rules.storing import unpack_circumstances
from tests.discussion.conftest import APPROVE, INSULT, REFUSE, make_draft, open_thread

PAGE = "/solerni/discussion/workshop/"
SEVERE = Trial(rule=Rule.COURTESY, setting=RuleSetting(run=Run.OFF))
FAULTY = "je sui tré contan de cet bel leçon merssi bocou"


@pytest.fixture(autouse=True)
def english(settings) -> None:
    settings.LANGUAGE_CODE = "en"
    cache.clear()
    translation.activate("en")


@pytest.fixture
def period() -> Period:
    today = find_day(clock.now())
    return Period(since=today - timedelta(days=2), until=today)


@pytest.fixture
def judged(learner: Any, moderator: Any, author: Any, cafe: Any) -> None:
    """Three insults: one upheld, one reversed on contest, one published; a fourth nobody has read."""
    posts = [open_thread(learner, cafe, title=f"Fil {number}", source=f"Quel {INSULT}") for number in range(4)]
    for post in posts[:2]:
        api.decide_post(moderator.id, post.uuid, REFUSE)
    api.decide_post(moderator.id, posts[2].uuid, APPROVE)
    second = Decision.objects.get(post__uuid=posts[1].uuid)
    api.contest_decision(Contester(member_id=learner.id), second.uuid, Words(submission=uuid4(), text="Non."))
    reading = SecondReading(is_reversed=True, text="Oui.", seen=1)
    api.answer_appeal(author.id, Appeal.objects.get().uuid, reading)


def enter(user: Any) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user)
    return client


def try_on(moderator: Any, period: Period, trial: Trial, **more: Any) -> Any:
    return api.try_rule_on_past(moderator.id, period, trial, is_operator=False, **more)


def test_a_rule_is_told_by_how_people_decided(judged, moderator, period) -> None:
    (rule,) = api.make_rule_figures(moderator.id, period, is_operator=True).rules
    assert (rule.rule, rule.is_dry) == ("courtesy", False)
    assert (rule.raised, rule.read, rule.upheld, rule.overturned) == (4, 3, 1, 1)


def test_a_decision_on_another_rule_upholds_nothing(learner, moderator, cafe, period) -> None:
    post = open_thread(learner, cafe, source=f"Quel {INSULT}")
    grounds = (Ground(clause="posts.promotion"),)
    api.decide_post(moderator.id, post.uuid, Ruling(act=Act.REFUSE, grounds=grounds, message="Non."))
    (rule,) = api.make_rule_figures(moderator.id, period, is_operator=True).rules
    assert (rule.raised, rule.read, rule.upheld) == (1, 1, 0)


def test_what_was_taken_back_counts_as_unread(learner, moderator, cafe, period) -> None:
    post = open_thread(learner, cafe, source=f"Quel {INSULT}")
    api.decide_post(moderator.id, post.uuid, REFUSE)
    api.undo_decisions(moderator.id, Decision.objects.get().uuid)
    (rule,) = api.make_rule_figures(moderator.id, period, is_operator=True).rules
    assert (rule.raised, rule.read, rule.upheld) == (1, 0, 0)


def test_small_counts_are_for_operators_alone(judged, moderator, period) -> None:
    (rule,) = api.make_rule_figures(moderator.id, period, is_operator=False).rules
    assert (rule.raised, rule.read, rule.upheld, rule.overturned) == (None, None, None, None)


def test_only_ones_courses_and_the_period_count(judged, learner, moderator, stranger, author, period) -> None:
    long_ago = Period(since=period.since - timedelta(days=90), until=period.since - timedelta(days=80))
    assert api.make_rule_figures(moderator.id, long_ago, is_operator=True).rules == ()
    assert try_on(moderator, long_ago, SEVERE).tally.looked == 0
    for person in (learner, stranger):
        with pytest.raises(NotModerator):
            api.make_rule_figures(person.id, period, is_operator=False)
        with pytest.raises(NotModerator):
            try_on(person, period, SEVERE)
    with pytest.raises(NotModerator):
        try_on(moderator, period, SEVERE, course="course-v1:Solerni+Far+2026")


def test_switching_a_rule_off_shows_what_it_had_held(judged, learner, moderator, cafe, period) -> None:
    open_thread(learner, cafe, source="Bonjour à tous")
    page = try_on(moderator, period, SEVERE)
    assert (page.tally.looked, page.total, page.after) == (5, 5, None)
    assert page.tally.changes == {(Fate.HELD, Fate.PUBLISHED): 4}
    assert [one.title for one in page.examples] == ["Fil 3", "Fil 2", "Fil 1", "Fil 0"]


def test_a_trial_changes_nothing(judged, moderator, period) -> None:
    def look() -> list[Any]:
        models = (Post, Finding, Case, Decision, Version)
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = look()
    try_on(moderator, period, SEVERE)
    assert look() == before


def test_a_threshold_is_tried_on_what_was_measured_then(learner, moderator, cafe, period) -> None:
    policy = Policy(rules={Rule.SPELLING: RuleSetting(ceiling=Outcome.NUDGE, threshold=1.0)}, glossary=("tré",))
    open_thread(learner, replace(cafe, policy=policy), source=FAULTY)
    Post.objects.update(source="x")
    kept = unpack_circumstances(Version.objects.get().measures)
    assert (kept.policy.glossary, kept.policy.rules["spelling"].threshold) == (("tré",), 1.0)
    trial = Trial(rule=Rule.SPELLING, setting=RuleSetting(ceiling=Outcome.NUDGE, threshold=0.05))
    page = try_on(moderator, period, trial)
    assert page.tally.changes == {(Fate.PUBLISHED, Fate.NUDGED): 1}
    assert "tré" not in [reason.seen for reason in page.examples[0].reasons]


def test_a_rule_that_was_off_measures_now_when_the_words_are_enough(learner, moderator, cafe, period) -> None:
    open_thread(learner, cafe, source=FAULTY)
    spelling = try_on(moderator, period, Trial(rule=Rule.SPELLING, setting=RuleSetting(ceiling=Outcome.HOLD)))
    assert spelling.tally.changes == {(Fate.PUBLISHED, Fate.NUDGED): 1}
    copies = try_on(moderator, period, Trial(rule=Rule.PLAGIARISM, setting=RuleSetting()))
    assert (copies.tally.looked, copies.tally.unmeasured, copies.examples) == (1, 1, ())


def test_a_trial_goes_on_where_it_stopped_without_gap_or_repeat(learner, moderator, cafe, period, monkeypatch) -> None:
    for number in range(5):
        open_thread(learner, cafe, title=f"Fil {number}", source=f"Quel {INSULT}")
    Version.objects.update(at=clock.now())
    monkeypatch.setattr(workshop, "BATCH", 2)
    html, found, address = "", [], f"{PAGE}?rule=courtesy&run=off"
    while address:
        html = enter(moderator).get(address).content.decode()
        found += re.findall(r"<strong>(Fil \d)</strong>", html)
        onward = re.search(r'href="(\?[^"#]+)#workshop-result" data-solerni-further', html)
        address = PAGE + onward.group(1).replace("&amp;", "&") if onward else ""
    assert sorted(found) == [f"Fil {number}" for number in range(5)]
    assert "5 of 5 messages looked at" in html and "All messages of the period were looked at" in html
    assert re.search(r"held until a moderator has read it</td><td>published</td><td>5</td>", html)


def test_no_more_than_the_latest_are_looked_at(learner, moderator, cafe, period, monkeypatch) -> None:
    for _ in range(4):
        open_thread(learner, cafe)
    monkeypatch.setattr(workshop, "BATCH", 2)
    monkeypatch.setattr(workshop, "MOST_TRIED", 2)
    page = try_on(moderator, period, SEVERE)
    assert (page.tally.looked, page.total, page.after) == (2, 2, None)


def test_an_earlier_wording_and_a_forgotten_text_are_not_tried(learner, moderator, cafe, period) -> None:
    post = open_thread(learner, cafe, title="Un fil", source="Bonjour")
    api.revise_post(learner.id, cafe, make_draft("Bonsoir", title="Un fil"), post_uuid=post.uuid, version=1)
    assert try_on(moderator, period, SEVERE).tally.looked == 1
    api.forget_member(learner.id)
    assert try_on(moderator, period, SEVERE).tally.looked == 0


@pytest.mark.parametrize("many", [1, 12])
def test_figures_and_trials_cost_the_same_with_few_and_many(
    learner, moderator, cafe, period, django_assert_num_queries, many
) -> None:
    for _ in range(many):
        open_thread(learner, cafe, source=f"Quel {INSULT}")
    with django_assert_num_queries(4):
        api.make_rule_figures(moderator.id, period, is_operator=False)
    with django_assert_num_queries(4):
        try_on(moderator, period, SEVERE)


def test_the_page_tells_rules_services_and_what_would_have_changed(judged, author, admin_user, period) -> None:
    now = clock.now()
    post = Post.objects.order_by("id").first()
    Rating.objects.create(
        post=post, version=1, service="mistral", state="failed", created_at=now, next_at=now, asked_at=now
    )
    html = enter(admin_user).get(PAGE).content.decode()
    assert 'data-solerni-rule="courtesy"' in html and "<td>4</td>" in html and "mistral" in html
    assert "&lt;10" in enter(author).get(PAGE).content.decode()
    html = enter(author).get(PAGE, {"rule": "courtesy", "run": "off"}).content.decode()
    assert "Fil 3" in html and "Then: held until a moderator has read it. With this setting: published." in html


def test_without_a_message_the_page_says_so(author, cafe, learner) -> None:
    open_thread(learner, cafe)
    empty = {"since": "2021-01-01", "until": "2021-01-02"}
    html = enter(author).get(PAGE, empty).content.decode()
    assert "No rule spoke in this period" in html
    html = enter(author).get(PAGE, {**empty, "rule": "courtesy"}).content.decode()
    assert "No message was written in this period" in html


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"rule": "courtesy", "threshold": "0.5"}, "leave this empty"),
        ({"rule": "language", "threshold": "7"}, "Between 0.001 and 1.0"),
        ({"rule": "language", "threshold": "nan"}, "Enter a number"),
        ({"rule": "everything"}, "Select a valid choice"),
        ({"rule": "courtesy", "after": "yesterday"}, "begin it again"),
        ({"rule": "courtesy", "after": "2026-01-01T00:00~1"}, "begin it again"),
        ({"rule": "courtesy", "after": "0001-01-01T00:00+14:00~1"}, "begin it again"),
        ({"rule": "courtesy", "after": "9999-12-31T23:59-14:00~1"}, "begin it again"),
        ({"rule": "courtesy", "so_far": "1.0,held-gone.1"}, "begin it again"),
        ({"rule": "courtesy", "so_far": "x" * 5000}, "begin it again"),
        ({"since": "2026-02-30"}, "YYYY-MM-DD"),
        ({"course": "course-v1:Solerni+Far+2026"}, "moderate no course"),
    ],
)
def test_what_cannot_be_read_is_told(judged, moderator, asked, words) -> None:
    answer = enter(moderator).get(PAGE, asked)
    assert (answer.status_code in (400, 403), words in answer.content.decode()) == (True, True)
