"""Vote: a member finds a post of another useful, or no longer. One row a member; the counters add."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.errors.reading import OwnWords
from solerni_xblocks.discussion.flows.admitting import require_unmuted
from solerni_xblocks.discussion.flows.announcements import announce_votes
from solerni_xblocks.discussion.flows.appear import hold_post
from solerni_xblocks.discussion.models import Post, Thread, Vote


@transaction.atomic
def vote_post(member_id: int, place: Place, post_uuid: UUID) -> int:
    """Give the member's vote, once; how many the post has now."""
    viewer = queries.get_participant(member_id, place)
    require_unmuted(viewer, place)
    post = queries.get_published_post(post_uuid, place, viewer=viewer)
    if post.author_id == member_id:
        raise OwnWords
    hold_post(post)
    _vote, is_new = Vote.objects.get_or_create(post=post, member_id=member_id, defaults={"at": clock.now()})
    return _count(post, member_id, 1) if is_new else post.votes


@transaction.atomic
def withdraw_vote(member_id: int, place: Place, post_uuid: UUID) -> int:
    """Take the member's vote back, if there is one; how many the post has now."""
    viewer = queries.get_participant(member_id, place)
    post = queries.get_published_post(post_uuid, place, viewer=viewer)
    hold_post(post)
    withdrawn, _by_model = Vote.objects.filter(post=post, member_id=member_id).delete()
    return _count(post, member_id, -1) if withdrawn else post.votes


def _count(post: Post, member_id: int, change: int) -> int:
    Post.objects.filter(pk=post.pk).update(votes=F("votes") + change)
    if post.is_opening:
        Thread.objects.filter(pk=post.thread_id).update(votes=F("votes") + change)
    votes = Post.objects.values_list("votes", flat=True).get(pk=post.pk)
    announce_votes(post, member_id=member_id, votes=votes, at=clock.now())
    return votes
