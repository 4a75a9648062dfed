"""Fixtures of the demo: the probe course and the people in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from solerni_xblocks.demo import site_api
from tests.demo import courses


@pytest.fixture
def probe_course(db: None) -> Iterator[None]:
    """The probe course, imported."""
    with courses.probes():
        courses.import_probe_course()
        yield


def _make_person(name: str, role: str = "") -> Any:
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "secret")
    if role:
        site_api.give_role(user.id, courses.COURSE, role)
    return user


@pytest.fixture
def student(probe_course: None) -> Any:
    return _make_person("lea-probe", "student")


@pytest.fixture
def writer(probe_course: None) -> Any:
    """Somebody who authors the course."""
    return _make_person("ana-probe", "staff")


@pytest.fixture
def passer(probe_course: None) -> Any:
    """Somebody with an account and no role."""
    return _make_person("eve-probe")


def _log_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def student_client(student: Any) -> Client:
    return _log_in(student)


@pytest.fixture
def writer_client(writer: Any) -> Client:
    return _log_in(writer)


@pytest.fixture
def passer_client(passer: Any) -> Client:
    return _log_in(passer)
