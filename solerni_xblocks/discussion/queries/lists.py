"""Lists of threads: every order along its index, from a cursor on; what the viewer may not know of is never read.

Published threads and the few others that the viewer may see (their own, for moderators all) are read apart and
merged: one question with an OR could follow no index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q, QuerySet

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Choice, Filter, ListCursor, Participant, Place, Sort
from solerni_xblocks.discussion.models import Kind, PlaceMark, State, Thread, ThreadMark
from solerni_xblocks.discussion.queries.marks import Bookmarks, get_bookmarks
from solerni_xblocks.discussion.queries.own_first import find_hiding
from solerni_xblocks.discussion.queries.records import to_thread, with_answer
from solerni_xblocks.discussion.queries.showing import is_shown_now, is_shown_to

THREADS_PER_PAGE = 20
MAX_PINNED = 10
MOST_COUNTED = 100
HELD = (State.HELD, State.REVISING, State.HIDDEN)
UNPUBLISHED = [state for state in State.values if state != State.PUBLISHED]
FIELDS = {
    Sort.ACTIVITY: "last_activity_at",
    Sort.NEWEST: "created_at",
    Sort.BEST: "votes",
    Sort.REPLIES: "replies",
    Sort.EMERGING: "heat",
}


def list_threads(place: Place, choice: Choice, *, viewer: Participant) -> data.ThreadPage:
    """One page of threads of ``place`` that the viewer may see, as they chose."""
    now = clock.now()
    bookmarks = get_bookmarks(viewer.id, place)
    sort = choice.after.sort if choice.after else choice.sort or bookmarks.sort
    public = _narrow(published_threads(place, viewer), choice, viewer, bookmarks)
    others = _narrow(_unpublished_threads(place, viewer), choice, viewer, bookmarks)
    pinned: list[Thread] = []
    if choice.is_plain:
        if choice.after is None:
            first = public.filter(is_pinned=True).order_by("-last_activity_at", "-id")
            pinned = list(with_answer(first)[:MAX_PINNED])
        public = public.filter(is_pinned=False)
    rows = _merge([_cut(public, sort, choice.after), _cut(others, sort, choice.after)], sort)
    shown = rows[:THREADS_PER_PAGE]
    return data.ThreadPage(
        viewer=viewer,
        threads=_mark([*pinned, *shown], place, viewer, bookmarks),
        after=_make_cursor(shown[-1], sort) if len(rows) > len(shown) else None,
        at=now,
        sort=sort,
        is_behind=any(one.replies_after_own != place.conduct.replies_after_own for one in [*pinned, *shown]),
    )


def published_threads(place: Place, viewer: Participant) -> QuerySet[Thread]:
    """What everybody sees now who takes part in ``place`` in the viewer's group."""
    threads = Thread.objects.filter(usage_key=str(place.usage_key), state=State.PUBLISHED, merged_into=None)
    return threads.filter(is_shown_to(viewer))


def unread_threads(threads: QuerySet[Thread], *, member_id: int, since: datetime | None) -> QuerySet[Thread]:
    """Those of ``threads`` in which something happened after ``since``, and since the member read them."""
    marks = ThreadMark.objects.filter(thread=OuterRef("pk"), member_id=member_id)
    if since:
        threads = threads.filter(last_activity_at__gt=since)
    return threads.exclude(Exists(marks.filter(read_at__gte=OuterRef("last_activity_at"))))


def count_unread(place: Place, *, viewer: Participant) -> data.Unread:
    """Published threads with something new for the viewer, here and in the whole course, counted up to a limit."""
    bookmarks = get_bookmarks(viewer.id, place)
    here = unread_threads(published_threads(place, viewer), member_id=viewer.id, since=bookmarks.read_at)
    # Elsewhere in the course, each place has its own mark.
    marks = PlaceMark.objects.filter(member_id=viewer.id, place_key=OuterRef("usage_key"))
    course = Thread.objects.filter(course_key=str(place.course_key), state=State.PUBLISHED, merged_into=None)
    course = course.filter(is_shown_to(viewer))
    course = course.exclude(Exists(marks.filter(read_at__gte=OuterRef("last_activity_at"))))
    course = unread_threads(course, member_id=viewer.id, since=bookmarks.course_read_at)
    return data.Unread(place=count_threads(here), course=count_threads(course), limit=MOST_COUNTED)


