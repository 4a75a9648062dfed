"""What a mail may still tell its reader, when it leaves: what they may see, did not read meanwhile, and is still so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core import conf
from solerni_xblocks.core.errors import Refused
from solerni_xblocks.discussion.data import Conduct, Participant, Place
from solerni_xblocks.discussion.data.mailing import MailCourse, MailLine, MailThread
from solerni_xblocks.discussion.models import Appeal, Case, Notice, NoticeKind, PlaceMark, Report, State, ThreadMark
from solerni_xblocks.discussion.queries.notices import OF_POSTS
from solerni_xblocks.discussion.queries.own_first import find_hiding
from solerni_xblocks.discussion.queries.records import show_author
from solerni_xblocks.discussion.queries.roles import get_participant
from solerni_xblocks.discussion.queries.showing import is_thread_shown_to
from solerni_xblocks.hooks import gates
from solerni_xblocks.host import api as host

EXCERPT = 300


def list_mail_lines(member_id: int, notices: QuerySet[Notice]) -> list[MailLine]:
    """Those of ``notices`` that the member may be mailed of now, course by course, the oldest first.

    As many queries for many as for few. Raises Unavailable: a gate cannot be asked now.
    """
    rows = list(notices.filter(read_at=None).select_related("thread", "post").order_by("at", "id"))
    if not rows or not host.people().is_active(member_id):
        return []
    courses = dict.fromkeys(row.course_key for row in rows)
    return [line for key in courses for line in _tell_course([row for row in rows if row.course_key == key])]


def group_lines(lines: Iterable[MailLine]) -> tuple[MailCourse, ...]:
    """The lines by course and thread, in the order in which each first comes."""
    courses: dict[str, dict[UUID | None, list[MailLine]]] = {}
    for line in lines:
        courses.setdefault(line.course_key, {}).setdefault(line.thread_uuid, []).append(line)
    return tuple(
        MailCourse(
            title=host.courses().get_title(CourseKey.from_string(key)),
            threads=tuple(MailThread(title=found[0].title, lines=tuple(found)) for found in threads.values()),
        )
        for key, threads in courses.items()
    )


def _tell_course(rows: Sequence[Notice]) -> list[MailLine]:
    viewer = _find_viewer(rows[0])
    if viewer is None:
        return []
    hiding = find_hiding({row.thread for row in rows if row.thread}, viewer)
    about_posts = [row for row in rows if row.kind in OF_POSTS and _stands(row, viewer, hiding)]
    lines = _tell_posts(_drop_read(about_posts, viewer), viewer)
    lines += _tell_reports(_pick(rows, NoticeKind.REPORT))
    if viewer.is_moderator:
        lines += _tell_cases(_pick(rows, NoticeKind.QUEUE)) + _tell_appeals(_pick(rows, NoticeKind.SECOND))
    return sorted(lines, key=lambda line: (line.at, line.id))


def _find_viewer(row: Notice) -> Participant | None:
    """The reader as one who takes part in the course now; None for who may not, or does not any more."""
    course_key, usage_key = CourseKey.from_string(row.course_key), UsageKey.from_string(row.usage_key)
    try:
        gates.require(gates.TAKE_PART, row.member_id, course_key)
        place = Place(course_key=course_key, usage_key=usage_key, conduct=Conduct(is_divided=True))
        return get_participant(row.member_id, place)
    except Refused:
        return None


def _stands(row: Notice, viewer: Participant, hiding: set[int]) -> bool:
    """Whether what the notice tells is shown to the viewer, and still so. ``hiding``: threads to write in first."""
    post, thread = row.post, row.thread
    if post is None or thread is None or not post.state == thread.state == State.PUBLISHED:
        return False
    if thread.pk in hiding and not post.is_opening and post.author_id != viewer.id:
        return False
    if row.kind == NoticeKind.ANSWER and thread.answer_id != post.pk:
        return False
    if row.kind == NoticeKind.ENDORSED and post.endorsed_at is None:
        return False
    return is_thread_shown_to(thread, viewer)


def _drop_read(rows: Sequence[Notice], viewer: Participant) -> list[Notice]:
    """Without what the viewer has read since, in its thread or as all of its place."""
    if not rows:
        return []
    marks = {"member_id": viewer.id, "read_at__isnull": False}
    threads = ThreadMark.objects.filter(thread__in={row.thread_id for row in rows}, **marks)
    places = PlaceMark.objects.filter(place_key__in={row.usage_key for row in rows}, **marks)
    read = {**dict(threads.values_list("thread_id", "read_at")), **dict(places.values_list("place_key", "read_at"))}
    read_at = {row.pk: [read[key] for key in (row.thread_id, row.usage_key) if key in read] for row in rows}
    return [row for row in rows if not any(moment >= row.at for moment in read_at[row.pk])]


def _tell_posts(rows: Sequence[Notice], viewer: Participant) -> list[MailLine]:
    shown = {row.pk: show_author(row.post, viewer_id=viewer.id, sees_all=False) for row in rows if row.post}
    people = host.people().find_people({id_ for id_ in shown.values() if id_}) if shown else {}
    return [
        _make_line(
            row,
            url=_find_url("post", row.about),
            author=people[shown[row.pk]].name if shown[row.pk] in people else "",
            voice=row.post.voice,
            excerpt=Truncator(" ".join(row.post.plain.split())).chars(EXCERPT),
        )
        for row in rows
        if row.post
    ]


def _tell_reports(rows: Mapping[UUID, Notice]) -> list[MailLine]:
    """Of reports that are answered: the page of the decision, which can be contested there."""
    answered = Report.objects.filter(uuid__in=rows, is_open=None, decision__isnull=False).select_related("decision")
    found = answered if rows else ()
    return [_make_line(rows[report.uuid], url=_find_url("decision", report.decision.uuid)) for report in found]


def _tell_cases(rows: Mapping[UUID, Notice]) -> list[MailLine]:
    found = Case.objects.filter(uuid__in=rows, is_open=True) if rows else ()
    return [_make_line(rows[case.uuid], url=_find_url("queue"), due_at=case.due_at) for case in found]


def _tell_appeals(rows: Mapping[UUID, Notice]) -> list[MailLine]:
    found = Appeal.objects.filter(uuid__in=rows, is_open=True) if rows else ()
    return [_make_line(rows[one.uuid], url=_find_url("appeal", one.uuid), due_at=one.due_at) for one in found]


def _pick(rows: Iterable[Notice], kind: NoticeKind) -> dict[UUID, Notice]:
    return {row.about: row for row in rows if row.kind == kind}


def _make_line(row: Notice, **more: Any) -> MailLine:
    """Titles are told of posts that stand: what else a notice is about may be hidden, and its title with it."""
    has_title = row.kind in OF_POSTS and row.thread is not None
    return MailLine(
        id=row.pk,
        kind=row.kind,
        course_key=row.course_key,
        thread_uuid=row.thread.uuid if has_title else None,
        title=row.thread.title if has_title else "",
        at=row.at,
        **more,
    )


def _find_url(name: str, *about: UUID) -> str:
    return conf.get_base_url() + reverse(f"solerni_discussion:{name}", args=about)
