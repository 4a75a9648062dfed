"""What the moderation queue shows: lines with the time that is left, filters, how the promise is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from solerni_xblocks.core import clock
from solerni_xblocks.core.datekit import make_time_element
from solerni_xblocks.core.rowkit import Row, render_rows
from solerni_xblocks.discussion.api import Clause, Source, find_promised_hours
from solerni_xblocks.discussion.data import Case, Filters, Only, Place, Queue, QueueCursor, QueueStatistics, Waiting
from solerni_xblocks.discussion.presenters.texts import find_names, name_author
from solerni_xblocks.host import api as host

HOURS_OF_DAY = 24
MOST_NAMED = 5
"""Names told of those who can take on what is overdue."""
_NOBODYS = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class CaseLook:
    """What the template of a line decides by. ``claimed``: by ``me``, by ``another``, by nobody (empty)."""

    clauses: tuple[str, ...]
    claimed: str
    is_overdue: bool
    is_opening: bool
    is_own: bool
    is_reported: bool
    names_takers: bool


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A line of the queue. ``choice`` names the post and what this page shows of it, for a gesture over several."""

    case: Case
    author: Any
    course_title: str
    url: str
    source: Any
    clauses: list[Any]
    left: str
    is_overdue: bool
    claimant: Any
    is_claimed_by_me: bool
    is_own: bool
    choice: str
    takers: str


def view_queue(queue: Queue, *, moderator_id: int, filters: Filters) -> dict[str, Any]:
    """What the queue page shows."""
    titles = find_titles([*queue.courses, *(case.course_key for case in queue.cases)])
    query = write_filters(filters)
    return {
        "lines": _render_lines(view_cases(queue.cases, viewer_id=moderator_id, titles=titles, query=query)),
        "total": queue.total,
        "statistics": view_statistics(queue.statistics),
        "query": query,
        "next_query": write_filters(filters, after=format_queue_cursor(queue.after)) if queue.after else "",
        "is_narrowed": bool(query),
        "courses": {str(key): titles[key] for key in queue.courses},
    }


def answer_waiting(waiting: Waiting, place: Place, *, viewer_id: int) -> dict[str, Any]:
    """The JSON of what waits in one place."""
    query = write_filters(Filters(place=str(place.usage_key)))
    lines = view_cases(waiting.cases, viewer_id=viewer_id, titles={place.course_key: ""}, query=query)
    context = {"lines": lines, "more": waiting.total - len(lines), "query": query}
    return {"html": render_to_string("solerni/discussion/waiting.html", context), "total": waiting.total}


def view_cases(
    cases: Iterable[Case], *, viewer_id: int, titles: Mapping[CourseKey, str], query: str = ""
) -> list[CaseLine]:
    """Lines of the queue with names; one query for all names."""
    listed = list(cases)
    takers = [id_ for case in listed for id_ in list_named(case.takers)]
    holders = [case.claim.member_id for case in listed if case.claim]
    names = find_names([*(case.author_id for case in listed), *holders, *takers])
    address = reverse("solerni_discussion:case", args=[_NOBODYS]) + (f"?{query}" if query else "")
    return [
        _view_case(case, names, viewer_id=viewer_id, title=titles[case.course_key], address=address) for case in listed
    ]


def _view_case(case: Case, names: Mapping[Any, Any], *, viewer_id: int, title: str, address: str) -> CaseLine:
    """``address``: the page of a case, with nobody's number."""
    hours = find_promised_hours(case.due_at)
    return CaseLine(
        case=case,
        author=name_author(case, names),
        course_title=title,
        url=address.replace(str(_NOBODYS), str(case.post_uuid)),
        source=Source(case.source).label,
        clauses=[Clause(clause).label for clause in case.clauses],
        left=say_left(hours),
        is_overdue=case.due_at <= clock.now(),
        claimant=names[case.claim.member_id] if case.claim else "",
        is_claimed_by_me=case.claim is not None and case.claim.member_id == viewer_id,
        is_own=case.author_id is not None and case.author_id == viewer_id,
        choice=f"{case.post_uuid}~{case.version}~{case.post_version}",
        takers=say_takers(case.takers, names),
    )


