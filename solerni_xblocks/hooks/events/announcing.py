"""Announcing: after the commit, once for each transaction that really happened."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from openedx_events.tooling import OpenEdxPublicSignal

log = logging.getLogger(__name__)


def announce(signal: OpenEdxPublicSignal, **payload: Any) -> None:
    """Send ``signal`` once the current transaction commits. A receiver that fails is logged and does not stop others.

    openedx-events lets errors through under DEBUG; they are logged here, since the fact has happened all the same.
    """

    def send() -> None:
        try:
            signal.send_event(**payload)
        except Exception:  # the row is committed; whoever lost the event settles from rows
            log.exception("A receiver of %s failed", signal.event_type)

    transaction.on_commit(send)
