"""Opaque keys for the runtime: a usage is its own definition, and names its type."""

from __future__ import annotations

from typing import Any, NoReturn
from uuid import uuid4

from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.runtime import IdGenerator, IdReader


class BlockKeys(IdReader, IdGenerator):
    """Reads and makes ``block-v1`` keys of one course. Asides are not supported, as in the platform's libraries."""

    def __init__(self, course_key: CourseKey) -> None:
        self._course_key = course_key

    def get_definition_id(self, usage_id: UsageKey) -> UsageKey:
        return usage_id

    def get_block_type(self, def_id: UsageKey) -> str:
        return str(def_id.block_type)

    def create_definition(self, block_type: str, slug: str | None = None) -> UsageKey:
        return self._course_key.make_usage_key(block_type, slug or uuid4().hex)

    def create_usage(self, def_id: UsageKey) -> UsageKey:
        return def_id

    def create_aside(self, definition_id: Any, usage_id: Any, aside_type: str) -> NoReturn:
        raise NotImplementedError

    def get_usage_id_from_aside(self, aside_id: Any) -> NoReturn:
        raise NotImplementedError

    def get_definition_id_from_aside(self, aside_id: Any) -> NoReturn:
        raise NotImplementedError

    def get_aside_type_from_usage(self, aside_id: Any) -> NoReturn:
        raise NotImplementedError

    def get_aside_type_from_definition(self, aside_id: Any) -> NoReturn:
        raise NotImplementedError
