"""Move: a thread goes to another discussion of its course, with all that belongs to it; its address stays the same."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from opaque_keys.edx.keys import UsageKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.data.arranging import Cohorts, Move, OtherPlace
from solerni_xblocks.discussion.errors.arranging import CohortOpened, PlaceNotFound
from solerni_xblocks.discussion.flows.arranging import find_arranged, get_opening, hold_arranged
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.save_draft import THREAD_SLOT, make_slot
from solerni_xblocks.discussion.flows.tell import tell_participants
from solerni_xblocks.discussion.models import Attachment, Case, Draft, Notice, NoticeKind, Post, Thread
from solerni_xblocks.discussion.queries import arranging
from solerni_xblocks.discussion.rules.arranging import may_enter


def move_thread(moderator_id: int, place: Place, thread_uuid: UUID, to: UsageKey) -> OtherPlace:
    """Let the thread stand in the discussion ``to``; where it stands already, nothing is done."""
    is_there = _is_there(moderator_id, place, thread_uuid, to)
    if not is_there:
        find_arranged(moderator_id, place, thread_uuid)
    places = arranging.list_places(place.course_key)
    if to not in places or to == place.usage_key:
        raise PlaceNotFound(details={"field": "place"})
    if not is_there:
        here = places.get(place.usage_key)
        _move(moderator_id, place, thread_uuid, places[to], name=here.name if here else "")
    return places[to]


def _is_there(moderator_id: int, place: Place, thread_uuid: UUID, to: UsageKey) -> bool:
    """Whether the same was told before: the thread has left ``place`` and stands there."""
    if to == place.usage_key or not queries.get_participant(moderator_id, place).is_moderator:
        return False
    return Thread.objects.filter(uuid=thread_uuid, course_key=str(place.course_key), usage_key=str(to)).exists()


@transaction.atomic
def _move(moderator_id: int, place: Place, thread_uuid: UUID, to: OtherPlace, *, name: str) -> None:
    thread = hold_arranged(moderator_id, place, thread_uuid)
    if may_enter(thread.group_id, is_divided=to.is_divided) is Cohorts.OPENED:
        raise CohortOpened
    now, goal = clock.now(), str(to.usage_key)
    Thread.objects.filter(pk=thread.pk).update(
        usage_key=goal, is_pinned=False, rearranged_at=now, replies_after_own=to.replies_after_own
    )
    posts = Post.objects.filter(thread=thread)
    _carry_drafts(thread, posts.values_list("uuid", flat=True), goal)
    for model in (Case, Attachment):
        model.objects.filter(post__in=posts).update(usage_key=goal)
    Notice.objects.filter(thread=thread).update(usage_key=goal)
    log_act(
        Move.MOVED,
        actor_id=moderator_id,
        course_key=thread.course_key,
        subject_kind="thread",
        subject=thread.uuid,
        before={"place": thread.usage_key, "name": name, "pinned": thread.is_pinned},
        after={"place": goal},
    )
    thread.usage_key = goal
    tell_participants(NoticeKind.MOVED, get_opening(thread), but={moderator_id}, at=now)


def _carry_drafts(thread: Thread, posts: Iterable[UUID], goal: str) -> None:
    """What is being typed in answer to it, or to change it, is found again where it stands."""
    slots = {make_slot("reply", thread.uuid)}
    slots |= {make_slot(kind, uuid) for uuid in posts for kind in ("comment", "edit")}
    drafts = Draft.objects.filter(usage_key=thread.usage_key).exclude(slot=THREAD_SLOT)
    ids = [id_ for id_, slot in drafts.values_list("id", "slot") if slot in slots]
    Draft.objects.filter(pk__in=ids).update(usage_key=goal)
