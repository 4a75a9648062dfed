"""What discussion keeps: threads and posts, why posts were held, who moderates, what moderators decided."""

from __future__ import annotations

from solerni_xblocks.discussion.models.moderation import Clause, Decision, Moderator
from solerni_xblocks.discussion.models.posts import HeldFor, Post, State, Thread

__all__ = ["Clause", "Decision", "HeldFor", "Moderator", "Post", "State", "Thread"]
