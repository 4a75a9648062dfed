"""Threads whose replies are read once one has written there oneself: which a reader does not see yet.

The opening message is always read, and so are one's own words. What a moderator has still to read counts as written;
what was withdrawn, refused or taken down does not. Moderators see everything.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from solerni_xblocks.discussion.data import Participant
from solerni_xblocks.discussion.models import Post, State, Thread

WRITTEN = (State.PUBLISHED, State.HELD, State.HIDDEN)


def is_readable(viewer: Participant, path: str = "") -> Q:
    """Posts that the rule does not keep from the viewer; ``path`` leads to the post."""
    if viewer.is_moderator:
        return Q()
    own = Post.objects.filter(thread=OuterRef(f"{path}thread_id"), author_id=viewer.id, state__in=WRITTEN)
    plain = {f"{path}thread__replies_after_own": False}
    return Q(**plain) | Q(**{f"{path}is_opening": True}) | Q(**{f"{path}author_id": viewer.id}) | Q(Exists(own))


def find_hiding(threads: Iterable[Thread], viewer: Participant) -> set[int]:
    """Those of ``threads`` whose replies are not for the viewer yet; nothing is asked where none has the rule."""
    hiding = {thread.pk for thread in threads if thread.replies_after_own}
    if not hiding or viewer.is_moderator:
        return set()
    own = Post.objects.filter(thread__in=hiding, author_id=viewer.id, state__in=WRITTEN)
    return hiding - set(own.values_list("thread_id", flat=True))


def is_hidden(post: Post, viewer: Participant) -> bool:
    """Whether the rule keeps ``post`` (with its ``thread``) from the viewer."""
    return not post.is_opening and post.author_id != viewer.id and bool(find_hiding([post.thread], viewer))
