"""Statements of reasons as files, and figures in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core.csvkit import write_csv
from solerni_xblocks.discussion.api import GROUND_CHOICES, ReportReason, list_services
from solerni_xblocks.discussion.data import Act
from solerni_xblocks.discussion.data.transparency import ParticipantRow, Statistics, TransparencyReport
from solerni_xblocks.discussion.presenters.cases import DONE
from solerni_xblocks.discussion.presenters.contesting import AUTOMATION, PARTIES, RESTRICTIONS, SOURCES
from solerni_xblocks.discussion.presenters.queue import say_hours
from solerni_xblocks.discussion.presenters.texts import find_names
from solerni_xblocks.discussion.rules.exporting import FIELDS, Fields

CATEGORIES = {
    "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH": _("Illegal or harmful speech"),
    "STATEMENT_CATEGORY_CYBER_VIOLENCE": _("Cyber violence"),
    "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS": _("Intellectual property infringements"),
    "STATEMENT_CATEGORY_CONSUMER_INFORMATION": _("Consumer information infringements"),
    "STATEMENT_CATEGORY_OTHER_VIOLATION_TC": _("Other violation of the terms"),
}
"""Categories of the Commission's database, in words."""

Write = Callable[[Iterable[Fields]], Iterator[str]]
PARTICIPANT_FIELDS = ("member", "threads", "replies", "words", "votes", "last_on")


def write_json_statements(rows: Iterable[Fields]) -> Iterator[str]:
    """One JSON object, as the Commission's API takes several statements: ``{"statements": […]}``, piece by piece."""
    yield '{"statements": ['
    for place, row in enumerate(rows):
        yield (",\n" if place else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def write_csv_statements(rows: Iterable[Fields]) -> Iterator[str]:
    """A table; a cell with several values is a JSON array."""
    return write_csv(FIELDS, ([_write_cell(row.get(name, "")) for name in FIELDS] for row in rows))


WRITERS: Mapping[str, Write] = {"json": write_json_statements, "csv": write_csv_statements}
"""How statements are written, by format."""


def answer_report(report: TransparencyReport) -> dict[str, Any]:
    """The JSON of a report: names of fields, numbers, days as text."""
    values = asdict(report)
    values["period"] = {name: day.isoformat() for name, day in values["period"].items()}
    return values


def write_report(report: TransparencyReport) -> str:
    """The report in words, for people."""
    return render_to_string("solerni/discussion/transparency.txt", view_report(report))


def view_report(report: TransparencyReport) -> dict[str, Any]:
    """The report with its counts named."""
    return {
        "report": report,
        "services": [one.name for one in list_services()],
        "tables": [
            (_("Decisions"), name_counts(report.decisions, DONE, key=Act)),
            (_("Restrictions by rule"), name_counts(report.by_clause, dict(GROUND_CHOICES))),
            (_("Restrictions by what they do"), name_counts(report.by_visibility | report.by_provision, RESTRICTIONS)),
            (_("Restrictions by category"), name_counts(report.by_category, CATEGORIES)),
            (_("What drew attention"), name_counts(report.by_source, SOURCES)),
            (_("Who decided"), name_counts(report.by_automation, AUTOMATION)),
            (_("Reports by reason"), name_counts(report.reports.by_reason, dict(ReportReason.choices))),
            (_("Who contested"), name_counts(report.appeals_by_party, PARTIES)),
        ],
        "answers": [
            (_("Notices of illegal content (article 16)"), report.notices),
            (_("Reports of members"), report.reports),
            (_("Contested decisions (article 20)"), report.appeals),
        ],
    }


def view_statistics(statistics: Statistics) -> dict[str, Any]:
    """Figures of a team; what is too small to be shown is None."""
    names = find_names(statistics.by_moderator)
    return {
        "statistics": statistics,
        "median": say_hours(statistics.median) if statistics.median is not None else "",
        "ninetieth": say_hours(statistics.ninetieth) if statistics.ninetieth is not None else "",
        "promised": say_hours(statistics.promised),
        "is_kept": statistics.ninetieth is None or statistics.ninetieth <= statistics.promised,
        "is_masked": _is_masked(statistics),
        "tables": [
            (_("Decisions"), name_counts(statistics.by_act, DONE, key=Act)),
            (_("Rules named"), name_counts(statistics.by_clause, dict(GROUND_CHOICES))),
            (_("Reports by reason"), name_counts(statistics.by_reason, dict(ReportReason.choices))),
            (_("Decisions by moderator"), name_counts(statistics.by_moderator, names)),
        ],
    }


def _is_masked(statistics: Statistics) -> bool:
    """Whether a count is too small to be shown."""
    tables = (statistics.by_act, statistics.by_clause, statistics.by_reason, statistics.by_moderator)
    return statistics.overturned is None or any(None in counts.values() for counts in tables)


def name_counts(counts: Mapping[Any, Any], words: Mapping[Any, Any], *, key: Any = None) -> list[tuple[Any, Any]]:
    """Counts beside their names; what has no name keeps its code."""
    return [(words.get(key(code) if key else code, code), count) for code, count in counts.items()]


def write_participants(rows: Iterable[ParticipantRow]) -> Iterator[str]:
    """The table of a place's participants, under their public names."""
    listed = list(rows)
    names = find_names(row.member_id for row in listed)
    cells = ([names[row.member_id], row.threads, row.replies, row.words, row.votes, row.last_on] for row in listed)
    return write_csv(PARTICIPANT_FIELDS, cells)


def _write_cell(value: str | list[str]) -> str:
    return json.dumps(value) if isinstance(value, list) else value
