"""The data that every side is given: how much of it, the database. Standard library only: peers import it.

Two profiles: SQLite with little, for everywhere; MariaDB with a million posts (``SOLERNI_BENCH_PROFILE=large``).
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.databases.settings import make_mariadb

IS_LARGE = os.environ.get("SOLERNI_BENCH_PROFILE") == "large"

MEMBERS = 10_000
"""Accounts of the site; all but one have accepted the terms."""

ACCEPTANCES = {"terms.publish_1k": 1_000, "terms.publish_100k": 100_000}
"""How many members have accepted the version before, by line."""

STOPPED_AFTER = 20
"""Seconds after which a publication of a peer is stopped: its reading is then the least that it takes."""

TERMS_BYTES = 24_000
"""Length of the one text to be accepted."""

THREADS = 10_000 if IS_LARGE else 2_000
POSTS_WRITTEN = 10
"""Posts of a thread that a side writes one by one."""

COPIES = 10 if IS_LARGE else 0
"""How often the database then repeats each reply: a hundred posts a thread, in minutes."""

LONG_THREAD = THREADS - 1
POSTS_A_PAGE = 100
"""Posts of the one long thread; in the large profile every thread is as long."""

AUTHORS = 500
"""Members who wrote the threads, in turn; the same members publish during the measurement, never twice."""

PAGE = 20
"""Threads of one page of a list."""

DEEP_PAGE = 400
"""The page far down the list."""

THREADS_READ = 10
"""Threads of the first page that the member who asks has read already."""

CASES = 50_000 if IS_LARGE else 2_000
"""Posts that wait for a moderator."""

CASES_AN_HOUR = 7
"""How many of them are due in the same hour."""

COURSE = "course-v1:Solerni+Bench+2026"
FIRST_DAY = datetime(2026, 1, 5, 8, tzinfo=UTC)


def make_database(folder: Path) -> dict[str, Any]:
    """A database of the side whose ``folder`` this is.

    In SQLite a file, the same for every side: a write-ahead log, transactions that take the write lock at once.
    """
    if IS_LARGE:
        return {**make_mariadb(f"bench_{folder.name}"), "CONN_MAX_AGE": None}
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


def count_written(thread: int) -> int:
    """How many posts of a thread are written one by one."""
    return POSTS_A_PAGE if thread == LONG_THREAD and not IS_LARGE else POSTS_WRITTEN


def count_posts(thread: int) -> int:
    """How many posts a thread has in the end: the opening, and replies with their copies."""
    return 1 + (count_written(thread) - 1) * (1 + COPIES)


def make_id(thread: int, post: int) -> int:
    """The number of a post among all: first those that are written, then the copies, turn after turn."""
    replies = count_written(thread) - 1
    turn, place = divmod(max(post - 1, 0), replies)
    return turn * THREADS * POSTS_WRITTEN + thread * POSTS_WRITTEN + (place + 1 if post else 0) + 1


def choose_thread(turn: int) -> int:
    """The thread that the reply of this turn goes to."""
    return turn * 7 % THREADS
