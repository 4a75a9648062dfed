"""What a scheduler does for a real site: every minute, and as soon as the clock was moved, settle what time brings."""

from __future__ import annotations

import fcntl
import io
import logging
import threading
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connections

COMMANDS = ("solerni_terms_settle", "solerni_members_settle", "solerni_discussion_settle", "solerni_badges_settle")
"""In this order: what terms settle may close accounts; badges sign what is left at the end."""

SECONDS = 60

log = logging.getLogger(__name__)


def settle() -> None:
    """Run every command once; all of them may be run at any time."""
    for command in COMMANDS:
        call_command(command, stdout=io.StringIO())


def start(lock: Path) -> None:
    """Settle beside the requests of this process, as long as it lives."""
    threading.Thread(target=_keep_settling, args=(lock,), name="settling", daemon=True).start()


def _keep_settling(lock: Path) -> None:
    """One process at a time: whoever holds the lock settles, another takes over when it is gone."""
    with lock.open("a", encoding="ascii") as file:
        while True:
            time.sleep(SECONDS)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            _settle_once()


def _settle_once() -> None:
    try:
        settle()
    except Exception:  # the next minute tries again; the site goes on
        log.exception("Settling failed")
    finally:
        connections.close_all()
