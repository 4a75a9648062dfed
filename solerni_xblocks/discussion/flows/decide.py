"""Decide: a moderator publishes or refuses a held post; the decision is evidence, and the author is told."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock, conf
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import PostRecord, Ruling
from solerni_xblocks.discussion.errors import AlreadyDecided, MessageMissing, OwnPost
from solerni_xblocks.discussion.flows.announcements import announce_state
from solerni_xblocks.discussion.flows.appear import appear, hold_thread
from solerni_xblocks.discussion.models import Act, Clause, Decision, Post, State, Thread
from solerni_xblocks.host import api as host

log = logging.getLogger(__name__)


def decide_post(moderator_id: int, post_uuid: UUID, ruling: Ruling) -> PostRecord:
    """Settle the held post as ``ruling`` says."""
    post = queries.get_moderated_post(post_uuid, moderator_id=moderator_id)
    if post.author_id == moderator_id:
        raise OwnPost
    if ruling.state == State.REFUSED and not (ruling.message and ruling.clause in Clause.values):
        raise MessageMissing
    if ruling.state == State.PUBLISHED:  # a rule is named to refuse; the form had one ready
        ruling = replace(ruling, clause="")
    _settle(post, moderator_id, ruling)
    decided = queries.get_moderated_post(post_uuid, moderator_id=moderator_id)
    return queries.to_post(decided, decided.thread, viewer_id=moderator_id, sees_all=True)


@transaction.atomic
def _settle(post: Post, moderator_id: int, ruling: Ruling) -> None:
    now = clock.now()
    hold_thread(post.thread_id)
    post.state = State(ruling.state)
    post.published_at = now if post.state == State.PUBLISHED else None
    # The row itself says whether somebody else was faster.
    still_held = Post.objects.filter(pk=post.pk, state=State.HELD)
    if not still_held.update(state=post.state, published_at=post.published_at):
        _require_same(post, moderator_id, ruling)
        return
    if post.state == State.PUBLISHED:
        appear(post, at=now)
    elif post.is_opening:
        Thread.objects.filter(pk=post.thread_id).update(state=post.state)
    decision = Decision.objects.create(
        post=post,
        moderator_id=moderator_id,
        act=Act.PUBLISH if post.state == State.PUBLISHED else Act.REFUSE,
        outcome=post.state,
        clause=ruling.clause,
        message=ruling.message,
        before=State.HELD,
        after=post.state,
        at=now,
    )
    announce_state(post, at=now)
    transaction.on_commit(partial(_tell_author, post, decision))


def _require_same(post: Post, moderator_id: int, ruling: Ruling) -> None:
    """The same decision of the same person, sent twice, was taken once. Raises AlreadyDecided for any other."""
    taken = Decision.objects.filter(post=post).order_by("id").last()
    if taken is None:
        raise AlreadyDecided
    by_same = taken.moderator_id == moderator_id
    if not by_same or (taken.outcome, taken.clause, taken.message) != (ruling.state, ruling.clause, ruling.message):
        raise AlreadyDecided.tell(taken.outcome, at=taken.at, by_same=by_same)


def _tell_author(post: Post, decision: Decision) -> None:
    """Mail the author. The decision stands whatever happens to the mail: it also shows under their post."""
    person = host.people().find_person(post.author_id)
    if person is None or not person.email:
        return
    context = {
        "thread_title": post.thread.title,
        "course_title": host.courses().get_title(CourseKey.from_string(post.thread.course_key)),
        "url": conf.get_base_url() + reverse("solerni_discussion:thread", args=[post.thread.uuid]),
        "clause": Clause(decision.clause).label if decision.clause else "",
        "message": decision.message,
        "contact": conf.get_contact(),
    }
    try:
        host.mail().send(to=person, template=f"discussion/mail/post_{decision.outcome}", context=context)
    except OSError:  # SMTPException is one
        log.exception("The author of post %s could not be told by mail", post.uuid)
