"""What an author sets: every choice travels in course files, takes effect, and what cannot be is told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation
from lxml import etree
from xblock.fields import ScopeIds
from xblock.test.tools import TestRuntime

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.block import DiscussionBlock
from solerni_xblocks.discussion.data import (
    Conduct,
    FileKind,
    FilePolicy,
    Kind,
    Mode,
    Outcome,
    Requirement,
    Rule,
    Run,
    Voice,
)
from tests.discussion.conftest import INSULT, make_draft, open_thread
from tests.doubles.runtime import call, make_block

WHOLE = {
    "display_name": "Café « été » & <co>",
    "prompt": "# Été\n\n* à\n* « ça »\n\n\tcode ]]> &amp; \"'\n",
    "kinds": ["question", "contribution"],
    "learners_open_threads": False,
    "allows_anonymity": True,
    "is_divided": True,
    "replies_after_own": True,
    "template": {"headings": ["Contexte", "Ce que j’ai appris"], "title_min": 5, "title_max": 80, "words_min": 20},
    "moderation": "first",
    "first_posts": 5,
    "spares_trusted": True,
    "lets_insist": False,
    "rules": {"spelling": {"run": "dry", "ceiling": "nudge", "threshold": 0.2}, "courtesy": {"run": "off"}},
    "languages": ["fr", "es"],
    "glossary": ["git", "commit", "Été"],
    "domains": ["example.org"],
    "opens_at": datetime(2026, 12, 1, 8, tzinfo=UTC),
    "closes_at": datetime(2026, 12, 31, 8, tzinfo=UTC),
    "quiet_days": 45,
    "edit_minutes": 30,
    "most_posts": 20,
    "pace_posts": 5,
    "pace_hours": 12,
    "pace_gap": 2,
    "least_threads": 1,
    "least_replies": 2,
    "least_words": 100,
    "is_graded": True,
    "weight": 4.0,
    "hide_weight": 4.5,
    "publishes_overdue": True,
    "file_kinds": ["image", "pdf"],
    "most_files": 2,
    "file_megabytes": 1.5,
}


@pytest.fixture
def make(place: Any) -> Any:
    return lambda user, **fields: make_block(DiscussionBlock, place, user=user, **fields)


def test_every_authored_field_survives_a_course_file(make, author, place) -> None:
    node = etree.Element("unknown")
    make(author, **WHOLE).add_xml_to_node(node)
    again = etree.fromstring(etree.tostring(node, encoding="utf-8"))
    runtime = TestRuntime(services={"field-data": make(author)._field_data})
    parsed = DiscussionBlock.parse_xml(again, runtime, ScopeIds(None, "solerni_discussion", place, place))
    assert {name: getattr(parsed, name) for name in WHOLE} == WHOLE
    assert set(WHOLE) == set(DiscussionBlock.editable_fields)


def test_what_is_set_takes_effect(make, author) -> None:
    place = make(author, **WHOLE).place
    policy, conduct = place.policy, place.conduct
    assert (policy.mode, policy.first_posts, policy.lets_insist) == (Mode.FIRST, 5, False)
    spelling = policy.get_setting(Rule.SPELLING)
    assert (spelling.run, spelling.ceiling, spelling.threshold) == (Run.DRY, Outcome.NUDGE, 0.2)
    assert policy.get_setting(Rule.COURTESY).run is Run.OFF
    assert (policy.languages, policy.domains) == (("fr", "es"), ("example.org",))
    assert (policy.template.headings, policy.template.words_min) == (("Contexte", "Ce que j’ai appris"), 20)
    assert conduct.kinds == (Kind.QUESTION, Kind.CONTRIBUTION)
    assert conduct.files == FilePolicy(kinds=(FileKind.IMAGE, FileKind.PDF), most=2, size=1_500_000)
    assert conduct.requirement == Requirement(threads=1, replies=2, words=100)
    assert (conduct.pace.posts, conduct.pace.hours, conduct.pace.gap) == (5, 12, 2)


def test_studio_takes_the_whole_form(make, author) -> None:
    block = make(author)
    sent = {**WHOLE, "opens_at": "2026-12-01T08:00:00Z", "closes_at": "2026-12-31T08:00:00Z"}
    assert call(block, "submit_studio_edits", {"values": sent, "defaults": []}).json == {"result": "success"}
    assert {name: getattr(block, name) for name in WHOLE} == WHOLE


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": " "},
        {"display_name": "x" * 201},
        {"prompt": "x" * 20_001},
        {"moderation": "never"},
        {"kinds": []},
        {"kinds": ["poem"]},
        {"file_kinds": ["video"]},
        {"most_files": -1},
        {"most_files": None},
        {"file_megabytes": 101},
        {"kinds": ["contribution"], "template": {}},
        {"first_posts": 0},
        {"edit_minutes": -1},
        {"pace_hours": 0},
        {"weight": -1},
        {"opens_at": "2026-12-31T08:00:00Z", "closes_at": "2026-12-31T08:00:00Z"},
        {"languages": ["français"]},
        {"domains": ["https://example.org/a"]},
        {"glossary": ["x" * 101]},
        {"rules": {"beauty": {"run": "on"}}},
        {"rules": {"courtesy": {"run": "often"}}},
        {"rules": {"courtesy": {"run": "on", "ceiling": "ban"}}},
        {"rules": {"courtesy": {"run": "on", "threshold": "high"}}},
        {"rules": {"courtesy": "on"}},
        {"template": {"headings": ["Même", "même"]}},
        {"template": {"headings": "Contexte"}},
        {"template": {"words_min": 9, "words_max": 3}},
        {"template": {"words_min": "many"}},
        {"is_graded": True},
        {"first_posts": "many"},
        {"opens_at": "demain"},
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_changed(make, author, wrong) -> None:
    block = make(author, display_name="Avant")
    answer = call(block, "submit_studio_edits", {"values": {"display_name": "Après", **wrong}, "defaults": []})
    assert answer.status_code == 400
    assert answer.json["error"]
    assert block.display_name == "Avant"


def test_a_course_file_with_choices_that_do_not_exist_still_works(make, learner) -> None:
    wrong = {
        "moderation": "never",
        "kinds": ["poem"],
        "file_kinds": ["video", 3],
        "most_files": None,
        "file_megabytes": float("inf"),
        "languages": [3],
        "rules": {"beauty": {}, "courtesy": {"run": "often"}},
        "template": {"headings": 3, "words_min": "x"},
    }
    block = make(learner, **wrong)
    assert block.place.policy.mode is Mode.REACTIVE
    assert open_thread(learner, block.place)
    assert "data-solerni-discussion" in block.student_view().content


def test_the_form_shows_what_is_set(make, author) -> None:
    html = make(author, **WHOLE).studio_view({}).content
    for expected in (
        'value="Café « été » &amp; &lt;co&gt;"',
        'value="contribution" data-solerni-set="kinds" data-kind="choices" checked',
        'value="2026-12-01T08:00"',
        "\ngit\ncommit\nÉté</textarea>",
        "\nContexte\nCe que j’ai appris</textarea>",
    ):
        assert expected in html
    tree = etree.HTML(html)
    assert tree.xpath("//*[@data-solerni-rule='spelling']//option[@selected]/@value") == ["dry", "nudge"]
    assert tree.xpath("//*[@data-solerni-rule='spelling']//input/@value") == ["0.2"]
    assert not tree.xpath("//script")


def test_the_preview_tells_the_choices(make, author) -> None:
    with translation.override("en"):
        html = make(author, **WHOLE).author_view({}).content
    assert "first messages" in html and "Careful writing" not in html


def test_the_form_of_a_learner_offers_what_the_author_chose(make, learner) -> None:
    html = make(learner, **{**WHOLE, "opens_at": None, "learners_open_threads": True}).student_view().content
    tree = etree.HTML(html)
    assert tree.xpath("//select[@data-solerni-kind]/option/@value") == ["question", "contribution"]
    assert tree.xpath("//select[@name='voice']/option/@value") == ["self", "anonymous"]
    assert tree.xpath("//textarea/@data-solerni-part") == ["Contexte", "Ce que j’ai appris"]
    assert tree.xpath("//*[@data-solerni-participation]")
    plain = etree.HTML(make(learner).student_view().content)
    assert not plain.xpath("//select[@name='voice']") and not plain.xpath("//*[@data-solerni-participation]")


def test_a_contribution_without_its_parts_is_not_sent(make, learner) -> None:
    parts = {"template": {"headings": ["Contexte", "Bilan"]}, "rules": {"template": {"run": "on"}}}
    place = make(learner, kinds=["discussion", "contribution"], **parts).place
    draft = replace(make_draft("## Contexte\n\nUn cours.", title="Mon bilan"), kind=Kind.CONTRIBUTION)
    advice = api.publish_thread(learner.id, place, draft)
    assert (advice.outcome, advice.may_insist) == (Outcome.REFUSE, False)
    whole = replace(draft, source="## Contexte\n\nUn cours.\n\n## Bilan\n\nBeaucoup appris.")
    assert api.publish_thread(learner.id, place, whole).state == "published"
    assert open_thread(learner, place, source="Un simple mot").state == "published", "other kinds have no parts"


def test_the_first_posts_of_a_learner_wait(make, learner) -> None:
    place = make(learner, moderation="first", first_posts=1).place
    assert open_thread(learner, place).state == "held"
    api.publish_thread(learner.id, make(learner).place, make_draft("Autre chose", title="Publié"))
    assert open_thread(learner, place, source="Une troisième").state == "published"


def test_an_anonymous_voice_shows_no_name_to_peers_anywhere(make, learner, other_learner, author) -> None:
    learner.username = "lea"
    place = make(learner, allows_anonymity=True).place
    voice = {"voice": Voice.ANONYMOUS}
    thread = api.publish_thread(learner.id, place, replace(make_draft("Secret", title="Sans nom"), **voice)).thread_uuid
    api.publish_post(learner.id, place, replace(make_draft("Encore"), **voice), thread_uuid=thread)
    for who, sees in ((other_learner, False), (author, True), (learner, True)):
        block = make(who, allows_anonymity=True)
        pages = [call(block, "list_threads").text, call(block, "read_thread", {"thread": str(thread)}).text]
        pages.append(block.student_view().content)
        if not sees:
            assert not any("lea" in page for page in pages)
        reading = api.read_thread(who.id, place, thread)
        expected = learner.id if sees else None
        assert {post.author_id for post in reading.posts} == {expected}
        assert reading.thread.last_author_id is None


def test_participation_is_told_to_the_platform(make, learner) -> None:
    block = make(learner, least_threads=1, least_words=4, is_graded=True, weight=10.0)
    told: list[tuple[str, Any]] = []
    block.runtime.publish = lambda block, kind, data: told.append((kind, data))
    assert (block.has_score, block.has_custom_completion, block.max_score()) == (True, True, 10.0)
    sent = {"title": "Un fil", "text": "Un deux", "submission": "00000000-0000-4000-8000-000000000001"}
    call(block, "publish_thread", sent)
    call(block, "publish_thread", {**sent, "text": "Trois quatre", "submission": sent["submission"][:-1] + "2"})
    assert told == [
        ("completion", {"completion": 0.0}),
        ("grade", {"value": 7.5, "max_value": 10.0}),
        ("completion", {"completion": 1.0}),
        ("grade", {"value": 10.0, "max_value": 10.0}),
    ]


def test_a_reply_is_told_to_the_platform_at_once(make, learner, other_learner) -> None:
    block = make(learner, least_replies=1)
    told: list[tuple[str, Any]] = []
    block.runtime.publish = lambda block, kind, data: told.append((kind, data))
    thread = open_thread(other_learner, block.place).thread_uuid
    sent = {"thread": str(thread), "text": "Oui", "submission": "00000000-0000-4000-8000-000000000001"}
    call(block, "publish_post", sent)
    assert told == [("completion", {"completion": 1.0})]


def test_a_held_post_does_not_count_and_nothing_is_told_where_nothing_is_asked(make, learner) -> None:
    place = make(learner, least_threads=1).place
    open_thread(learner, place, source=INSULT)
    assert api.measure_participation(learner.id, place).share == 0
    assert not make(learner).has_custom_completion
    assert Conduct().requirement.is_asked is False
