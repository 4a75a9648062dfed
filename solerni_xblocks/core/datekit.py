"""How moments are told to people: one form for each language, in the site's time, for templates and for words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from solerni_xblocks.core import conf


def format_moment(at: datetime) -> str:
    """``at`` (aware) to the minute: “23 November 2026 at 12:59”."""
    return date_format(at.astimezone(_get_zone()), pgettext("moment", r"j F Y \a\t H:i"))


def make_time_element(at: datetime) -> SafeString:
    """The same for people and for programs: a ``time`` element."""
    return _make_time_element(at, get_language(), conf.get("SOLERNI_TIME_ZONE"))


# A page has a hundred of them, and many readers. Moments that are equal are told alike.
@lru_cache(maxsize=5000)
def _make_time_element(at: datetime, _language: str | None, _zone: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.astimezone(UTC).isoformat(), format_moment(at))


def format_iso(text: str) -> str:
    """The moment that ``text`` writes in ISO 8601; ``text`` itself when it writes none, or has no zone."""
    try:
        at = datetime.fromisoformat(text)
        return format_moment(at) if at.tzinfo else text
    except (ValueError, OverflowError):
        return text


def format_day(at: datetime) -> str:
    """The day of ``at`` (aware): “23 November 2026”."""
    return date_format(at.astimezone(_get_zone()), pgettext("day", "j F Y"))


def format_field(at: datetime | None) -> str:
    """``at`` (aware) as a field of a form holds it, in the site's time: “2026-11-23T12:59”; empty without a moment."""
    return at.astimezone(_get_zone()).strftime("%Y-%m-%dT%H:%M") if at else ""


def place_in_zone(moment: datetime) -> datetime:
    """``moment`` as one for everybody: in the site's time, where it names no zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=_get_zone())


def find_day(at: datetime) -> date:
    """The day that ``at`` (aware) is in on the site, for what is counted in days."""
    return at.astimezone(_get_zone()).date()


def format_time(at: datetime) -> str:
    """The hour and minute of ``at`` (aware): “12:59”."""
    return date_format(at.astimezone(_get_zone()), "H:i")


def _get_zone() -> ZoneInfo:
    return ZoneInfo(conf.get("SOLERNI_TIME_ZONE"))
