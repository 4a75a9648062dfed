"""Changes that await an answer, in words; reports as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from solerni_xblocks.core import datekit
from solerni_xblocks.terms.data import Pending, Report

REPORT_FIELDS = ("day", "label", "language", "course_key", "channel", "act", "count")


def report_rows(report: Report) -> Iterator[list[Any]]:
    """A report as rows of a table for programs, its names first."""
    yield list(REPORT_FIELDS)
    for row in report.answers:
        yield [getattr(row, name) for name in REPORT_FIELDS]


def banner(pending: Pending) -> dict[str, Any]:
    """A change that awaits an answer, in words."""
    change = pending.change
    url = reverse("solerni_terms:change", args=[change.asking.document])
    values = {"title": pending.title, "moment": datekit.format_moment(change.asking.effective_at)}
    if change.is_due:
        words = gettext("“%(title)s” has changed: a new version is in force, and your answer is asked for.")
    else:
        words = gettext("“%(title)s” changes. The new version is in force from %(moment)s.")
    return {
        "document": change.asking.document,
        "version": str(change.asking.version_uuid),
        "label": change.asking.label,
        "effective_at": change.asking.effective_at.isoformat(),
        "is_due": change.is_due,
        "may_postpone": change.later_until is not None,
        "message": words % values,
        "read": gettext("See what changes and answer"),
        "later": gettext("Later"),
        "name": gettext("Change of a document"),
        "url": url,
        "own_pages": [
            url,
            reverse("solerni_terms:stop", args=[change.asking.document]),
            reverse("solerni_terms:stopped"),
        ],
    }
