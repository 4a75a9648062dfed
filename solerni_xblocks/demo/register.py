"""Courses and members for ``host.standalone``, answered from the demo's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

    def find_above(self, usage_key: UsageKey, *, block_type: str, field: str) -> tuple[tuple[UsageKey, Any], ...]:
        content = Content.load(usage_key.context_key)
        found, above = [], content.parents.get(usage_key)
        while above is not None:
            if above.block_type == block_type:
                found.append((above, content.get(above, field) if content.has(above, field) else None))
            above = content.parents.get(above)
        return tuple(found)

    def find_group(self, user_id: int, course_key: CourseKey) -> int | None:
        return None  # courses of the demo have no cohorts

    def find_subject(self, kind: str, token: str) -> int | None:
        return tokens.find_subject(kind, token)

    def find_languages(self, user_ids: Iterable[int]) -> Mapping[int, str]:
        return site_api.find_languages(user_ids)

    def log_event(self, name: str, data: Mapping[str, Any]) -> None:
        site_api.log_event(name, data)
