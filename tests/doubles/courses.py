"""A register of courses and roles held in memory; the standalone host asks it during tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey


class MemoryRegister:
    """Courses, roles and languages that a test sets by hand, and the events that were logged."""

    def __init__(self) -> None:
        self.courses: dict[CourseKey, dict[str, str]] = {}
        self.roles: dict[tuple[int, CourseKey], set[str]] = {}
        self.languages: dict[int, str] = {}
        self.groups: dict[tuple[int, CourseKey], int] = {}
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.tokens: dict[tuple[str, str], int] = {}
        self.parents: dict[UsageKey, UsageKey] = {}
        self.fields: dict[tuple[UsageKey, str], str] = {}

    def give_role(self, user_id: int, course_key: CourseKey, role: str) -> None:
        """Enrol (``student``) or appoint (``staff``, ``instructor``)."""
        self.roles.setdefault((user_id, course_key), set()).add(role)

    def find_course(self, course_key: CourseKey) -> Mapping[str, str] | None:
        return self.courses.get(course_key)

    def get_roles(self, user_id: int, course_key: CourseKey) -> frozenset[str]:
        return frozenset(self.roles.get((user_id, course_key), ()))

    def list_above(self, usage_key: UsageKey) -> tuple[UsageKey, ...]:
        found = []
        while usage_key in self.parents:
            usage_key = self.parents[usage_key]
            found.append(usage_key)
        return tuple(found)

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        return self.groups.get((user_id, course_key))

    def list_blocks(
        self, course_key: CourseKey, *, block_type: str, fields: Collection[str]
    ) -> Mapping[UsageKey, Mapping[str, Any]]:
        return {
            key: {name: self.fields[key, name] for name in fields if (key, name) in self.fields}
            for key in {*self.parents, *self.parents.values()}
            if key.block_type == block_type and key.context_key == course_key
        }

    def find_subject(self, kind: str, token: str) -> int | None:
        return self.tokens.get((kind, token))

    def find_languages(self, user_ids: Iterable[int]) -> Mapping[int, str]:
        return {id_: self.languages[id_] for id_ in user_ids if id_ in self.languages}

    def log_event(self, name: str, data: Mapping[str, Any]) -> None:
        self.events.append((name, dict(data)))
