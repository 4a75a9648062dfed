"""The authored half of one course: tree and fields. Read in two queries; changes are collected until ``commit``.

Knows rows and keys, no XBlock. Learners' rows are in state.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core import clock, jsonkit, modelkit
from solerni_xblocks.demo.models import Block, Course, StoredField

SCOPES = ("content", "settings")


def make_root_key(course_key: CourseKey) -> UsageKey:
    """The key of the course block itself."""
    return course_key.make_usage_key("course", "course")


class Content:
    """One course as its authors wrote it.

    Values are held as JSON text, so that nobody changes a value in place by accident.
    """

    def __init__(self, course_key: CourseKey) -> None:
        self.course_key = course_key
        self.children: dict[UsageKey, list[UsageKey]] = {}
        self.parents: dict[UsageKey, UsageKey | None] = {}
        self._texts: dict[tuple[UsageKey, str], tuple[str, str]] = {}
        self._changed: set[tuple[UsageKey, str]] = set()
        self._rearranged = False

    @classmethod
    def load(cls, course_key: CourseKey) -> Content:
        """The course as stored; without any block when there is no such course."""
        content = cls(course_key)
        rows = Block.objects.filter(course_key=str(course_key)).order_by("position", "id")
        for usage, parent in rows.values_list("usage_key", "parent_key"):
            content._attach(UsageKey.from_string(usage), UsageKey.from_string(parent) if parent else None)
        fields = StoredField.objects.filter(course_key=str(course_key), scope__in=SCOPES, user_id=0)
        keys = {str(key): key for key in content.parents}
        for usage, name, scope, text in fields.values_list("subject", "name", "scope", "value"):
            if usage in keys:
                content._texts[keys[usage], name] = (scope, text)
        return content

    def _attach(self, usage_key: UsageKey, parent: UsageKey | None) -> None:
        self.parents[usage_key] = parent
        self.children.setdefault(usage_key, [])
        if parent is not None:
            self.children.setdefault(parent, []).append(usage_key)

    @property
    def root(self) -> UsageKey:
        """The course block's key."""
        return make_root_key(self.course_key)

    def __contains__(self, usage_key: object) -> bool:
        return usage_key in self.parents

    def has(self, usage_key: UsageKey, name: str) -> bool:
        """Whether the author set the field."""
        return (usage_key, name) in self._texts

    def get(self, usage_key: UsageKey, name: str) -> Any:
        """The JSON value of a field that is set. Raises KeyError."""
        return json.loads(self._texts[usage_key, name][1])

    def set(self, usage_key: UsageKey, name: str, *, scope: str, value: Any) -> None:
        """Keep ``value`` until ``commit``."""
        self._texts[usage_key, name] = (scope, jsonkit.dumps(value))
        self._changed.add((usage_key, name))

    def delete(self, usage_key: UsageKey, name: str) -> None:
        """Back to the field's default."""
        self._texts.pop((usage_key, name), None)
        self._changed.add((usage_key, name))

    def add(self, usage_key: UsageKey) -> None:
        """Make room for a new block; the list of its parent's children says where it stands."""
        self.parents.setdefault(usage_key, None)
        self.children.setdefault(usage_key, [])
        self._rearranged = True

    def arrange(self, parent: UsageKey, children: list[UsageKey]) -> None:
        """``children``, in this order, and no others stand in ``parent``."""
        for child in set(self.children[parent]) - set(children):
            self.parents[child] = None
        for child in children:
            self.parents[child] = parent
        self.children[parent] = list(children)
        self._rearranged = True

    def walk(self, top: UsageKey) -> Iterator[UsageKey]:
        """``top`` and all below it, in reading order."""
        yield top
        for child in self.children[top]:
            yield from self.walk(child)

    def commit(self) -> None:
        """Write what changed, in one transaction; blocks that hang on nothing any more are deleted."""
        with transaction.atomic():
            if self._rearranged:
                self._write_tree()
            self._write_fields(self._changed)
        self._changed, self._rearranged = set(), False

    def replace(self, *, title: str, language: str) -> None:
        """Let this be the whole authored content of the course, in one transaction. Learners' rows stay."""
        course = str(self.course_key)
        values = {"title": title, "language": language, "edited_at": clock.now()}
        with transaction.atomic():
            Course.objects.update_or_create(course_key=course, defaults=values)
            Block.objects.filter(course_key=course).delete()
            StoredField.objects.filter(course_key=course, scope__in=SCOPES, user_id=0).delete()
            self._write_tree()
            self._write_fields(set(self._texts))

    def _write_tree(self) -> None:
        kept = list(self.walk(self.root))
        gone = [str(key) for key in set(self.parents) - set(kept)]
        Block.objects.filter(usage_key__in=gone).delete()
        StoredField.objects.filter(subject__in=gone, scope__in=SCOPES, user_id=0).delete()
        places = {child: place for siblings in self.children.values() for place, child in enumerate(siblings)}
        rows = [
            Block(
                usage_key=str(key),
                course_key=str(self.course_key),
                parent_key=str(self.parents[key] or ""),
                position=places.get(key, 0),
            )
            for key in kept
        ]
        modelkit.upsert(Block, rows, key=["usage_key"], values=["parent_key", "position"])

    def _write_fields(self, changed: set[tuple[UsageKey, str]]) -> None:
        rows = []
        for usage_key, name in changed:
            if (usage_key, name) in self._texts:
                scope, text = self._texts[usage_key, name]
                subject, course = str(usage_key), str(self.course_key)
                rows.append(StoredField(scope=scope, course_key=course, subject=subject, name=name, value=text))
            else:
                StoredField.objects.filter(subject=str(usage_key), name=name, scope__in=SCOPES, user_id=0).delete()
        modelkit.upsert(StoredField, rows, key=["scope", "subject", "user_id", "name"], values=["value", "course_key"])


@contextmanager
def locked(course_key: CourseKey) -> Iterator[None]:
    """A transaction in which nobody else edits the course: the first statement takes the course's row."""
    with transaction.atomic():
        Course.objects.filter(course_key=str(course_key)).update(edited_at=clock.now())
        yield
