"""The period that figures are asked for, on a page or by a command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from solerni_xblocks.core import clock
from solerni_xblocks.core.datekit import find_day
from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.discussion.data.transparency import Period

USUAL = timedelta(days=30)
FIRST, LAST = date(2020, 1, 1), date(2038, 1, 1)


def parse_period(data: Mapping[str, Any]) -> Period:
    """``since`` and ``until`` as YYYY-MM-DD; the last thirty days when nothing is said. Raises Invalid."""
    today = find_day(clock.now())
    until = _parse_day(data.get("until")) or today
    since = _parse_day(data.get("since")) or until - USUAL
    if not FIRST <= since <= until <= LAST:
        raise Invalid(_("The period ends before it begins, or lies outside 2020–2037."), code="period.invalid")
    return Period(since=since, until=until)


def _parse_day(text: object) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise Invalid(_("Write a day as YYYY-MM-DD."), code="period.invalid") from error
