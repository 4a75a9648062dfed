"""Where threads live, and under which policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solerni_xblocks.discussion.data.conduct import Conduct

if TYPE_CHECKING:
    from opaque_keys.edx.keys import CourseKey, UsageKey


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The rules that an author set for a place."""

    judges_courtesy: bool = True
    holds_everything: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where threads live: one block, with its rules on words and on conduct."""

    course_key: CourseKey
    usage_key: UsageKey
    policy: Policy = field(default_factory=Policy)
    conduct: Conduct = field(default_factory=Conduct)
