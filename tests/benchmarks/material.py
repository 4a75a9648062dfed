"""The data that every side is given: how much of it, the database. Standard library only: peers import it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

MEMBERS = 10_000
"""Accounts of the site; all but one have accepted the terms."""

ACCEPTANCES = {"terms.publish_1k": 1_000, "terms.publish_100k": 100_000}
"""How many members have accepted the version before, by line."""

STOPPED_AFTER = 20
"""Seconds after which a publication of a peer is stopped: its reading is then the least that it takes."""

TERMS_BYTES = 24_000
"""Length of the one text to be accepted."""

THREADS = 2_000
POSTS_A_THREAD = 10
AUTHORS = 500
"""Members who wrote the threads, in turn; the same members publish during the measurement, never twice."""

PAGE = 20
"""Threads of one page of a list."""

THREADS_READ = 10
"""Threads of the first page that the member who asks has read already."""

COURSE = "course-v1:Solerni+Bench+2026"
FIRST_DAY = datetime(2026, 1, 5, 8, tzinfo=UTC)


def make_database(folder: Path) -> dict[str, Any]:
    """One SQLite file, the same for every side: a write-ahead log, transactions that take the write lock at once."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / "bench.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode = WAL",
        },
    }


def make_moment(thread: int, post: int) -> datetime:
    """When a post was written: threads begin ten minutes apart, posts follow hourly."""
    return FIRST_DAY + timedelta(minutes=10 * thread, hours=post)


def choose_thread(turn: int) -> int:
    """The thread that the reply of this turn goes to."""
    return turn * 7 % THREADS
