"""The one place that tells the time. The demo points SOLERNI_CLOCK at a clock that its operator can move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from solerni_xblocks.core import conf


def now() -> datetime:
    """The current time, aware, in UTC."""
    return _get_clock()()


@cache
def _get_clock() -> Callable[[], datetime]:
    """The callable of the setting, found once: gates ask the time on every request."""
    clock: Callable[[], datetime] = import_string(conf.get("SOLERNI_CLOCK"))
    return clock


def _forget_clock(*, setting: str, **kwargs: Any) -> None:
    if setting == "SOLERNI_CLOCK":
        _get_clock.cache_clear()


setting_changed.connect(_forget_clock, dispatch_uid="solerni_core.clock")
