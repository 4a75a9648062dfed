"""Tell: who follows, who is mentioned and whose reply was chosen gets a notice, in the transaction of what happened.

A notice is owed by mail as soon as it stands (``mail_due_at``); when it leaves is for the mails to decide. Followers
beyond ``AT_ONCE`` are told by the settle command: publishing takes no longer for a course of thousands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.preparekit import PreparedRead
from solerni_xblocks.discussion import queries
from solerni_xblocks.discussion.models import Errand, Notice, NoticeKind, PlaceMark, Post, State, ThreadMark
from solerni_xblocks.discussion.queries.notices import OF_THREADS
from solerni_xblocks.host import api as host

AT_ONCE = 200
CHUNK = 1000


def tell_of_publication(post: Post, *, at: datetime) -> None:
    """Mentioned people and followers learn of ``post`` (with its ``thread``)."""
    mentioned = queries.find_mentioned(post)
    _write(NoticeKind.MENTION, post, mentioned, at=at)
    followers = _list_first(post)
    if len(followers) > AT_ONCE:
        Errand.objects.get_or_create(post=post)
    else:
        _tell_followers(post, set(followers) - set(mentioned), at=at)


def tell_author(kind: NoticeKind, post: Post, *, by: int, at: datetime) -> None:
    """The author of ``post`` learns what somebody else did with it."""
    if post.author_id is not None and post.author_id != by:
        _write(kind, post, [post.author_id], at=at)


def tell_participants(
    kind: NoticeKind, post: Post, *, but: Collection[int | None], at: datetime, beside: Iterable[int] = ()
) -> None:
    """Who follows the thread of ``post`` or wrote in it, and did not turn away from it, learns what became of it.

    ``beside`` are told too. Told again of the same, they are told anew; in the block alone, since nothing is asked of
    them.
    """
    marks = ThreadMark.objects.filter(thread=post.thread)
    wrote = Post.objects.filter(thread=post.thread, state=State.PUBLISHED, author_id__isnull=False)
    concerned = {*beside, *marks.filter(follows=True).values_list("member_id", flat=True)}
    concerned |= {*wrote.order_by().values_list("author_id", flat=True).distinct()}
    concerned -= {*marks.filter(follows=False).values_list("member_id", flat=True), *but}
    Notice.objects.filter(kind=kind, post=post).delete()
    _write(kind, post, sorted(concerned), at=at)


def settle_errands(*, limit: int) -> int:
    """Tell up to ``limit`` followers who are still to be told; how many were."""
    told = 0
    while told < limit and (done := _run_errand()) is not None:
        told += done
    return told


@transaction.atomic
def _run_errand() -> int | None:
    """The next part of the oldest errand; None when there is none."""
    errand = Errand.objects.select_for_update().order_by("id").first()
    if errand is None:
        return None
    post = Post.objects.select_related("thread").get(pk=errand.post_id)
    followers = list(_list_followers(post).filter(member_id__gt=errand.after_id)[:CHUNK])
    if post.state == State.PUBLISHED:
        mentioned = Notice.objects.filter(kind=NoticeKind.MENTION, post=post).values_list("member_id", flat=True)
        _tell_followers(post, set(followers) - set(mentioned), at=clock.now())
    if len(followers) < CHUNK or post.state != State.PUBLISHED:
        errand.delete()
    else:
        Errand.objects.filter(pk=errand.pk).update(after_id=followers[-1])
    return len(followers)


def _list_first(post: Post) -> list[int]:
    """One more of its followers than are told at once."""
    if post.is_opening:
        return list(_list_followers(post)[: AT_ONCE + 1])
    return [id_ for (id_,) in _FIRST.list_rows(thread_id=post.thread_id)]


def _list_followers(post: Post) -> QuerySet[PlaceMark, int] | QuerySet[ThreadMark, int]:
    """Of a reply, those of its thread; of a new thread, those of its place or course. In the order of their ids."""
    if not post.is_opening:
        return _list_of_thread(post.thread_id).values_list("member_id", flat=True)
    keys = [post.thread.usage_key, post.thread.course_key]
    marks = PlaceMark.objects.filter(place_key__in=keys, follows=True)
    return marks.order_by("member_id").values_list("member_id", flat=True).distinct()


def _list_of_thread(thread_id: int) -> QuerySet[ThreadMark]:
    return ThreadMark.objects.filter(thread_id=thread_id, follows=True).order_by("member_id")


_FIRST = PreparedRead(
    lambda thread_id: _list_of_thread(thread_id).values_list("member_id")[: AT_ONCE + 1], thread_id=int
)


def _tell_followers(post: Post, followers: Iterable[int], *, at: datetime) -> None:
    kind = NoticeKind.THREAD if post.is_opening else NoticeKind.REPLY
    _write(kind, post, sorted(id_ for id_ in followers if id_ != post.author_id), at=at)


def _write(kind: NoticeKind, post: Post, member_ids: Iterable[int], *, at: datetime) -> None:
    """One notice each, whatever was written before; nobody outside the thread's group is told."""
    thread = post.thread
    at = max(at, thread.shown_from or at)  # of what appears later, people are told then
    wanted = list(member_ids)
    if wanted and thread.group_id is not None:
        groups = host.courses().find_groups(wanted, CourseKey.from_string(thread.course_key))
        wanted = [id_ for id_ in wanted if groups.get(id_) == thread.group_id]
    notices = (
        Notice(
            member_id=id_,
            kind=kind,
            about=post.uuid,
            course_key=thread.course_key,
            usage_key=thread.usage_key,
            thread=thread,
            post=post,
            at=at,
            mail_due_at=None if kind in OF_THREADS else at,
        )
        for id_ in wanted
    )
    Notice.objects.bulk_create(notices, batch_size=500, ignore_conflicts=True)
