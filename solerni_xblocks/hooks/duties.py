"""What each domain owes a member: to export what it holds, to forget what it holds.

Registered in ``AppConfig.ready()``; discharged by the members domain, which records each result.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

EXPORT = "export"
"""Return all the domain holds about the member, as plain JSON values."""

FORGET = "forget"
"""Erase or anonymise all the domain holds about the member; return counts by table."""

log = logging.getLogger(__name__)

Performer = Callable[[int], dict[str, Any]]
_performers: dict[str, dict[str, Performer]] = {EXPORT: {}, FORGET: {}}


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one performer did. ``error`` is empty when it succeeded, else the class of the exception."""

    performer: str
    value: dict[str, Any]
    error: str


def owe(duty: str, performer: str, perform: Performer) -> None:
    """Register ``perform`` under the app label ``performer``. Raises KeyError for an unknown duty."""
    _performers[duty][performer] = perform


def list_performers(duty: str) -> list[str]:
    """App labels that owe ``duty``, sorted."""
    return sorted(_performers[duty])


def discharge(duty: str, member_id: int, *, performers: Collection[str] | None = None) -> list[Result]:
    """Run every performer, or those named (a retry runs the rest), each whatever happens to the others.

    Each runs in its own transaction: all of it or nothing. Done only when no result has an error.
    """
    names = [name for name in list_performers(duty) if performers is None or name in performers]
    return [_perform(duty, name, member_id) for name in names]


def _perform(duty: str, performer: str, member_id: int) -> Result:
    try:
        with transaction.atomic():
            return Result(performer=performer, value=_performers[duty][performer](member_id), error="")
    except Exception as error:  # one domain's failure must not hide another's success; the caller records it
        log.exception("Duty %s of %s failed", duty, performer)
        return Result(performer=performer, value={}, error=type(error).__name__)
