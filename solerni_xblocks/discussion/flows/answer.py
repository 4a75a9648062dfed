"""Answer: who asked accepts one reply, staff endorse any; each takes it back as easily."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.errors.reading import NotAnAnswer, NotTheAsker, OwnWords, StaffOnly
from solerni_xblocks.discussion.flows.announcements import announce_post
from solerni_xblocks.discussion.flows.appear import hold_post, settle_answered
from solerni_xblocks.discussion.flows.tell import tell_author
from solerni_xblocks.discussion.models import Kind, NoticeKind, Post, Thread
from solerni_xblocks.hooks.events.discussion import ANSWER_ACCEPTED, POST_ENDORSED


@transaction.atomic
def accept_answer(member_id: int, place: Place, post_uuid: UUID) -> None:
    """Let the reply be the answer that the member asked for."""
    post = _get_reply_to_own_question(member_id, place, post_uuid)
    hold_post(post)
    others = Thread.objects.filter(pk=post.thread_id).exclude(answer=post)
    if others.update(answer=post, is_answered=True):
        now = clock.now()
        tell_author(NoticeKind.ANSWER, post, by=member_id, at=now)
        announce_post(ANSWER_ACCEPTED, post, at=now)


@transaction.atomic
def withdraw_answer(member_id: int, place: Place, post_uuid: UUID) -> None:
    """The reply is not the answer after all."""
    post = _get_reply_to_own_question(member_id, place, post_uuid)
    hold_post(post)
    Thread.objects.filter(pk=post.thread_id, answer=post).update(answer=None)
    settle_answered(post.thread)


@transaction.atomic
def endorse_post(member_id: int, place: Place, post_uuid: UUID) -> None:
    """Let staff of the course stand behind the reply."""
    post = _get_endorsable(member_id, place, post_uuid)
    hold_post(post)
    now = clock.now()
    if Post.objects.filter(pk=post.pk, endorsed_at=None).update(endorsed_by=member_id, endorsed_at=now):
        Thread.objects.filter(pk=post.thread_id, kind=Kind.QUESTION).update(is_answered=True)
        tell_author(NoticeKind.ENDORSED, post, by=member_id, at=now)
        announce_post(POST_ENDORSED, post, at=now)


@transaction.atomic
def withdraw_endorsement(member_id: int, place: Place, post_uuid: UUID) -> None:
    """Staff of the course stand behind the reply no longer."""
    post = _get_endorsable(member_id, place, post_uuid)
    hold_post(post)
    Post.objects.filter(pk=post.pk).update(endorsed_by=None, endorsed_at=None)
    settle_answered(post.thread)


def _get_reply_to_own_question(member_id: int, place: Place, post_uuid: UUID) -> Post:
    viewer = queries.get_participant(member_id, place)
    post = queries.get_published_post(post_uuid, place, viewer=viewer)
    if post.thread.author_id != member_id:
        raise NotTheAsker
    if post.is_opening or post.thread.kind != Kind.QUESTION:
        raise NotAnAnswer
    return post


def _get_endorsable(member_id: int, place: Place, post_uuid: UUID) -> Post:
    viewer = queries.get_participant(member_id, place)
    post = queries.get_published_post(post_uuid, place, viewer=viewer)
    if not viewer.is_staff:
        raise StaffOnly
    if post.is_opening:
        raise NotAnAnswer
    if post.author_id == member_id:
        raise OwnWords
    return post
