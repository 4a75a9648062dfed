"""Facts: told twice, counted once; withdrawn in any order; the course decides where they count."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.badges import api
from solerni_xblocks.badges.models import Award, Fact
from tests.badges.conftest import NOON


def _count_posts(badge_place: Any, member: Any) -> int:
    return api.get_progress(badge_place, member_id=member.id).requirements[0].counted


def test_a_post_told_twice_counts_once(define: Any, tell: Any, learner: Any, badge_place: Any) -> None:
    define(posts_needed=3)
    uuid = tell.publish_post(learner)
    tell.publish_post(learner, uuid=uuid)
    assert _count_posts(badge_place, learner) == 1
    assert Fact.objects.count() == 1


def test_a_refused_post_counts_no_more(define: Any, tell: Any, learner: Any, badge_place: Any) -> None:
    define(posts_needed=3)
    uuid = tell.publish_post(learner)
    tell.refuse_post(learner, uuid, at=NOON + timedelta(minutes=1))
    assert _count_posts(badge_place, learner) == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_latest_telling_holds_whatever_arrives_first(
    order: tuple[int, ...], define: Any, tell: Any, learner: Any, badge_place: Any
) -> None:
    define(posts_needed=3)
    uuid = uuid4()
    tellings = [
        lambda: tell.publish_post(learner, uuid=uuid, at=NOON),
        lambda: tell.refuse_post(learner, uuid, at=NOON + timedelta(minutes=1)),
        lambda: tell.publish_post(learner, uuid=uuid, at=NOON + timedelta(minutes=2)),
    ]
    for index in order:
        tellings[index]()
    assert _count_posts(badge_place, learner) == 1


def test_a_withdrawal_that_arrives_first_still_holds(define: Any, tell: Any, learner: Any, badge_place: Any) -> None:
    define(posts_needed=3)
    uuid = uuid4()
    tell.refuse_post(learner, uuid, at=NOON + timedelta(minutes=1))
    tell.publish_post(learner, uuid=uuid, at=NOON)
    assert _count_posts(badge_place, learner) == 0


def test_posts_of_another_course_do_not_count(define: Any, tell: Any, learner: Any, badge_place: Any) -> None:
    define()
    tell.publish_post(learner, course_key=CourseKey.from_string("course-v1:Solerni+Other+2026"))
    assert _count_posts(badge_place, learner) == 0


def test_site_wide_terms_count_in_every_course(define: Any, tell: Any, learner: Any, badge_place: Any) -> None:
    define()
    tell.accept_terms(learner)
    assert api.get_progress(badge_place, member_id=learner.id).requirements[1].is_met


def test_terms_of_another_course_do_not_count(define: Any, tell: Any, learner: Any, badge_place: Any) -> None:
    define()
    tell.accept_terms(learner, course_key="course-v1:Solerni+Other+2026")
    assert not api.get_progress(badge_place, member_id=learner.id).requirements[1].is_met


def test_a_fact_of_one_member_is_nothing_to_another(
    define: Any, tell: Any, learner: Any, other_learner: Any, badge_place: Any
) -> None:
    define()
    tell.publish_post(learner)
    assert _count_posts(badge_place, other_learner) == 0


def test_an_award_is_kept_when_a_fact_is_withdrawn_and_progress_falls(
    define: Any, tell: Any, learner: Any, badge_place: Any
) -> None:
    define(posts_needed=1, terms_needed=False)
    uuid = tell.publish_post(learner)
    tell.refuse_post(learner, uuid, at=NOON + timedelta(days=1))
    progress = api.get_progress(badge_place, member_id=learner.id)
    assert progress.award is not None and progress.requirements[0].counted == 0
    assert Award.objects.get().state == Award.State.AWARDED
