"""SQLite with a write-ahead log and transactions that take the write lock at once.

A transaction that reads, then writes, otherwise fails at once ("database is locked") when another process wrote
in between, whatever the timeout. Django 5.1 has ``transaction_mode`` for this, Django 4.2 has not: one way for both.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection: readers never wait, writers queue."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA journal_mode = WAL")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self.cursor().execute("BEGIN IMMEDIATE")
