"""Working days: Monday to Friday, but for public holidays and the days on which the operator says nobody works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

_SATURDAY = 5


def find_easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).

    >>> [find_easter(year).isoformat() for year in (2024, 2025, 2026, 2038)]
    ['2024-03-31', '2025-04-20', '2026-04-05', '2038-04-25']
    """
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def list_french_holidays(year: int) -> frozenset[date]:
    """The eleven holidays of the French labour code (article L3133-1).

    >>> sorted(list_french_holidays(2026))[1].isoformat(), len(list_french_holidays(2026))
    ('2026-04-06', 11)
    """
    easter = find_easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
    return frozenset(date(year, *day) for day in fixed) | frozenset(easter + timedelta(days=days) for days in moving)


HOLIDAYS: dict[str, Callable[[int], frozenset[date]]] = {"FR": list_french_holidays, "": lambda year: frozenset()}
"""By country; empty for none."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When people work: the ``zone`` of the clock on the wall, the ``country`` of holidays, further ``closed`` days."""

    zone: str
    country: str = ""
    closed: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether somebody works on ``day``.

        >>> Calendar(zone="Europe/Paris", country="FR").is_working(date(2026, 12, 25))
        False
        """
        return day.weekday() < _SATURDAY and day not in HOLIDAYS[self.country](day.year) and day not in self.closed


# A queue asks for the same few deadlines all day.
@lru_cache(maxsize=1000)
def count_working_days(calendar: Calendar, first: date, end: date) -> int:
    """Days on which somebody works, from ``first`` to before ``end``.

    >>> count_working_days(Calendar(zone="Europe/Paris", country="FR"), date(2026, 12, 21), date(2026, 12, 28))
    4
    """
    return sum(calendar.is_working(first + timedelta(days=day)) for day in range((end - first).days))
