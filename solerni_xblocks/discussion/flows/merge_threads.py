"""Merge: all that was said in a thread stands in another of the same place, in the order of time.

The address of the merged thread leads to the other. It cannot be taken back in one gesture.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q

from solerni_xblocks.core import clock
from solerni_xblocks.discussion.data import Place
from solerni_xblocks.discussion.data.arranging import Move
from solerni_xblocks.discussion.errors import ThreadNotFound
from solerni_xblocks.discussion.errors.arranging import CohortsDiffer, SameThread, ThreadMerged, ThreadNotPublished
from solerni_xblocks.discussion.errors.showing import WindowsDiffer
from solerni_xblocks.discussion.flows.arranging import find_arranged, get_opening, hold_threads, recount
from solerni_xblocks.discussion.flows.index import index_post
from solerni_xblocks.discussion.flows.log_act import log_act
from solerni_xblocks.discussion.flows.save_draft import make_slot
from solerni_xblocks.discussion.flows.tell import tell_participants
from solerni_xblocks.discussion.models import Draft, Notice, NoticeKind, Post, State, Thread, ThreadMark
from solerni_xblocks.discussion.rules.arranging import merge_reading

CHUNK = 500


@transaction.atomic
def merge_threads(moderator_id: int, place: Place, thread_uuid: UUID, into_uuid: UUID) -> None:
    """Let the messages of one thread stand in the other; told twice, done once."""
    find_arranged(moderator_id, place, thread_uuid)
    if thread_uuid == into_uuid:
        raise SameThread(details={"field": "into"})
    source, target = _hold(place, thread_uuid, into_uuid)
    if source.merged_into_id == target.pk:
        return
    if source.merged_into_id or target.merged_into_id:
        raise ThreadMerged
    if (source.state, target.state) != (State.PUBLISHED, State.PUBLISHED):
        raise ThreadNotPublished
    if source.group_id != target.group_id:
        raise CohortsDiffer
    if (source.shown_from, source.shown_until) != (target.shown_from, target.shown_until):
        raise WindowsDiffer
    now = clock.now()
    opening = get_opening(source)
    tell_participants(NoticeKind.MERGED, opening, but={moderator_id}, at=now)  # while it is known who took part
    _merge_marks(source, target)
    _carry(source, target, opening, at=now)
    _carry_drafts(source, target, at=now)
    _log(source, target, moderator_id=moderator_id)


def _hold(place: Place, source_uuid: UUID, target_uuid: UUID) -> tuple[Thread, Thread]:
    """Both threads, and those merged into the first before, held in one order. Raises ThreadNotFound."""
    here = Thread.objects.filter(course_key=str(place.course_key), usage_key=str(place.usage_key))
    ids = dict(here.filter(uuid__in=(source_uuid, target_uuid)).values_list("uuid", "pk"))
    if len(ids) < 2:
        raise ThreadNotFound
    earlier = Thread.objects.filter(course_key=str(place.course_key), merged_into=ids[source_uuid])
    held = hold_threads(ids.values(), place, beside=earlier.values_list("pk", flat=True))
    return held[ids[source_uuid]], held[ids[target_uuid]]


def _carry(source: Thread, target: Thread, opening: Post, *, at: datetime) -> None:
    Post.objects.filter(thread=source).update(thread=target)
    Post.objects.filter(pk=opening.pk).update(is_opening=False)
    Notice.objects.filter(thread=source).update(thread=target)
    merged = Q(pk=source.pk) | Q(course_key=source.course_key, merged_into=source)
    Thread.objects.filter(merged).update(merged_into=target)
    emptied = {"replies": 0, "votes": 0, "open_reports": 0, "answer": None, "is_answered": False, "is_pinned": False}
    Thread.objects.filter(pk=source.pk).update(**emptied)
    Thread.objects.filter(pk=target.pk).update(rearranged_at=at)
    recount(target)
    opening.is_opening, opening.thread = False, target
    index_post(opening)


def _merge_marks(source: Thread, target: Thread) -> None:
    """Nobody misses what they had not read in either; who follows one follows both."""
    until = Post.objects.filter(thread=source, state=State.PUBLISHED).aggregate(at=Max("published_at"))["at"]
    span = {"since": source.created_at, "until": until}
    others = {mark.member_id: mark for mark in ThreadMark.objects.filter(thread=source)}
    known = list(ThreadMark.objects.filter(thread=target))
    for mark in known:
        other = others.pop(mark.member_id, None)
        mark.read_at = merge_reading(mark.read_at, other_read_at=other.read_at if other else None, **span)
        mark.follows = mark.follows if mark.follows is not None else other and other.follows
    ThreadMark.objects.bulk_update(known, ["read_at", "follows"], batch_size=CHUNK)
    new = (ThreadMark(thread=target, member_id=id_, follows=mark.follows) for id_, mark in others.items())
    ThreadMark.objects.bulk_create(new, batch_size=CHUNK)
    ThreadMark.objects.filter(thread=source).delete()


def _carry_drafts(source: Thread, target: Thread, *, at: datetime) -> None:
    """What was being typed in answer to one is found in the other, below what was being typed there."""
    slot = make_slot("reply", target.uuid)
    begun = Draft.objects.filter(usage_key=source.usage_key)
    there = {draft.member_id: draft for draft in begun.filter(slot=slot)}
    for draft in begun.filter(slot=make_slot("reply", source.uuid)):
        other = there.get(draft.member_id)
        if other:
            text = f"{other.source}\n\n{draft.source}"
            Draft.objects.filter(pk=other.pk).update(source=text, revision=F("revision") + 1, updated_at=at)
            draft.delete()
        else:
            Draft.objects.filter(pk=draft.pk).update(slot=slot)


def _log(source: Thread, target: Thread, *, moderator_id: int) -> None:
    """One entry for each of the two threads, so that the past of both can be told."""
    common = {"actor_id": moderator_id, "course_key": source.course_key, "subject_kind": "thread"}
    before = {
        "pinned": source.is_pinned,
        "locked": source.locked_at is not None,
        "answer": str(source.answer.uuid) if source.answer else None,
        "replies": source.replies,
    }
    whole = log_act("merge", subject=source.uuid, before=before, after={"thread": str(target.uuid)}, **common)
    log_act(Move.TOOK_IN, subject=target.uuid, before={"thread": str(source.uuid)}, parent=whole, **common)
