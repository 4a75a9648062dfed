"""From facts to an award: once, explained, announced, signed after the commit, settled after a crash."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.badges import api
from solerni_xblocks.badges.data import BadgeToWin, Settlement
from solerni_xblocks.badges.errors import InvalidDefinition
from solerni_xblocks.badges.flows import evaluate_member, open_key, sign_award
from solerni_xblocks.badges.models import Award, Badge, BadgeVersion, Credential, SigningKey
from solerni_xblocks.core.modelkit import AppendOnlyError
from solerni_xblocks.hooks.events.badges import BADGE_EARNED


@pytest.fixture
def earned() -> Any:
    """What BADGE_EARNED told while the test ran."""
    heard: list[Any] = []

    def hear(award: Any, **kwargs: Any) -> None:
        heard.append(award)

    BADGE_EARNED.connect(hear)
    yield heard
    BADGE_EARNED.disconnect(hear)


def test_the_last_fact_earns_the_badge_and_the_world_is_told_once(
    define: Any, tell: Any, learner: Any, earned: list[Any], badge_place: UsageKey
) -> None:
    define()
    tell.accept_terms(learner)
    tell.publish_post(learner)
    assert not Award.objects.exists()
    tell.publish_post(learner)
    tell.publish_post(learner)
    award = Award.objects.get()
    assert [(told.award_uuid, told.member_id, told.course_key) for told in earned] == [
        (award.uuid, learner.id, str(badge_place.context_key))
    ]


def test_an_award_explains_itself_with_ids_and_numbers(award: Any) -> None:
    explanation = Award.objects.get().explanation
    assert explanation["rule_version"] == 1
    assert [leaf["counted"] for leaf in explanation["counted"]] == [2, 1]
    assert len(explanation["sources"]["post.published"]) == 2


def test_an_award_is_signed_when_its_commit_is_done(award: Any) -> None:
    assert award.is_signed and not award.is_public
    assert Credential.objects.get().key == SigningKey.objects.get()


def test_two_workers_make_one_award(award: Any, learner: Any) -> None:
    row = Award.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(badge=row.badge, version=row.version, member_id=learner.id, awarded_at=row.awarded_at)
    badge, version = row.badge, row.version
    asked = BadgeToWin(badge.id, badge.uuid, badge.course_key, version.id, version.number, version.criterion)
    with patch("solerni_xblocks.badges.queries.list_badges_to_win", return_value=[asked]):
        assert evaluate_member.evaluate_member(learner.id, course_key=badge.course_key) == 0


def test_two_workers_keep_one_credential(award: Any) -> None:
    assert sign_award.sign_when_possible(Award.objects.get().id) is False
    assert Credential.objects.count() == 1


def test_a_slower_signer_gives_way(award: Any, django_capture_on_commit_callbacks: Any) -> None:
    row = Award.objects.select_related("badge", "version").get()
    with patch.object(sign_award.Award.objects, "select_related") as rows:
        rows.return_value.filter.return_value.first.return_value = row
        assert sign_award.sign_when_possible(row.id) is False


def test_a_member_who_is_forgotten_while_signing_gets_no_credential(define: Any, tell: Any, learner: Any) -> None:
    define()
    with patch.object(sign_award, "read_back", side_effect=lambda *_, **__: api.forget_member(learner.id) and b"x"):
        tell.accept_terms(learner)
        tell.publish_post(learner)
        tell.publish_post(learner)
    assert Award.objects.get().member_id is None
    assert not Credential.objects.exists()


def test_what_is_signed_cannot_be_changed(award: Any) -> None:
    row = Credential.objects.get()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        Credential.objects.update(content=b"")


def test_without_a_public_address_awards_wait_and_are_settled_later(
    define: Any, tell: Any, learner: Any, settings: Any, badge_place: UsageKey
) -> None:
    settings.SOLERNI_BASE_URL = ""
    define()
    for _ in range(2):
        tell.publish_post(learner)
    tell.accept_terms(learner)
    progress = api.get_progress(badge_place, member_id=learner.id)
    assert progress.award is not None and not progress.award.is_signed
    assert api.settle_awards().waiting == 1
    settings.SOLERNI_BASE_URL = "https://learn.example.org"
    assert api.settle_awards() == Settlement(awarded=0, signed=1, waiting=0)
    assert api.settle_awards() == Settlement(awarded=0, signed=0, waiting=0)


def test_a_crash_before_signing_is_settled_by_the_command(define: Any, tell: Any, learner: Any) -> None:
    define()
    with patch.object(sign_award, "sign_credential", side_effect=OSError("power cut")):
        for _ in range(2):
            tell.publish_post(learner)
        tell.accept_terms(learner)
    assert not Credential.objects.exists()
    out = StringIO()
    call_command("solerni_badges_settle", stdout=out)
    assert out.getvalue() == "awarded 0, signed 1, waiting 0\n"


def test_a_crash_before_awarding_is_settled_by_the_command(
    define: Any, tell: Any, learner: Any, django_capture_on_commit_callbacks: Any
) -> None:
    define(posts_needed=1, terms_needed=False)
    with patch.object(evaluate_member, "_award", side_effect=OSError("power cut")):
        tell.publish_post(learner)
    with django_capture_on_commit_callbacks(execute=True):
        assert api.settle_awards().awarded == 1
    assert Credential.objects.count() == 1


def test_a_document_that_cannot_be_signed_does_not_stop_the_others(
    define: Any, tell: Any, learner: Any, settings: Any
) -> None:
    settings.SOLERNI_BASE_URL = "https://learn.example.org/<script>"
    define(posts_needed=1, terms_needed=False)
    tell.publish_post(learner)
    assert api.settle_awards().waiting == 1


def test_steps_done_before_the_badge_existed_count(
    define: Any, tell: Any, learner: Any, badge_place: UsageKey, django_capture_on_commit_callbacks: Any
) -> None:
    for _ in range(2):
        tell.publish_post(learner)
    tell.accept_terms(learner)
    define()
    with django_capture_on_commit_callbacks(execute=True):
        api.evaluate_member(badge_place, member_id=learner.id)
    progress = api.get_progress(badge_place, member_id=learner.id)
    assert progress.award is not None and progress.award.is_signed


def test_defining_the_same_badge_again_changes_nothing(define: Any, db: None, django_assert_num_queries: Any) -> None:
    first = define()
    with django_assert_num_queries(3):  # one read, inside a savepoint
        assert define() == first


def test_other_words_make_another_version_and_going_back_finds_the_first(define: Any, db: None) -> None:
    first, second = define(), define(posts_needed=5)
    assert (first.number, second.number) == (1, 2)
    assert define() == first
    assert BadgeVersion.objects.count() == 2


def test_an_award_keeps_the_version_that_was_earned(
    award: Any, define: Any, badge_place: UsageKey, learner: Any
) -> None:
    define(posts_needed=900)
    progress = api.get_progress(badge_place, member_id=learner.id)
    assert progress.requirements[0].needed == 900
    assert progress.award is not None and progress.award.achievement.number == 1


@pytest.mark.parametrize("words", [{"name": "  "}, {"posts_needed": 0, "terms_needed": False}, {"posts_needed": 5000}])
def test_a_badge_that_says_nothing_is_refused(define: Any, db: None, words: dict[str, Any]) -> None:
    with pytest.raises((InvalidDefinition, ValueError)):
        define(**words)
    assert not Badge.objects.exists()


def test_hostile_names_are_signed_as_they_are_without_control_characters(
    define: Any, tell: Any, learner: Any, badge_place: UsageKey
) -> None:
    define(
        posts_needed=1, terms_needed=False, name='\u202eabc\x00\x08 "<b>é\u0301 👩‍🚀\\n', description="\x7f\ufffe\n\t'"
    )
    tell.publish_post(learner)
    award = api.get_progress(badge_place, member_id=learner.id).award
    assert award is not None and award.is_signed
    document = json.loads(api.get_content(award.uuid, reader_id=learner.id))
    assert document["name"] == '\u202eabc "<b>é\u0301 👩‍🚀\\n'


def test_signing_makes_one_key_and_uses_it_again(award: Any, define: Any, tell: Any, other_learner: Any) -> None:
    for _ in range(2):
        tell.publish_post(other_learner)
    tell.accept_terms(other_learner)
    assert Credential.objects.count() == 2
    assert SigningKey.objects.count() == 1


def test_a_process_that_comes_second_uses_the_key_of_the_first(db: None) -> None:
    first, _ = open_key.open_key()
    with (
        patch.object(open_key.queries, "find_current_key", side_effect=[None, first]),
        patch.object(SigningKey.objects, "aggregate", return_value={"last": 0}),
    ):
        second, _ = open_key.open_key()
    assert second == first
    assert SigningKey.objects.count() == 1


def test_a_retired_key_stays_published_and_its_badges_verify(award: Any, content: bytes) -> None:
    api.retire_key(SigningKey.objects.get().multikey)
    new, _ = open_key.open_key()
    assert new.number == 2
    assert len(api.get_did_document()["verificationMethod"]) == 2
    assert api.verify_credential(content).verdict == "passed"


def test_private_keys_are_not_stored_in_clear(award: Any, settings: Any) -> None:
    assert api.can_open_key()
    settings.SOLERNI_BADGES_KEY_SECRET = "another secret"
    assert not api.can_open_key()


def test_evaluating_asks_as_much_at_many_facts_as_at_few(
    define: Any, tell: Any, learner: Any, badge_place: UsageKey, django_assert_num_queries: Any
) -> None:
    define(posts_needed=1000)
    for posts in (2, 40):
        for _ in range(posts):
            tell.publish_post(learner)
        with django_assert_num_queries(3):  # badge with version, facts, award
            api.get_progress(badge_place, member_id=learner.id)
        with django_assert_num_queries(2):  # badges to win, facts
            api.evaluate_member(badge_place, member_id=learner.id)
