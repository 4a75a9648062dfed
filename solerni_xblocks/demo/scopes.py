"""Which fields live where and who may write them: the field data of the runtime in each of its modes.

Authored content is in content.py, learners' state in state.py; this module leads each field to one of them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from xblock.core import XBlock
from xblock.exceptions import InvalidScopeError
from xblock.fields import BlockScope, Scope, UserScope
from xblock.runtime import KeyValueStore, KvsFieldData

from solerni_xblocks.demo.content import Content
from solerni_xblocks.demo.state import LearnerState


class Mode(StrEnum):
    """Which door of the platform: each has its own services, rights to write and addresses."""

    LMS = "lms"
    PREVIEW = "preview"
    STUDIO = "studio"


class CourseStore(KeyValueStore):
    """One store for both halves: the author's content and the learner's state."""

    def __init__(self, content: Content, learner_state: LearnerState) -> None:
        self.content = content
        self.state = learner_state

    def has(self, key: KeyValueStore.Key) -> bool:
        usage_key = key.block_scope_id
        if key.scope == Scope.children:
            return bool(self.content.children.get(usage_key))
        if key.scope == Scope.parent:
            return self.content.parents.get(usage_key) is not None
        return self.content.has(usage_key, key.field_name) if _is_authored(key.scope) else self.state.has(key)

    def get(self, key: KeyValueStore.Key) -> Any:
        if not self.has(key):
            raise KeyError(key)
        if key.scope == Scope.children:
            return list(self.content.children[key.block_scope_id])
        if key.scope == Scope.parent:
            return self.content.parents[key.block_scope_id]
        authored = _is_authored(key.scope)
        return self.content.get(key.block_scope_id, key.field_name) if authored else self.state.get(key)

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        self.set_many({key: value})

    def set_many(self, update_dict: dict[KeyValueStore.Key, Any]) -> None:
        for key, value in update_dict.items():
            if key.scope == Scope.children:
                self.content.arrange(key.block_scope_id, value)
            elif key.scope == Scope.parent:
                self.content.parents[key.block_scope_id] = value
            elif _is_authored(key.scope):
                self.content.set(key.block_scope_id, key.field_name, scope=key.scope.name, value=value)
        self.state.set_many({key: value for key, value in update_dict.items() if not _is_authored(key.scope)})

    def delete(self, key: KeyValueStore.Key) -> None:
        if _is_authored(key.scope):
            self.content.delete(key.block_scope_id, key.field_name)
        else:
            self.state.delete(key)


class GuardedFieldData(KvsFieldData):
    """Refuses to write what authors wrote: always in the LMS, in previews for blocks without a view for authors."""

    def __init__(self, kvs: CourseStore, mode: Mode) -> None:
        super().__init__(kvs)
        self._mode = mode

    def _require_writable(self, block: XBlock, name: str) -> None:
        is_open = self._mode is Mode.STUDIO or (self._mode is Mode.PREVIEW and getattr(block, "has_author_view", False))
        if _is_authored(self._getfield(block, name).scope) and not is_open:
            raise InvalidScopeError(self._key(block, name))

    def set(self, block: XBlock, name: str, value: Any) -> None:
        self._require_writable(block, name)
        super().set(block, name, value)

    def delete(self, block: XBlock, name: str) -> None:
        self._require_writable(block, name)
        super().delete(block, name)

    def set_many(self, block: XBlock, update_dict: dict[str, Any]) -> None:
        for name in update_dict:
            self._require_writable(block, name)
        super().set_many(block, update_dict)


def _is_authored(scope: Any) -> bool:
    if scope in (Scope.children, Scope.parent):
        return True
    return scope.user == UserScope.NONE and scope.block in (BlockScope.USAGE, BlockScope.DEFINITION)
