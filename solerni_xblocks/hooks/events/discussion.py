"""What discussion announces."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import attr
from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx_events.tooling import OpenEdxPublicSignal


@attr.s(frozen=True, kw_only=True)
class PostData:
    """A post at one moment: ids only. ``at`` is aware (UTC)."""

    post_uuid = attr.ib(type=UUID)
    thread_uuid = attr.ib(type=UUID)
    author_id = attr.ib(type=int)
    course_key = attr.ib(type=CourseKey)
    usage_key = attr.ib(type=UsageKey)
    at = attr.ib(type=datetime)


POST_PUBLISHED = OpenEdxPublicSignal(event_type="org.solerni.discussion.post.published.v1", data={"post": PostData})
"""A post became visible to the members of its place, at once or by a moderator's decision."""

POST_HELD = OpenEdxPublicSignal(event_type="org.solerni.discussion.post.held.v1", data={"post": PostData})
"""A post waits for a moderator."""

POST_REFUSED = OpenEdxPublicSignal(event_type="org.solerni.discussion.post.refused.v1", data={"post": PostData})
"""A moderator refused a post: earlier facts about it no longer count."""

POST_REMOVED = OpenEdxPublicSignal(event_type="org.solerni.discussion.post.removed.v1", data={"post": PostData})
"""A published post is seen no longer, taken down by moderation or by its author: earlier facts no longer count."""

POST_RESTORED = OpenEdxPublicSignal(event_type="org.solerni.discussion.post.restored.v1", data={"post": PostData})
"""A post that moderation had taken away is seen again: earlier facts about it count again."""

ANSWER_ACCEPTED = OpenEdxPublicSignal(event_type="org.solerni.discussion.answer.accepted.v1", data={"post": PostData})
"""The member who asked accepted a reply as the answer; another may have been before."""

POST_ENDORSED = OpenEdxPublicSignal(event_type="org.solerni.discussion.post.endorsed.v1", data={"post": PostData})
"""Staff of the course endorsed a reply."""


@attr.s(frozen=True, kw_only=True)
class VoteData:
    """A post and its votes after one was given or withdrawn by ``member_id``."""

    post_uuid = attr.ib(type=UUID)
    author_id = attr.ib(type=int)
    member_id = attr.ib(type=int)
    votes = attr.ib(type=int)
    course_key = attr.ib(type=CourseKey)
    usage_key = attr.ib(type=UsageKey)
    at = attr.ib(type=datetime)


POST_VOTED = OpenEdxPublicSignal(event_type="org.solerni.discussion.post.voted.v1", data={"vote": VoteData})
"""The votes of a post changed; ``votes`` is how many it has now."""
