"""``DATABASES["default"]`` of the engine that ``SOLERNI_TEST_DATABASE`` names. Standard library only."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir
from typing import Any

ENGINE = "SOLERNI_TEST_DATABASE"
SOCKET = "SOLERNI_TEST_DATABASE_SOCKET"
NAME = "solerni"
COLLATION = "utf8mb4_unicode_ci"
"""The one that the platform's installations use: it knows neither case nor accents."""


def choose_database(sqlite: dict[str, Any]) -> dict[str, Any]:
    """``sqlite``, in a file for the tests, unless the environment says that a server is running."""
    engine = os.environ.get(ENGINE, "sqlite")
    if engine == "sqlite":
        # A file: a database in memory belongs to one thread.
        return {**sqlite, "TEST": {"NAME": Path(gettempdir()) / f"solerni-tests-{os.getpid()}.sqlite3"}}
    return SERVED[engine](NAME)


def make_mariadb(name: str) -> dict[str, Any]:
    """The database ``name`` of the server that is running."""
    return {
        "ENGINE": "django.db.backends.mysql",
        "NAME": name,
        "USER": NAME,
        "HOST": os.environ[SOCKET],
        # As Open edX sets it: what does not fit is refused, not cut.
        "OPTIONS": {"charset": "utf8mb4", "init_command": "SET sql_mode='STRICT_TRANS_TABLES'"},
        "TEST": {"CHARSET": "utf8mb4", "COLLATION": COLLATION},
    }


def make_postgresql(name: str) -> dict[str, Any]:
    """The database ``name`` of the server that is running."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": NAME,
        "HOST": os.environ[SOCKET],
    }


SERVED = {"mariadb": make_mariadb, "postgresql": make_postgresql}
