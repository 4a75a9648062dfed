"""Nouns of the badge tests: a place for a badge, a definition, a way to tell facts, an earned award."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.badges import api, inputs, presenters
from solerni_xblocks.badges.block import BadgeBlock
from solerni_xblocks.badges.data import Award, BadgeDefinition
from solerni_xblocks.hooks.events.discussion import POST_PUBLISHED, POST_REFUSED, PostData
from solerni_xblocks.hooks.events.terms import TERMS_ACCEPTED, AcceptanceData
from tests.doubles.runtime import make_block

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def badge_place(course_key: CourseKey) -> UsageKey:
    return UsageKey.from_string("block-v1:Solerni+Demo+2026+type@solerni_badge+block@badge")


@pytest.fixture
def define(badge_place: UsageKey) -> Callable[..., Any]:
    """Defines the badge of ``badge_place``; any word or number can be changed."""

    def call(*, posts_needed: int = 2, terms_needed: bool = True, place: UsageKey = badge_place, **words: Any) -> Any:
        criterion = inputs.make_criterion(posts_needed=posts_needed, terms_needed=terms_needed)
        values = {"name": "Contributeur", "description": "Participe.", "language": "fr", **words}
        sentences = presenters.list_sentences(criterion, language="fr")
        return api.define_badge(
            BadgeDefinition(
                usage_key=str(place),
                course_key=str(place.context_key),
                criterion=criterion,
                sentences=sentences,
                **values,
            )
        )

    return call


class Teller:
    """Announces as discussion and terms do, and lets what follows a commit happen."""

    def __init__(self, capture: Any, place: UsageKey, course_key: CourseKey) -> None:
        self.capture = capture
        self.place = place
        self.course_key = course_key

    def publish_post(self, member: Any, *, uuid: Any = None, at: datetime = NOON, course_key: Any = None) -> Any:
        return self._send_post(POST_PUBLISHED, member, uuid or uuid4(), at, course_key)

    def refuse_post(self, member: Any, uuid: Any, *, at: datetime = NOON) -> Any:
        return self._send_post(POST_REFUSED, member, uuid, at, None)

    def accept_terms(self, member: Any, *, course_key: str = "", uuid: Any = None) -> None:
        acceptance = AcceptanceData(
            proof_uuid=uuid or uuid4(),
            member_id=member.id,
            document="charter",
            version_uuid=uuid4(),
            course_key=course_key,
            at=NOON,
        )
        with self.capture(execute=True):
            TERMS_ACCEPTED.send_event(acceptance=acceptance)

    def _send_post(self, signal: Any, member: Any, uuid: Any, at: datetime, course_key: Any) -> Any:
        post = PostData(
            post_uuid=uuid,
            thread_uuid=uuid,
            author_id=member.id,
            course_key=course_key or self.course_key,
            usage_key=self.place,
            at=at,
        )
        with self.capture(execute=True):
            signal.send_event(post=post)
        return uuid


@pytest.fixture
def tell(django_capture_on_commit_callbacks: Any, place: UsageKey, course_key: CourseKey) -> Teller:
    return Teller(django_capture_on_commit_callbacks, place, course_key)


@pytest.fixture
def award(learner: Any, define: Any, tell: Teller, badge_place: UsageKey) -> Award:
    """The learner's award: two posts and the terms, signed, private."""
    define()
    tell.publish_post(learner)
    tell.publish_post(learner)
    tell.accept_terms(learner)
    found = api.get_progress(badge_place, member_id=learner.id).award
    assert found is not None
    return found


@pytest.fixture
def content(award: Award, learner: Any) -> bytes:
    """The signed bytes of the learner's award."""
    return api.get_content(award.uuid, reader_id=learner.id)


@pytest.fixture
def public_award(award: Award, learner: Any, badge_place: UsageKey) -> Award:
    api.publish_award(badge_place, member_id=learner.id)
    return award


@pytest.fixture
def block_for(badge_place: UsageKey) -> Callable[..., Any]:
    """The badge block as somebody sees it: two posts and the terms."""

    def call(user: Any, **fields: Any) -> Any:
        words = {"badge_name": "Contributeur", "posts_needed": 2, "terms_needed": True}
        return make_block(BadgeBlock, badge_place, user=user, **{**words, **fields})

    return call
