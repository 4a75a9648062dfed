"""The payload that every announcement of this domain carries."""

from __future__ import annotations

from datetime import datetime

from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx_events.tooling import OpenEdxPublicSignal

from solerni_xblocks.discussion.flows.index import index_post
from solerni_xblocks.discussion.flows.tell import tell_of_publication
from solerni_xblocks.discussion.models import Post, State
from solerni_xblocks.hooks.events import announcing
from solerni_xblocks.hooks.events.discussion import (
    POST_HELD,
    POST_PUBLISHED,
    POST_REFUSED,
    POST_REMOVED,
    POST_RESTORED,
    POST_VOTED,
    PostData,
    VoteData,
)

_SIGNALS = {
    State.PUBLISHED: POST_PUBLISHED,
    State.HELD: POST_HELD,
    State.REFUSED: POST_REFUSED,
}


def announce_state(post: Post, *, at: datetime) -> None:
    """Tell, after the commit, that ``post`` is now in its state; search and followers' notices follow at once.

    What comes back after it was gone was told of when it first appeared.
    """
    index_post(post)
    if post.state == State.PUBLISHED and post.published_at == at:
        tell_of_publication(post, at=at)
    announce_post(_SIGNALS[State(post.state)], post, at=at)


def announce_change(post: Post, *, before: State, was_published: bool, at: datetime) -> None:
    """Tell, after the commit, what an act of a moderator or the author changed for those who read or count posts."""
    after = State(post.state)
    if after == State.PUBLISHED and not was_published:
        announce_state(post, at=at)
        return
    index_post(post)
    if post.author_id is None:  # nobody's facts change
        return
    if after == State.PUBLISHED:
        announce_post(POST_RESTORED, post, at=at)
    elif after == State.REFUSED:
        announce_post(POST_REFUSED, post, at=at)
    elif before == State.PUBLISHED:
        announce_post(POST_REMOVED, post, at=at)


def announce_post(signal: OpenEdxPublicSignal, post: Post, *, at: datetime) -> None:
    """Tell, after the commit, what ``signal`` says of ``post``."""
    payload = PostData(
        post_uuid=post.uuid,
        thread_uuid=post.thread.uuid,
        author_id=post.author_id,
        course_key=CourseKey.from_string(post.thread.course_key),
        usage_key=UsageKey.from_string(post.thread.usage_key),
        at=at,
    )
    announcing.announce(signal, post=payload)


def announce_votes(post: Post, *, member_id: int, votes: int, at: datetime) -> None:
    """Tell, after the commit, how many votes ``post`` has since ``member_id`` gave or withdrew one."""
    payload = VoteData(
        post_uuid=post.uuid,
        author_id=post.author_id,
        member_id=member_id,
        votes=votes,
        course_key=CourseKey.from_string(post.thread.course_key),
        usage_key=UsageKey.from_string(post.thread.usage_key),
        at=at,
    )
    announcing.announce(POST_VOTED, vote=payload)
