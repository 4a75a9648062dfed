"""Courses and members for ``host.standalone``, answered from the demo's tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.demo import catalogue, site_api, tokens
from solerni_xblocks.demo.content import Content


class SiteRegister:
    """What the demo knows of its courses and members (the contract is ``host.standalone.Register``)."""

    def find_course(self, course_key: CourseKey) -> Mapping[str, str] | None:
        return catalogue.find_course(course_key)

    def get_roles(self, user_id: int, course_key: CourseKey) -> frozenset[str]:
        return site_api.get_roles(user_id, course_key)

    def list_above(self, usage_key: UsageKey) -> tuple[UsageKey, ...]:
        content = Content.load(usage_key.context_key)
        found, above = [], content.parents.get(usage_key)
        while above is not None:
            found.append(above)
            above = content.parents.get(above)
        return tuple(found)

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        return None  # courses of the demo have no cohorts

    def list_blocks(
        self, course_key: CourseKey, *, block_type: str, fields: Collection[str]
    ) -> Mapping[UsageKey, Mapping[str, Any]]:
        content = Content.load(course_key)
        return {
            key: {name: content.get(key, name) for name in fields if content.has(key, name)}
            for key in content.parents
            if key.block_type == block_type
        }

    def find_subject(self, kind: str, token: str) -> int | None:
        return tokens.find_subject(kind, token)

    def find_languages(self, user_ids: Iterable[int]) -> Mapping[int, str]:
        return site_api.find_languages(user_ids)

    def log_event(self, name: str, data: Mapping[str, Any]) -> None:
        site_api.log_event(name, data)
