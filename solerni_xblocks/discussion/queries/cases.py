"""One case and what a moderator needs to decide on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from solerni_xblocks.core import clock
from solerni_xblocks.discussion import data
from solerni_xblocks.discussion.data import Place, Power
from solerni_xblocks.discussion.errors import PostNotFound
from solerni_xblocks.discussion.errors.arranging import ThreadRearranged
from solerni_xblocks.discussion.models import Act, Case, Decision, MessageTemplate, Post, Report, State, Thread, Version
from solerni_xblocks.discussion.queries.attachments import to_own_post
from solerni_xblocks.discussion.queries.own_first import is_readable
from solerni_xblocks.discussion.queries.queue import to_case
from solerni_xblocks.discussion.queries.records import show_author, to_decision, to_reason
from solerni_xblocks.discussion.queries.roles import find_power, get_participant
from solerni_xblocks.discussion.queries.sanctions import list_sanctions
from solerni_xblocks.discussion.queries.showing import is_thread_shown
from solerni_xblocks.discussion.rules.deciding import OF_THREADS, list_acts
from solerni_xblocks.discussion.rules.sanctions import SANCTIONS, may_sanction
from solerni_xblocks.host import api as host

AROUND = 3
"""Messages of the thread shown before the post, and after it."""

DECISIONS_OF_AUTHOR = 10


def get_moderated_post(uuid: UUID, *, moderator_id: int, place: Place | None = None) -> tuple[Post, Power]:
    """The post, in whatever state, and what the person may do about it; in ``place``, if one is named.

    Raises PostNotFound; NotTakingPart in the place.
    """
    posts = Post.objects.select_related("thread").filter(uuid=uuid)
    if place:
        get_participant(moderator_id, place)
        posts = posts.filter(thread__course_key=str(place.course_key), thread__usage_key=str(place.usage_key))
    return _require_power(posts.first(), moderator_id)


def lock_post(uuid: UUID) -> Post:
    """The post as it is now, for who changes it until the transaction ends. Its thread comes first, as everywhere.

    Raises PostNotFound; ThreadRearranged when it left its thread at this very moment.
    """
    thread_id = Post.objects.filter(uuid=uuid).values_list("thread_id", flat=True).first()
    if thread_id is None:
        raise PostNotFound
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    post = Post.objects.select_for_update().get(uuid=uuid)
    if post.thread_id != thread_id:  # its new thread would be held after it, and two could wait for one another
        raise ThreadRearranged
    post.thread = thread
    return post


def lock_moderated_post(uuid: UUID, *, moderator_id: int) -> tuple[Post, Power]:
    """The same inside a transaction, and nobody else decides on the post until its end."""
    return _require_power(lock_post(uuid), moderator_id)


def _require_power(post: Post | None, moderator_id: int) -> tuple[Post, Power]:
    if post is None:
        raise PostNotFound
    power = find_power(moderator_id, CourseKey.from_string(post.thread.course_key))
    if not power or (power is Power.TRUSTED and not _is_trusted_with(post, moderator_id)):
        raise PostNotFound
    return post, power


def _is_trusted_with(post: Post, moderator_id: int) -> bool:
    """What is not published yet, of their cohort; and what a trusted learner decided, they may still look at.

    Nothing of a thread that learners do not see now.
    """
    if not is_thread_shown(post.thread):
        return False
    if post.published_at is None and _is_of_group(post.thread, moderator_id):
        return True
    return Decision.objects.filter(post=post, moderator_id=moderator_id).exists()


def _is_of_group(thread: Thread, member_id: int) -> bool:
    if thread.group_id is None:
        return True
    return host.courses().find_group(member_id, CourseKey.from_string(thread.course_key)) == thread.group_id


def find_open_case(post: Post) -> Case | None:
    """The case that waits, if there is one."""
    return Case.objects.filter(post=post, is_open=True).first()


def find_last_decision(post: Post) -> Decision | None:
    """The last decision on ``post`` itself that was not taken back and takes nothing back."""
    decisions = Decision.objects.filter(post=post, undone_by__isnull=True, undoes__isnull=True)
    decisions = decisions.exclude(act__in=SANCTIONS | OF_THREADS)
    return decisions.order_by("id").last()


def read_case(uuid: UUID, *, moderator_id: int) -> data.CaseReading:
    """All that the person needs to decide on the post. Raises PostNotFound."""
    post, power = get_moderated_post(uuid, moderator_id=moderator_id)
    case = find_open_case(post)
    is_full = power is Power.MODERATOR
    reports = list(Report.objects.filter(post=post, withdrawn_at=None).order_by("id")) if is_full else []
    author_id = show_author(post, viewer_id=moderator_id, sees_all=is_full)
    row = _make_line(case, post, reports, author_id=author_id)
    convert = _to_neighbour(post, viewer_id=moderator_id, sees_all=is_full)
    around = _find_around(post, moderator_id, power)
    is_own = post.author_id == moderator_id
    acts = list_acts(
        power, state=data.State(post.state), was_published=post.published_at is not None, is_waiting=bool(case)
    )
    decisions = Decision.objects.filter(post=post).prefetch_related("grounds").select_related("undone_by")
    return data.CaseReading(
        post=replace(to_own_post(post, viewer_id=moderator_id, sees_all=True), author_id=author_id),
        case=row,
        case_version=case.version if case else 0,
        power=power,
        acts=() if is_own else acts,
        reasons=tuple(map(to_reason, post.findings.filter(version=post.version))),
        wordings=tuple(map(_to_wording, post.versions.order_by("number"))),
        before=tuple(map(convert, _list_before(post, around))),
        after=tuple(map(convert, _list_after(post, around))),
        reports=tuple(map(to_report, reports)),
        decisions=tuple(map(to_decision, decisions)),
        record=_find_record(post) if is_full and not is_own else None,
        course_key=CourseKey.from_string(post.thread.course_key),
        usage_key=UsageKey.from_string(post.thread.usage_key),
    )


def _make_line(case: Case | None, post: Post, reports: list[Report], *, author_id: int | None) -> data.Case | None:
    if case is None:
        return None
    case.post = post
    clauses = post.findings.exclude(clause="").filter(is_dry=False).values_list("clause", flat=True)
    reported = sum(bool(report.is_open) for report in reports)
    return to_case(case, clauses=clauses, reports=reported, author_id=author_id, now=clock.now())


def _find_around(post: Post, moderator_id: int, power: Power) -> QuerySet[Post]:
    """What the person sees of the thread: trusted learners read around the post what any learner of theirs reads."""
    posts = post.thread.posts.exclude(state=State.WITHDRAWN)
    if power is Power.MODERATOR:
        return posts
    if post.thread.state != State.PUBLISHED or not _is_of_group(post.thread, moderator_id):
        return posts.none()
    return posts.filter(is_readable(data.Participant(id=moderator_id)), state=State.PUBLISHED)


def _list_before(post: Post, around: QuerySet[Post]) -> list[Post]:
    """The opening post, the message that is commented on, and what stands just before."""
    earlier = around.filter(id__lt=post.pk)
    near = list(earlier.order_by("-id")[:AROUND])
    kept = {row.pk: row for row in near}
    far = earlier.filter(Q(is_opening=True) | Q(pk=post.parent_id)).exclude(pk__in=kept)
    return sorted([*near, *far], key=lambda row: row.pk)


def _list_after(post: Post, around: QuerySet[Post]) -> list[Post]:
    return list(around.filter(id__gt=post.pk).order_by("id")[:AROUND])


def _to_neighbour(post: Post, *, viewer_id: int, sees_all: bool) -> Callable[[Post], data.Neighbour]:
    def convert(row: Post) -> data.Neighbour:
        return data.Neighbour(
            uuid=row.uuid,
            author_id=show_author(row, viewer_id=viewer_id, sees_all=sees_all),
            voice=data.Voice(row.voice),
            state=data.State(row.state),
            is_opening=row.is_opening,
            is_parent=row.pk == post.parent_id,
            plain=row.plain or row.source,
            at=row.created_at,
        )

    return convert


def _to_wording(row: Version) -> data.PastWording:
    return data.PastWording(number=row.number, editor_id=row.editor_id, title=row.title, source=row.source, at=row.at)


def to_report(row: Report) -> data.ReportView:
    return data.ReportView(
        uuid=row.uuid,
        reason=row.reason,
        note=row.note,
        reporter_id=row.reporter_id,
        weight=row.weight,
        is_open=bool(row.is_open),
        is_upheld=row.is_upheld,
        at=row.at,
    )


def _find_record(post: Post) -> data.AuthorRecord | None:
    """What the author did in this course; nothing of other courses, whose moderators are others."""
    if post.author_id is None:
        return None
    written = Post.objects.filter(author_id=post.author_id, thread__course_key=post.thread.course_key)
    judged = Decision.objects.filter(post__in=written, undone_by=None, undoes=None).exclude(post=post)
    judged = judged.exclude(act__in=(Act.KEEP, *SANCTIONS))
    rows = judged.prefetch_related("grounds").order_by("-id")[:DECISIONS_OF_AUTHOR]
    course_key = CourseKey.from_string(post.thread.course_key)
    return data.AuthorRecord(
        published=written.filter(state=State.PUBLISHED).count(),
        restricted=judged.filter(contest_until__isnull=False).count(),
        upheld_reports=Report.objects.filter(post__in=written, is_upheld=True).count(),
        decisions=tuple(map(to_decision, rows)),
        sanctions=list_sanctions(post.author_id, post.thread.course_key),
        may_be_sanctioned=may_sanction(Power.MODERATOR, author_power=find_power(post.author_id, course_key)),
    )


def find_wording(post_uuid: UUID, number: int) -> data.PastWording | None:
    """One wording of a post."""
    row = Version.objects.filter(post__uuid=post_uuid, number=number).first()
    return _to_wording(row) if row else None


def list_templates(course_key: CourseKey, *, language: str) -> tuple[data.MessageTemplate, ...]:
    """Messages that moderators of the course start from: the course's own, then the site's."""
    rows = MessageTemplate.objects.filter(course_key__in=("", str(course_key)), language=language)
    return tuple(
        data.MessageTemplate(id=row.pk, name=row.name, act=data.Act(row.act), clause=row.clause, text=row.text)
        for row in rows.order_by("-course_key", "name", "id")
    )
