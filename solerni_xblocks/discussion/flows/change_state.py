"""Change the state of a post by moderation: its row, its thread's counters, and what other domains are told."""

from __future__ import annotations

from datetime import datetime

from solerni_xblocks.discussion.flows.announcements import announce_change
from solerni_xblocks.discussion.flows.appear import appear, disappear
from solerni_xblocks.discussion.models import Post, State, Thread


def change_state(post: Post, after: State, *, at: datetime, published_at: datetime | None) -> bool:
    """``post`` (with its ``thread``) goes into the state ``after``; False when its row was in another one meanwhile."""
    before = State(post.state)
    was_published = post.published_at is not None
    changed = Post.objects.filter(pk=post.pk, state=before).update(state=after, published_at=published_at)
    if not changed:
        return False
    post.state, post.published_at = after, published_at
    if after == before:
        return True
    if after == State.PUBLISHED:
        _appear(post, at=published_at or at, again=was_published)
    elif before == State.PUBLISHED:
        disappear(post)
    elif post.is_opening:
        Thread.objects.filter(pk=post.thread_id).update(state=after)
    announce_change(post, before=before, was_published=was_published, at=at)
    return True


def _appear(post: Post, *, at: datetime, again: bool) -> None:
    """What comes back counts as it did: it is no news, so the thread is no livelier and nobody wrote last anew."""
    thread = Thread.objects.filter(pk=post.thread_id)
    kept = thread.values("heat", "last_author_id").get()
    appear(post, at=at)
    if again:
        thread.update(**kept)
