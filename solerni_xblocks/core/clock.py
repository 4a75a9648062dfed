"""The one place that tells the time. The demo points SOLERNI_CLOCK at a clock that its operator can move."""

from __future__ import annotations

from datetime import datetime

from django.utils.module_loading import import_string

from solerni_xblocks.core import conf


def now() -> datetime:
    """The current time, aware, in UTC."""
    moment: datetime = import_string(conf.get("SOLERNI_CLOCK"))()
    return moment