def count_threads(threads: QuerySet[Thread]) -> int:
    """How many they are, counted up to a limit."""
    return threads.order_by("-last_activity_at", "-id")[:MOST_COUNTED].count()


def _unpublished_threads(place: Place, viewer: Participant) -> QuerySet[Thread]:
    threads = Thread.objects.filter(usage_key=str(place.usage_key), state__in=UNPUBLISHED, merged_into=None)
    return threads if viewer.is_moderator else threads.filter(is_shown_now(), author_id=viewer.id)


def _narrow(threads: QuerySet[Thread], choice: Choice, viewer: Participant, bookmarks: Bookmarks) -> QuerySet[Thread]:
    if choice.kind:
        threads = threads.filter(kind=choice.kind)
    match choice.filter:
        case Filter.UNREAD:
            return unread_threads(threads, member_id=viewer.id, since=bookmarks.read_at)
        case Filter.UNANSWERED:
            return threads.filter(kind=Kind.QUESTION, is_answered=False)
        case Filter.UNRESOLVED:
            return threads.filter(kind=Kind.ISSUE, resolved_at=None)
        case Filter.MINE:
            return threads.filter(author_id=viewer.id)
        case Filter.FOLLOWED:
            return threads.filter(marks__member_id=viewer.id, marks__follows=True)
        case Filter.HELD:
            return threads.filter(state__in=HELD)
        case Filter.REPORTED:
            return threads.filter(open_reports__gt=0)
    return threads


def _cut(threads: QuerySet[Thread], sort: Sort, after: ListCursor | None) -> QuerySet[Thread]:
    """The next rows after the cursor. ``<=`` first: it is what an index can begin at."""
    field = FIELDS[sort]
    if after:
        later = Q(**{f"{field}__lt": after.value}) | Q(id__lt=after.id)
        threads = threads.filter(later, **{f"{field}__lte": after.value})
    return with_answer(threads).order_by(f"-{field}", "-id")[: THREADS_PER_PAGE + 1]


def _merge(parts: Iterable[Iterable[Thread]], sort: Sort) -> list[Thread]:
    rows = [thread for part in parts for thread in part]
    return sorted(rows, key=attrgetter(FIELDS[sort], "id"), reverse=True)[: THREADS_PER_PAGE + 1]


def _make_cursor(thread: Thread, sort: Sort) -> ListCursor:
    return ListCursor(sort=sort, value=getattr(thread, FIELDS[sort]), id=thread.id)


def _mark(
    threads: list[Thread], place: Place, viewer: Participant, bookmarks: Bookmarks
) -> tuple[data.ThreadRecord, ...]:
    """The lines of the list, with what the viewer has read and follows."""
    rows = ThreadMark.objects.filter(member_id=viewer.id, thread__in=[thread.id for thread in threads])
    marks = {mark.thread_id: mark for mark in rows}
    hiding, sight = find_hiding(threads, viewer), {"viewer_id": viewer.id, "sees_all": viewer.is_moderator}
    lines = (to_thread(thread, place, **sight, hides_replies=thread.id in hiding) for thread in threads)
    return tuple(_mark_line(line, marks.get(thread.id), bookmarks) for line, thread in zip(lines, threads, strict=True))


def _mark_line(line: data.ThreadRecord, mark: ThreadMark | None, bookmarks: Bookmarks) -> data.ThreadRecord:
    read_at = bookmarks.latest(mark.read_at if mark else None)
    is_unread = read_at is None or line.last_activity_at > read_at
    return replace(line, is_unread=is_unread, follows=bool(mark and mark.follows))
