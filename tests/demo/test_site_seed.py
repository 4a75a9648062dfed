"""What the demo opens with, put there once and through the doors that people use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core import clock as core_clock
from solerni_xblocks.demo import catalogue, seed
from solerni_xblocks.demo.models import Block, Course, Seeding
from solerni_xblocks.demo.personas import PERSONAS, VOICES
from solerni_xblocks.demo.register import SiteRegister
from solerni_xblocks.discussion import api as discussion
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.host import standalone
from solerni_xblocks.terms import api as terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(settings: Any) -> Iterator[None]:
    settings.SOLERNI_CLOCK = "solerni_xblocks.demo.clock.now"
    before = standalone.register
    standalone.use_register(SiteRegister())
    terms.forget_answers()
    seed.seed_missing()
    yield
    terms.forget_answers()
    standalone.use_register(before)


def find_id(username: str) -> int:
    return get_user_model().objects.get(username=username).id


def test_a_second_time_nothing_is_missing_and_nothing_is_added(seeded: None, django_assert_num_queries: Any) -> None:
    before = (get_user_model().objects.count(), Course.objects.count(), Block.objects.count())
    with django_assert_num_queries(1):
        seed.seed_missing()
    assert (get_user_model().objects.count(), Course.objects.count(), Block.objects.count()) == before
    assert get_user_model().objects.count() == len(PERSONAS) + len(VOICES)


def test_a_part_that_fails_leaves_nothing_and_is_done_next_time(settings: Any, monkeypatch: Any) -> None:
    def fail() -> None:
        Course.objects.create(course_key="course-v1:a+b+c", title="x")
        raise RuntimeError

    monkeypatch.setattr(seed, "PARTS", {"courses": fail})
    with pytest.raises(RuntimeError):
        seed.seed_missing()
    assert not Course.objects.exists()
    assert not Seeding.objects.exists()
    monkeypatch.setattr(seed, "PARTS", {"courses": seed.seed_courses})
    seed.seed_missing()
    assert Course.objects.count() == 2


def test_both_courses_hold_terms_around_a_discussion_and_a_badge(seeded: None) -> None:
    for course in Course.objects.all():
        container = Block.objects.get(course_key=course.course_key, usage_key__contains="type@solerni_terms")
        inside = Block.objects.filter(parent_key=container.usage_key).values_list("usage_key", flat=True)
        assert {UsageKey.from_string(key).block_type for key in inside} == {"solerni_discussion", "solerni_badge"}
        types = [
            UsageKey.from_string(key).block_type
            for key in Block.objects.filter(course_key=course.course_key).values_list("usage_key", flat=True)
        ]
        assert (types.count("solerni_discussion"), types.count("solerni_badge")) == (2, 2)


def test_every_course_of_the_package_has_a_summary(seeded: None) -> None:
    assert {course.language for course in Course.objects.all()} == {"fr", "en"}
    assert all(catalogue.read_summary(key) for key in catalogue.SHIPPED)


def test_the_terms_are_in_force_and_owed_by_learners(seeded: None) -> None:
    assert terms.get_standing(find_id("lea"), "terms").is_due
    assert not terms.get_standing(find_id("maelle"), "terms").is_due


def test_the_moderator_is_appointed_in_both_courses(seeded: None) -> None:
    assert all(discussion.is_moderator(find_id("modou"), key) for key in seed.COURSES)
    assert not any(discussion.is_moderator(find_id("lea"), key) for key in seed.COURSES)


def test_conversations_are_published_in_a_plausible_past(seeded: None) -> None:
    now = core_clock.now()
    for thread in catalogue.read_conversations():
        usage_key = UsageKey.from_string(thread["place"])
        assert Block.objects.filter(usage_key=str(usage_key)).exists()
        place = Place(course_key=usage_key.context_key, usage_key=usage_key)
        shown = {found.title: found for found in discussion.list_threads(find_id("modou"), place).threads}
        found = shown[thread["title"]]
        assert (found.state, found.replies) == ("published", len(thread["posts"]) - 1)
        assert found.created_at < found.last_activity_at < now or found.replies == 0
        assert found.last_activity_at < now
