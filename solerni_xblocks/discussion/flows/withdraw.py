"""Withdraw: an author takes their own post back; its place stays, so that replies keep theirs."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place, PostRecord
from solerni_xblocks.discussion.errors.writing import NotChangeable, OwnPostNotFound
from solerni_xblocks.discussion.flows.announcements import announce_change
from solerni_xblocks.discussion.flows.appear import disappear, hold_post
from solerni_xblocks.discussion.models import Case, Post, Source, State, Thread

WITHDRAWABLE = (State.PUBLISHED, State.HELD, State.REVISING)
ASKED_BY_MEMBERS = (Source.REPORT, Source.NOTICE)


def withdraw_post(author_id: int, place: Place, *, post_uuid: UUID) -> PostRecord:
    """Take the author's own post back."""
    author = queries.get_participant(author_id, place)
    post = queries.get_changeable_post(author, place, post_uuid)
    if post.author_id != author_id:
        raise OwnPostNotFound
    if post.state != State.WITHDRAWN:
        _withdraw(post)
    return queries.to_own_post(post, viewer_id=author_id, sees_all=author.is_moderator)


@transaction.atomic
def _withdraw(post: Post) -> None:
    hold_post(post)
    before, post.state = State(post.state), State.WITHDRAWN
    if before not in WITHDRAWABLE or not Post.objects.filter(pk=post.pk, state=before).update(state=post.state):
        raise NotChangeable
    now = clock.now()
    if before == State.PUBLISHED:
        disappear(post)
    elif post.is_opening:
        Thread.objects.filter(pk=post.thread_id).update(state=post.state)
    # Whoever reported it still gets an answer.
    waiting = Case.objects.filter(post=post, is_open=True).exclude(source__in=ASKED_BY_MEMBERS)
    waiting.update(is_open=None, closed_at=now, version=F("version") + 1)
    announce_change(post, before=before, was_published=before == State.PUBLISHED, at=now)
