"""The payload that every announcement of this domain carries."""

from __future__ import annotations

from datetime import datetime

from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion.models import Post, State
from solerni_xblocks.hooks.events import announcing
from solerni_xblocks.hooks.events.discussion import POST_HELD, POST_PUBLISHED, POST_REFUSED, PostData

_SIGNALS = {State.PUBLISHED: POST_PUBLISHED, State.HELD: POST_HELD, State.REFUSED: POST_REFUSED}


def announce_state(post: Post, *, at: datetime) -> None:
    """Tell, after the commit, that ``post`` is now in its state."""
    payload = PostData(
        post_uuid=post.uuid,
        thread_uuid=post.thread.uuid,
        author_id=post.author_id,
        course_key=CourseKey.from_string(post.thread.course_key),
        usage_key=UsageKey.from_string(post.thread.usage_key),
        at=at,
    )
    announcing.announce(_SIGNALS[State(post.state)], post=payload)
