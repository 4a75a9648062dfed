"""Fixtures named as nouns, for every test."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import hypothesis
import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.host import standalone
from solerni_xblocks.members import api as members
from solerni_xblocks.terms import api as terms
from tests.doubles.courses import MemoryRegister

# Tests assert what is done, never how long it takes.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that is skipped has shown nothing: it fails."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def fresh_gate() -> None:
    """Gates remember answers for a while, a process long: no test leaves any to the next."""
    terms.forget_answers()
    members.forget_accounts()


@pytest.fixture(autouse=True)
def site_language() -> Iterator[None]:
    """A request leaves its language to its thread: each test begins in the site's."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def course_key() -> CourseKey:
    return CourseKey.from_string("course-v1:Solerni+Demo+2026")


@pytest.fixture
def place(course_key: CourseKey) -> UsageKey:
    """Where a discussion block stands."""
    return UsageKey.from_string("block-v1:Solerni+Demo+2026+type@solerni_discussion+block@cafe")


@pytest.fixture
def register(course_key: CourseKey) -> Iterator[MemoryRegister]:
    """The courses of the standalone host: one French course, nobody in it yet."""
    before = standalone.register
    memory = MemoryRegister()
    memory.courses[course_key] = {"title": "Découvrir Solerni", "language": "fr"}
    standalone.use_register(memory)
    yield memory
    standalone.use_register(before)


def _make_user(name: str) -> Any:
    return get_user_model().objects.create_user(name, f"{name}@example.org", "secret")


@pytest.fixture
def learner(db: None, register: MemoryRegister, course_key: CourseKey) -> Any:
    user = _make_user("lea")
    register.give_role(user.id, course_key, "student")
    return user


@pytest.fixture
def other_learner(db: None, register: MemoryRegister, course_key: CourseKey) -> Any:
    user = _make_user("sam")
    register.give_role(user.id, course_key, "student")
    return user


@pytest.fixture
def author(db: None, register: MemoryRegister, course_key: CourseKey) -> Any:
    """A course author: staff of the course."""
    user = _make_user("ana")
    register.give_role(user.id, course_key, "staff")
    return user


@pytest.fixture
def stranger(db: None, register: MemoryRegister) -> Any:
    """Somebody with an account and no course."""
    return _make_user("eve")
