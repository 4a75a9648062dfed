"""The operator's calendar, as the settings say."""

from __future__ import annotations

from datetime import date

from solerni_xblocks.core import conf
from solerni_xblocks.discussion.rules.calendars import Calendar


@conf.kept_until_changed("SOLERNI_TIME_ZONE", "SOLERNI_DISCUSSION_HOLIDAYS", "SOLERNI_DISCUSSION_CLOSED_DAYS")
def get_calendar() -> Calendar:
    """When people moderate."""
    closed = frozenset(date.fromisoformat(day) for day in conf.get("SOLERNI_DISCUSSION_CLOSED_DAYS"))
    return Calendar(zone=conf.get("SOLERNI_TIME_ZONE"), country=conf.get("SOLERNI_DISCUSSION_HOLIDAYS"), closed=closed)
