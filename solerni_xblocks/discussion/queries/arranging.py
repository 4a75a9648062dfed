"""Threads under the care of moderators: why one is locked, what happened to it, and what can be done with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Participant, Place
from solerni_xblocks.discussion.data.arranging import Lock, Move, OtherPlace, PostLine, Rearrangement, Window, Workbench
from solerni_xblocks.discussion.models import Act, Decision, LogEntry, Post, State, Thread
from solerni_xblocks.discussion.queries.lists import published_threads
from solerni_xblocks.discussion.queries.locks import is_thread_locked
from solerni_xblocks.discussion.queries.records import show_author, to_decision, to_thread, with_answer
from solerni_xblocks.discussion.queries.showing import is_shown_to
from solerni_xblocks.host import api as host

BLOCK_TYPE = "solerni_discussion"
MOST_POSTS = 300
MOST_OTHERS = 50
EXCERPT_LENGTH = 120


def find_lock_decision(thread: Thread) -> Decision | None:
    """The decision by which the thread is locked; None when it is not."""
    if not is_thread_locked(thread):
        return None
    locks = Decision.objects.filter(post__thread=thread, post__is_opening=True, act=Act.LOCK)
    return locks.select_related("undone_by").prefetch_related("grounds").order_by("-id").first()


def find_lock(thread: Thread, *, viewer_id: int) -> Lock | None:
    """Why the thread is locked, for everybody who reads it; None when it is not."""
    row = find_lock_decision(thread)
    if row is None:
        return None
    may_contest = row.contest_until is not None and thread.author_id == viewer_id
    return Lock(
        at=row.at,
        until=thread.locked_until,
        grounds=to_decision(row).grounds,
        message=row.message,
        decision_uuid=row.uuid if may_contest else None,
    )


def list_rearrangements(thread: Thread, viewer: Participant) -> tuple[Rearrangement, ...]:
    """What happened to the thread, oldest first; nothing is read for one to which nothing did."""
    if thread.rearranged_at is None:
        return ()
    entries = LogEntry.objects.filter(subject=thread.uuid, act__in=list(Move)).order_by("id")
    told = [(row, json.loads(row.before or "{}"), json.loads(row.after or "{}")) for row in entries]
    others = {_find_other(before, after) for _row, before, after in told} - {""}
    titles = _find_titles(others, viewer)
    return tuple(_to_rearrangement(row, before, _find_other(before, after), titles) for row, before, after in told)


def _find_titles(uuids: Iterable[str], viewer: Participant) -> dict[str, str]:
    """Titles that the viewer may read; of a merged thread, while the message that opened it stands where it went."""
    openings = Post.objects.filter(
        thread=OuterRef("merged_into"), author_id=OuterRef("author_id"), created_at=OuterRef("created_at")
    )
    may_be_read = Q(merged_into=None) | Exists(openings.filter(state=State.PUBLISHED))
    threads = Thread.objects.filter(may_be_read, is_shown_to(viewer), uuid__in=uuids, state=State.PUBLISHED)
    return {str(uuid): title for uuid, title in threads.values_list("uuid", "title")}


def _find_other(before: dict[str, Any], after: dict[str, Any]) -> str:
    return str(before.get("thread") or after.get("thread") or "")


def _to_rearrangement(row: LogEntry, before: dict[str, Any], other: str, titles: dict[str, str]) -> Rearrangement:
    return Rearrangement(
        move=Move(row.act),
        at=row.at,
        thread_uuid=UUID(other) if other else None,
        title=titles.get(other, ""),
        place=before.get("name", ""),
    )


def list_places(course_key: CourseKey) -> dict[UsageKey, OtherPlace]:
    """The discussions of the course that learners find."""
    fields = ("display_name", "is_divided", "replies_after_own")
    blocks = host.courses().list_blocks(course_key, block_type=BLOCK_TYPE, fields=fields)
    return {
        key: OtherPlace(
            usage_key=key,
            name=str(chosen.get("display_name") or ""),
            is_divided=bool(chosen.get("is_divided")),
            replies_after_own=bool(chosen.get("replies_after_own")),
        )
        for key, chosen in blocks.items()
    }


def read_workbench(thread: Thread, place: Place, *, viewer: Participant) -> Workbench:
    """What the moderator may do with ``thread`` of ``place``."""
    posts = Post.objects.filter(thread=thread, is_opening=False).exclude(state=State.WITHDRAWN).order_by("-id")
    latest = list(posts[: MOST_POSTS + 1])
    places = [one for key, one in list_places(place.course_key).items() if key != place.usage_key]
    others = published_threads(place, viewer).filter(group_id=thread.group_id).exclude(pk=thread.pk)
    latest_others = with_answer(others).order_by("-last_activity_at", "-id")[:MOST_OTHERS]
    return Workbench(
        thread=to_thread(thread, place, viewer_id=viewer.id, sees_all=True),
        is_own=thread.author_id == viewer.id,
        window=Window(begins=thread.shown_from, ends=thread.shown_until) if viewer.is_staff else None,
        places=tuple(sorted(places, key=lambda one: one.name.casefold())),
        posts=tuple(_to_post_line(post, viewer) for post in reversed(latest[:MOST_POSTS])),
        has_more_posts=len(latest) > MOST_POSTS,
        others=tuple(to_thread(one, place, viewer_id=viewer.id, sees_all=True) for one in latest_others),
    )


def _to_post_line(post: Post, viewer: Participant) -> PostLine:
    return PostLine(
        uuid=post.uuid,
        author_id=show_author(post, viewer_id=viewer.id, sees_all=True),
        voice=data.Voice(post.voice),
        is_comment=post.parent_id is not None,
        state=data.State(post.state),
        excerpt=(post.plain or post.source)[:EXCERPT_LENGTH],
        at=post.created_at,
    )
