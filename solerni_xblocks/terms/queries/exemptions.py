"""Accounts that the operator exempts from the gate: each by name, with a reason and a last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.checks import CheckMessage, Warning

from solerni_xblocks.core import clock, conf, datekit
from solerni_xblocks.host import api as host

NAME = "SOLERNI_TERMS_EXEMPT_ACCOUNTS"


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """One account that is asked nothing up to and with the day ``until``."""

    username: str
    reason: str
    until: date


def is_exempt(member_id: int, now: datetime) -> bool:
    """Whether an exemption of the member counts. No query when there is none for anybody, else one."""
    today = datekit.find_day(now)
    names = {found.username for found in map(_parse, conf.get(NAME)) if found and today <= found.until}
    person = host.people().find_person(member_id) if names else None
    return person is not None and person.name in names


def check_exemptions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every exemption has a reason and a day that has not passed; one that has not is no exemption."""
    today = datekit.find_day(clock.now())
    found = []
    for entry in conf.get(NAME):
        exemption = _parse(entry)
        if exemption is None:
            text = f"{NAME}: {entry!r} is ignored: it needs username, reason and until (a date)."
            found.append(Warning(text, id="solerni_terms.W010"))
        elif exemption.until < today:
            text = f"{NAME}: that of {exemption.username!r} ended on {exemption.until}."
            found.append(Warning(text, hint="Remove it, or renew it with its reason.", id="solerni_terms.W011"))
    return found


def _parse(entry: Any) -> Exemption | None:
    values: Mapping[str, Any] = entry if isinstance(entry, Mapping) else {}
    username, reason, until = (str(values.get(name) or "").strip() for name in ("username", "reason", "until"))
    try:
        last_day = date.fromisoformat(until)
    except ValueError:
        return None
    return Exemption(username=username, reason=reason, until=last_day) if username and reason else None
