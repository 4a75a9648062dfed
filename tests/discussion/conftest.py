"""Fixtures of the discussion domain: a place, drafts, and people who moderate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import (
    Act,
    Draft,
    Ground,
    Mode,
    Place,
    Policy,
    PostRecord,
    Rule,
    RuleSetting,
    Ruling,
    Run,
    policies,
)
from solerni_xblocks.hooks import gates
from solerni_xblocks.hooks.events import discussion as events

INSULT = "connard"
"""The one severe word that tests write; the list itself is package data."""

APPROVE = Ruling(act=Act.PUBLISH)


def say(act: Act, message: str = "Dites-le sans l'insulte.", *clauses: str) -> Ruling:
    """A ruling that explains itself."""
    grounds = tuple(Ground(clause=clause) for clause in clauses or ("posts.courtesy",))
    return Ruling(act=act, grounds=grounds, message=message)


REFUSE = say(Act.REFUSE)


@pytest.fixture(autouse=True)
def open_gates(monkeypatch) -> None:
    """Nobody answers the gates, unless a test does."""
    monkeypatch.setattr(gates, "_answerers", {question: [] for question in gates.QUESTIONS})


@pytest.fixture(autouse=True)
def fresh_lexicons() -> None:
    """What a process remembers of courses and their words: no test leaves any to the next."""
    api.forget_lexicons()


@pytest.fixture(autouse=True)
def fresh_paces() -> None:
    """Who asked how often is counted in the cache: members of one test have asked nothing yet."""
    cache.clear()


@pytest.fixture(autouse=True)
def calm_rules(request, monkeypatch) -> None:
    """Tests of other things write texts in no language: only courtesy judges them. Tests of rules have them all."""
    if "test_rule" not in request.module.__name__:
        off = {rule: RuleSetting(run=Run.OFF) for rule in Rule if rule is not Rule.COURTESY}
        monkeypatch.setattr(policies, "DEFAULT_SETTINGS", {**policies.DEFAULT_SETTINGS, **off})


@pytest.fixture
def cafe(course_key: CourseKey, place: UsageKey) -> Place:
    """A place where messages appear at once."""
    return Place(course_key=course_key, usage_key=place)


@pytest.fixture
def read_before(course_key: CourseKey, place: UsageKey) -> Place:
    """The same place, when every message waits."""
    return Place(course_key=course_key, usage_key=place, policy=Policy(mode=Mode.BEFORE))


@pytest.fixture
def moderator(other_learner: Any, course_key: CourseKey) -> Any:
    """A learner who was appointed."""
    api.appoint_moderator(course_key, other_learner.id)
    return other_learner


@pytest.fixture
def heard() -> Any:
    """The names of the events announced, in order."""
    told: list[tuple[str, Any]] = []
    signals = {
        "published": events.POST_PUBLISHED,
        "held": events.POST_HELD,
        "refused": events.POST_REFUSED,
        "removed": events.POST_REMOVED,
        "restored": events.POST_RESTORED,
    }
    receivers: list[tuple[Any, Callable[..., None]]] = []
    for name, signal in signals.items():

        def hear(name: str = name, **kwargs: Any) -> None:
            told.append((name, kwargs["post"]))

        signal.connect(hear)
        receivers.append((signal, hear))
    yield told
    for signal, receiver in receivers:
        signal.disconnect(receiver)


def make_draft(source: str = "Bonjour à tous", *, title: str = "") -> Draft:
    return Draft(submission=uuid4(), source=source, title=title)


def open_thread(author: Any, cafe: Place, *, title: str = "Un fil", source: str = "Bonjour à tous") -> PostRecord:
    return api.publish_thread(author.id, cafe, make_draft(source, title=title))
