"""Who is a minor, from the full birth date. Limits differ by country; birthdays begin at midnight of the site's zone.

Source: obligation 3 and S18: 18 to use the service, 15 for joint consent to data processing (France).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from solerni_xblocks.terms.data import Birth, Limits

OLDEST = 120
COUNTRY = re.compile(r"([A-Z]{2})?")


def judge_birth(born_on: date, country: str, today: date) -> list[str]:
    """Reasons against a birth date: nobody is born tomorrow, nor older than OLDEST years. A country may be left out.

    >>> judge_birth(date(2031, 1, 2), "France", date(2031, 1, 1))
    ['birth.future', 'country.malformed']
    """
    found = [
        ("birth.future", born_on > today),
        ("birth.too_long_ago", born_on <= today and count_years(born_on, today) > OLDEST),
        ("country.malformed", not COUNTRY.fullmatch(country)),
    ]
    return [reason for reason, is_broken in found if is_broken]


def count_years(born_on: date, today: date) -> int:
    """Full years of age. Who was born on 29 February turns a year older on 1 March of other years.

    >>> count_years(date(2012, 2, 29), date(2030, 2, 28)), count_years(date(2012, 2, 29), date(2030, 3, 1))
    (17, 18)
    """
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def choose_limits(country: str, by_country: Mapping[str, tuple[int, int]]) -> Limits:
    """The ages (use, data) of a country, or those under ``""``.

    >>> choose_limits("DE", {"": (18, 15), "DE": (18, 16)})
    Limits(use=18, data=16)
    """
    use, data = by_country.get(country) or by_country[""]
    return Limits(use=use, data=data)


def needs_guardian(birth: Birth | None, today: date, limits: Limits) -> bool:
    """Whether a guardian must agree to the use of the service; no birth date known, no guardian asked."""
    return birth is not None and count_years(birth.born_on, today) < limits.use


def needs_joint_consent(birth: Birth | None, today: date, limits: Limits) -> bool:
    """Whether documents for minors are asked: child and guardian must both agree to data processing."""
    return birth is not None and count_years(birth.born_on, today) < limits.data
