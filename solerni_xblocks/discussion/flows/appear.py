"""Appear and disappear: what moves with a post that becomes visible, or stops being it. Called inside a transaction.

Counters move by F() only. Whatever changes the state of a post calls one of the two, once for each real change.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Abs, Exp, Greatest, Least, Ln

from solerni_xblocks.core.preparekit import PreparedWrite
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.errors.arranging import ThreadRearranged
from solerni_xblocks.discussion.models import Kind, Post, State, Thread, ThreadMark, Voice
from solerni_xblocks.discussion.rules.arranging import SCALE

_NEGLIGIBLE = 50.0
NAMED = (Voice.SELF, Voice.MODERATOR)

Change = tuple[QuerySet[Any], dict[str, Any]]


def _stir(thread_id: int, *, at: datetime, moment: float, author_id: int) -> Change:
    """What any message moves in its thread."""
    moved = {"last_activity_at": Greatest(F("last_activity_at"), at), "last_author_id": author_id}
    return Thread.objects.filter(pk=thread_id), {**moved, "heat": _warm(moment)}


def _open(**given: Any) -> Change:
    thread, moved = _stir(**given)
    return thread, {**moved, "state": State.PUBLISHED}


def _add_reply(**given: Any) -> Change:
    thread, moved = _stir(**given)
    return thread, {**moved, "replies": F("replies") + 1}


def _mark(*, thread_id: int, member_id: int, at: datetime) -> Change:
    kept = ThreadMark.objects.filter(thread_id=thread_id, member_id=member_id, read_at__lt=at)
    return kept, {"read_at": at}


def _warm(moment: float) -> Combinable:
    """How lively a thread is once a message of ``moment`` counts: ln Σ exp(t / scale): time alone ranks all alike.

    The sum of what decays with a half-life, kept as a logarithm: nothing has to be computed again as time passes.
    """
    apart = Least(Abs(F("heat") - moment), _NEGLIGIBLE)
    return Greatest(F("heat"), moment) + Ln(1.0 + Exp(-1.0 * apart))


_STIRRED = {"thread_id": int, "at": datetime, "moment": float, "author_id": int}
_OPEN = PreparedWrite(_open, **_STIRRED)
_ADD_REPLY = PreparedWrite(_add_reply, **_STIRRED)
_MARK = PreparedWrite(_mark, thread_id=int, member_id=int, at=datetime)


def hold_thread(thread_id: int) -> Thread:
    """A thread as it is now, its row locked until the transaction ends: first of all in whatever changes its posts.

    MariaDB and MySQL let a new post share the rows that it points to. Two who share a thread, then count in it, would
    wait for one another, and one would be thrown out: so the thread comes first, then the posts.
    """
    return queries.lock_thread(thread_id)


def hold_post(post: Post) -> None:
    """The same for the thread of a post that was read before. Raises ThreadRearranged when it has left it since."""
    hold_thread(post.thread_id)
    if not Post.objects.filter(pk=post.pk, thread=post.thread_id, is_opening=post.is_opening).exists():
        raise ThreadRearranged


def appear(post: Post, *, at: datetime) -> None:
    """``post`` (with its ``thread``), published in its row or about to be written so, is seen from ``at`` on."""
    author_id = post.author_id if post.voice in NAMED else None
    stir = _OPEN if post.is_opening else _ADD_REPLY
    stir.run(thread_id=post.thread_id, at=at, moment=at.timestamp() / SCALE, author_id=author_id)
    if not post.is_opening:
        _count_comment(post, 1)
    _mark_read(post, at)


def disappear(post: Post) -> None:
    """``post``, published until now, is seen no longer; its row says in which state it stands now."""
    thread = Thread.objects.filter(pk=post.thread_id)
    if post.is_opening:
        thread.update(state=post.state)
        return
    thread.update(replies=F("replies") - 1)
    _count_comment(post, -1)
    thread.filter(answer=post).update(answer=None)
    settle_answered(post.thread)


def settle_answered(thread: Thread) -> None:
    """Whether the question counts as answered: a reply is accepted, or one is endorsed."""
    row = Thread.objects.filter(pk=thread.pk)
    replies = Post.objects.filter(thread=thread, state=State.PUBLISHED, is_opening=False)
    endorsed = replies.filter(endorsed_at__isnull=False)
    is_answered = row.filter(answer__isnull=False).exists() or (thread.kind == Kind.QUESTION and endorsed.exists())
    row.update(is_answered=is_answered)


def _count_comment(post: Post, change: int) -> None:
    if post.parent_id is not None:
        Post.objects.filter(pk=post.parent_id).update(comments=F("comments") + change)


def _mark_read(post: Post, at: datetime) -> None:
    """One's own words are nothing new to oneself; who opens a thread follows it."""
    if post.author_id is None:
        return
    key = {"thread_id": post.thread_id, "member_id": post.author_id}
    if not _MARK.run(**key, at=at):
        mark = ThreadMark(**key, read_at=at, follows=True if post.is_opening else None)
        ThreadMark.objects.bulk_create([mark], ignore_conflicts=True)  # one that is kept and later stays as it is
