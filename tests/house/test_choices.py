"""What a row may hold and what the domain's values may be are one list, in every domain."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from enum import Enum, StrEnum

import pytest
from django.db.models import TextChoices

DOMAINS = ("discussion", "badges", "terms", "members")
PARTS = {
    ("discussion", "State", "Fate"),
    ("terms", "Notice.Channel", "Channel"),
    ("terms", "Proof.Actor", "Channel"),
    ("terms", "Proof.Channel", "Actor"),
}
"""Choices that share words with a list of values, and are another list on purpose."""


def list_enums(package: str, kind: type[Enum]) -> list[type[Enum]]:
    """Classes of that kind that the package defines, on their own or inside a model."""
    modules = [module for name, module in sys.modules.items() if name == package or name.startswith(f"{package}.")]
    found = {one for module in modules for one in _list_classes(module, package) if issubclass(one, kind)}
    return sorted(found, key=lambda one: one.__qualname__)


def _list_classes(holder: object, package: str) -> Iterator[type]:
    for one in list(vars(holder).values()):
        if inspect.isclass(one) and one.__module__.startswith(package):
            yield one
            yield from (inner for inner in vars(one).values() if inspect.isclass(inner))


def list_twins(domain: str) -> list[tuple[type[Enum], type[Enum]]]:
    """Choices and values that share two words at least."""
    choices = list_enums(f"solerni_xblocks.{domain}.models", TextChoices)
    values = list_enums(f"solerni_xblocks.{domain}.data", StrEnum)
    return [
        (one, other)
        for one in choices
        for other in values
        if len(_read(one) & _read(other)) > 1 and (domain, one.__qualname__, other.__qualname__) not in PARTS
    ]


def _read(enum: type[Enum]) -> set[str]:
    return {one.value for one in enum}


@pytest.mark.parametrize("domain", DOMAINS)
def test_choices_of_rows_are_the_values_of_the_domain(domain: str) -> None:
    twins = [(one, other) for one, other in list_twins(domain) if _read(one) != _read(other)]
    assert [(one.__qualname__, other.__qualname__) for one, other in twins] == []


def test_lists_that_exist_twice_are_found() -> None:
    names = {one.__qualname__ for domain in DOMAINS for one, _other in list_twins(domain)}
    assert {"Document.Audience", "Proof.Act", "Proof.Actor", "GuardianRequest.State", "Notice.Stage", "Kind"} <= names
