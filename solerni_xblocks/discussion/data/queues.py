"""What waits for moderators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solerni_xblocks.discussion.data.posts import PostRecord

if TYPE_CHECKING:
    from opaque_keys.edx.keys import CourseKey, UsageKey


@dataclass(frozen=True, kw_only=True)
class Case:
    """A held post in the moderators' queue, and where it stands."""

    post: PostRecord
    course_key: CourseKey
    usage_key: UsageKey


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits for a moderator, oldest first; ``total`` counts what was left out too."""

    cases: tuple[Case, ...]
    total: int
