"""How old somebody is for the service: the day that it is on the site, and the limits of their country."""

from __future__ import annotations

from datetime import datetime

from solerni_xblocks.core import conf, datekit
from solerni_xblocks.terms.data import Birth, Limits
from solerni_xblocks.terms.rules import minority


def needs_guardian(birth: Birth | None, now: datetime) -> bool:
    """Whether a guardian must agree to the member's use of the service; not so where no birth date is known."""
    return birth is not None and minority.needs_guardian(birth, datekit.find_day(now), _choose_limits(birth))


def needs_joint_consent(birth: Birth | None, now: datetime) -> bool:
    """Whether documents for minors are asked of the member; not so where no birth date is known."""
    return birth is not None and minority.needs_joint_consent(birth, datekit.find_day(now), _choose_limits(birth))


def _choose_limits(birth: Birth) -> Limits:
    return minority.choose_limits(birth.country, conf.get("SOLERNI_TERMS_AGES"))
