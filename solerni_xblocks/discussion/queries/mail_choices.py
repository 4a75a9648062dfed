"""What members chose about mail."""

from __future__ import annotations

from collections.abc import Mapping

from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.data import mailing
from solerni_xblocks.discussion.data.mailing import Frequency, MailSettings
from solerni_xblocks.discussion.models import Notice, Preference
from solerni_xblocks.discussion.queries.roles import find_scope, is_moderator
from solerni_xblocks.discussion.rules.mailing import choose_frequency
from solerni_xblocks.host import api as host

EVERYWHERE = ""
MOST_COURSES = 100

Chosen = Mapping[tuple[str, str], Frequency]
"""By course (as text; empty for everywhere) and kind."""


def find_chosen(member_id: int) -> Chosen:
    """All that the member chose, in one query."""
    rows = Preference.objects.filter(member_id=member_id).values_list("course_key", "kind", "frequency")
    return {(course, kind): Frequency(frequency) for course, kind, frequency in rows}


def find_frequency(chosen: Chosen, *, kind: str, course_key: str) -> Frequency:
    """When mail of ``kind`` leaves: what was chosen in the course, else everywhere, else what the site says."""
    return choose_frequency(chosen, _get_defaults(), kind=kind, course_key=course_key)


def read_settings(member_id: int, course_key: str) -> MailSettings:
    """What the member's page shows, for a course or everywhere; kinds of moderators only to who moderates."""
    chosen = find_chosen(member_id)
    choices = tuple(
        mailing.Choice(
            kind=kind,
            own=chosen.get((course_key, kind)),
            fallback=find_frequency(chosen if course_key else {}, kind=kind, course_key=EVERYWHERE),
        )
        for kind in list_kinds(member_id, course_key)
    )
    return MailSettings(
        course_key=course_key,
        course_title=_get_title(course_key) if course_key else "",
        choices=choices,
        courses=_list_courses(member_id, chosen),
    )


def list_kinds(member_id: int, course_key: str) -> tuple[str, ...]:
    """The kinds that the member can choose for."""
    if course_key:
        moderates = is_moderator(member_id, CourseKey.from_string(course_key))
    else:
        scope = find_scope(member_id)
        moderates = scope.is_everywhere or bool(scope.courses)
    return (*mailing.CHOSEN, *(mailing.OF_MODERATORS if moderates else ()))


def _list_courses(member_id: int, chosen: Chosen) -> tuple[tuple[str, str], ...]:
    """Courses in which the member was told something, or chose something; by title."""
    told = Notice.objects.filter(member_id=member_id).order_by().values_list("course_key", flat=True).distinct()
    keys = {*told[:MOST_COURSES], *(course for course, _kind in chosen if course)}
    return tuple(sorted(((key, _get_title(key)) for key in keys), key=lambda pair: (pair[1], pair[0])))


def _get_title(course_key: str) -> str:
    return host.courses().get_title(CourseKey.from_string(course_key))


def _get_defaults() -> Mapping[str, Frequency]:
    known: Mapping[str, str] = conf.get("SOLERNI_DISCUSSION_MAILS")
    return {kind: Frequency(frequency) for kind, frequency in known.items()}
