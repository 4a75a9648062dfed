"""The learners' half of a course: fields in user scopes, completion, grades. Authored content is in content.py."""

from __future__ import annotations

import json
from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.runtime import KeyValueStore

from solerni_xblocks.core import clock, jsonkit, modelkit
from solerni_xblocks.demo.models import BlockCompletion, Grade, StoredField

Slot = tuple[str, str, int, str]
EVERYBODY = 0


class LearnerState:
    """User fields as one request sees them: rows read once, in one query, when the first field is asked.

    ``keeps`` False (visitor, preview, Studio, masquerade): what is written is forgotten with the request.
    """

    def __init__(self, course_key: CourseKey, *, user_id: int | None, keeps: bool) -> None:
        self._course = str(course_key)
        self._user_id = user_id
        self._keeps = keeps and user_id is not None
        self._texts: dict[Slot, str] | None = None

    def _slot(self, key: KeyValueStore.Key) -> Slot:
        user_id = EVERYBODY if key.user_id is None else self._user_id or EVERYBODY
        return (key.scope.name or str(key.scope), str(key.block_scope_id or ""), user_id, key.field_name)

    def _read(self) -> dict[Slot, str]:
        if self._texts is None:
            self._texts = {}
            if self._user_id is not None:
                rows = StoredField.objects.filter(
                    course_key__in=[self._course, ""], user_id__in=[self._user_id, EVERYBODY]
                ).exclude(scope__in=["content", "settings"])
                values = rows.values_list("scope", "subject", "user_id", "name", "value")
                self._texts = {(scope, subject, user, name): text for scope, subject, user, name, text in values}
        return self._texts

    def has(self, key: KeyValueStore.Key) -> bool:
        return self._slot(key) in self._read()

    def get(self, key: KeyValueStore.Key) -> Any:
        return json.loads(self._read()[self._slot(key)])

    def delete(self, key: KeyValueStore.Key) -> None:
        scope, subject, user_id, name = self._slot(key)
        self._read().pop((scope, subject, user_id, name), None)
        if self._keeps:
            StoredField.objects.filter(scope=scope, subject=subject, user_id=user_id, name=name).delete()

    def set_many(self, values: dict[KeyValueStore.Key, Any]) -> None:
        rows = []
        for key, value in values.items():
            scope, subject, user_id, name = self._slot(key)
            self._read()[scope, subject, user_id, name] = text = jsonkit.dumps(value)
            course = self._course if isinstance(key.block_scope_id, UsageKey) else ""
            rows.append(
                StoredField(scope=scope, course_key=course, subject=subject, user_id=user_id, name=name, value=text)
            )
        if self._keeps and rows:
            modelkit.upsert(StoredField, rows, key=["scope", "subject", "user_id", "name"], values=["value"])


def record_completion(user_id: int, usage_key: UsageKey, completion: float) -> None:
    """The block says how far the learner has come; the latest word counts."""
    row = BlockCompletion(
        user_id=user_id,
        course_key=str(usage_key.context_key),
        usage_key=str(usage_key),
        completion=min(max(float(completion), 0.0), 1.0),
        at=clock.now(),
    )
    modelkit.upsert(BlockCompletion, [row], key=["user_id", "usage_key"], values=["completion", "at"])


def find_completions(user_id: int | None, course_key: CourseKey) -> dict[str, float]:
    """Completion of the learner's blocks by usage key text, in one query; empty for a visitor."""
    rows = BlockCompletion.objects.filter(user_id=user_id, course_key=str(course_key))
    return {} if user_id is None else dict(rows.values_list("usage_key", "completion"))


def record_grade(user_id: int, usage_key: UsageKey, *, value: float, max_value: float) -> None:
    """The block grades the learner; the latest grade counts."""
    row = Grade(
        user_id=user_id,
        course_key=str(usage_key.context_key),
        usage_key=str(usage_key),
        value=value,
        max_value=max_value,
        at=clock.now(),
    )
    modelkit.upsert(Grade, [row], key=["user_id", "usage_key"], values=["value", "max_value", "at"])
