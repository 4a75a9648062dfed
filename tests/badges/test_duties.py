"""What badges owes a member: to export all, to forget what tells about the person and keep what verifies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from solerni_xblocks.badges import api
from solerni_xblocks.badges.models import Award, Credential, Fact, SigningKey
from solerni_xblocks.hooks import duties


def _discharge(duty: str, member_id: int) -> Any:
    result = next(result for result in duties.discharge(duty, member_id) if result.performer == "solerni_badges")
    assert result.error == ""
    return result.value


def test_a_member_gets_all_that_is_held(public_award: Any, content: bytes, learner: Any) -> None:
    value = json.loads(json.dumps(_discharge(duties.EXPORT, learner.id)))
    assert sorted(fact["kind"] for fact in value["facts"]) == ["post.published", "post.published", "terms.accepted"]
    (award,) = value["awards"]
    assert award["badge"] == "Contributeur" and award["is_public"] and award["explanation"]["counted"]
    assert award["credentials"] == [content.decode()]


def test_export_holds_nothing_of_others(award: Any, other_learner: Any) -> None:
    assert _discharge(duties.EXPORT, other_learner.id) == {"facts": [], "awards": []}


def test_forgetting_erases_the_person_and_keeps_the_award(public_award: Any, learner: Any, client: Any) -> None:
    assert _discharge(duties.FORGET, learner.id) == {"facts": 3, "awards": 1, "credentials": 1}
    row = Award.objects.get()
    assert (row.uuid, row.member_id, row.subject_uuid, row.explanation) == (public_award.uuid, None, None, {})
    assert not row.is_public and row.state == "awarded" and row.version.number == 1
    credential = Credential.objects.get()
    assert credential.get_bytes() == b"" and credential.key == SigningKey.objects.get()
    assert not Fact.objects.exists()
    assert client.get(f"/solerni/badges/awards/{public_award.uuid}/").status_code == 404


def test_a_file_that_the_person_kept_still_verifies(content: bytes, learner: Any) -> None:
    _discharge(duties.FORGET, learner.id)
    assert api.verify_credential(content).verdict == "passed"


def test_forgetting_twice_or_a_stranger_changes_nothing(award: Any, learner: Any, stranger: Any) -> None:
    assert _discharge(duties.FORGET, stranger.id) == {"facts": 0, "awards": 0, "credentials": 0}
    _discharge(duties.FORGET, learner.id)
    assert _discharge(duties.FORGET, learner.id) == {"facts": 0, "awards": 0, "credentials": 0}
    assert api.settle_awards().signed == 0


@pytest.mark.django_db
def test_forgetting_asks_a_fixed_number_of_questions(
    define: Any, tell: Any, learner: Any, other_learner: Any, django_assert_num_queries: Any
) -> None:
    define(posts_needed=1, terms_needed=False)
    tell.publish_post(learner)
    for _ in range(20):
        tell.publish_post(other_learner)
    for member in (learner, other_learner):
        with django_assert_num_queries(6):
            api.forget_member(member.id)
