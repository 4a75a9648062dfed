"""What a reader may do with a post: vote, accept, endorse, quote, comment."""

from __future__ import annotations

from solerni_xblocks.discussion.data import Gesture, Kind, Participant, PostRecord, State, ThreadRecord


def list_gestures(post: PostRecord, thread: ThreadRecord, viewer: Participant) -> frozenset[Gesture]:
    """What the viewer may do with ``post`` of ``thread``.

    Nobody votes for their own words or endorses them. Who asked accepts; staff endorse; replies take comments.
    A locked thread is still voted on, and only moderators write in it.
    """
    if post.state != State.PUBLISHED or thread.state != State.PUBLISHED:
        return frozenset()
    is_own = post.author_id == viewer.id
    is_reply = not post.is_opening
    may_write = viewer.is_moderator or not thread.is_locked
    allowed = {
        Gesture.VOTE: not is_own,
        Gesture.ACCEPT: is_reply and thread.kind == Kind.QUESTION and thread.author_id == viewer.id,
        Gesture.ENDORSE: is_reply and viewer.is_staff and not is_own,
        Gesture.QUOTE: may_write,
        Gesture.COMMENT: is_reply and may_write,
    }
    return frozenset(gesture for gesture, is_allowed in allowed.items() if is_allowed)