def list_named(takers: Sequence[int] | None) -> Sequence[int]:
    """Those of ``takers`` whose names are told."""
    return (takers or ())[:MOST_NAMED]


def say_takers(takers: Sequence[int] | None, names: Mapping[Any, Any]) -> str:
    """Who can take on what is overdue, in words; nothing where that is not told."""
    if takers is None:
        return ""
    if not takers:
        return _("Nobody else is appointed here: the staff of the course can take it on.")
    named = ", ".join(str(names[id_]) for id_ in list_named(takers))
    more = len(takers) - MOST_NAMED
    if more <= 0:
        return _("Can take it on: %(names)s") % {"names": named}
    words = ngettext(
        "Can take it on: %(names)s, and %(count)d more", "Can take it on: %(names)s, and %(count)d more", more
    )
    return words % {"names": named, "count": more}


def _render_lines(lines: Iterable[CaseLine]) -> SafeString:
    """Lines of the queue page."""
    rows = [Row(_look_at(line), _describe(line)) for line in lines]
    return render_rows("solerni/discussion/elements/line.html", rows)


def _look_at(line: CaseLine) -> CaseLook:
    return CaseLook(
        clauses=tuple(map(str, line.clauses)),
        claimed="me" if line.is_claimed_by_me else "another" if line.case.claim else "",
        is_overdue=line.is_overdue,
        is_opening=line.case.is_opening,
        is_own=line.is_own,
        is_reported=bool(line.case.reports),
        names_takers=bool(line.takers),
    )


def _describe(line: CaseLine) -> dict[str, Any]:
    case = line.case
    return {
        "uuid": case.post_uuid,
        "source": case.source,
        "source_in_words": line.source,
        "choice": line.choice,
        "url": line.url,
        "title": case.title or _("Title removed"),
        "left": line.left,
        "reports": _say_reports(case.reports) if case.reports else "",
        "claimed": _("%(name)s is working on it") % {"name": line.claimant} if case.claim else "",
        "excerpt": case.excerpt,
        "author": line.author,
        "opened": make_time_element(case.opened_at),
        "course": line.course_title,
        "takers": line.takers,
    }


def _say_reports(reports: int) -> str:
    return ngettext("%(reports)s report", "%(reports)s reports", reports) % {"reports": reports}


def view_statistics(statistics: QueueStatistics) -> dict[str, Any]:
    """Numbers over the queue, in words."""
    return {
        "waiting": statistics.waiting,
        "overdue": statistics.overdue,
        "decided": statistics.decided,
        "median": say_hours(statistics.median) if statistics.median is not None else "",
        "ninetieth": say_hours(statistics.ninetieth) if statistics.ninetieth is not None else "",
        "promised": say_hours(statistics.promised),
        "is_kept": statistics.ninetieth is None or statistics.ninetieth <= statistics.promised,
    }


def find_titles(keys: Iterable[CourseKey]) -> dict[CourseKey, str]:
    """Titles of courses, each asked for once."""
    return {key: host.courses().get_title(key) for key in dict.fromkeys(keys)}


def say_left(hours: float) -> str:
    """How much working time is left, or how much too late it is."""
    if hours <= 0:
        return _("overdue by %(time)s") % {"time": say_hours(-hours)}
    return _("%(time)s left") % {"time": say_hours(hours)}


def say_hours(hours: float) -> str:
    """Working time in words: days, or hours within a day."""
    if hours >= HOURS_OF_DAY:
        days = int(hours // HOURS_OF_DAY)
        return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
    if hours < 1:
        return _("less than a working hour")
    return ngettext("%(count)d working hour", "%(count)d working hours", int(hours)) % {"count": int(hours)}


def format_queue_cursor(cursor: QueueCursor) -> str:
    """``cursor`` as an address carries it."""
    return f"{cursor.due_at.isoformat()}~{cursor.score!r}~{cursor.id}"


def write_filters(filters: Filters, *, after: str = "") -> str:
    """The query of an address that narrows the queue alike."""
    values = {
        "only": "" if filters.only is Only.ALL else filters.only.value,
        "course": filters.course,
        "place": filters.place,
        "source": filters.source,
        "clause": filters.clause,
        "after": after,
    }
    return urlencode({name: value for name, value in values.items() if value})
