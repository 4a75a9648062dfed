"""Where threads live, and under which policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solerni_xblocks.discussion.data.care import Care
from solerni_xblocks.discussion.data.conduct import Conduct
from solerni_xblocks.discussion.data.policies import Policy

if TYPE_CHECKING:
    from opaque_keys.edx.keys import CourseKey, UsageKey


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where threads live: one block, with what its author asks for, its rules on words and on conduct, its care.

    ``title`` is its name in the course. ``is_preview``: as its author tries it, not as learners have it.
    """

    course_key: CourseKey
    usage_key: UsageKey
    policy: Policy = field(default_factory=Policy)
    title: str = ""
    prompt: str = ""
    conduct: Conduct = field(default_factory=Conduct)
    care: Care = field(default_factory=Care)
    is_preview: bool = False
