"""Triggers by which the database itself refuses to change or empty tables of evidence, whoever asks it. No domain word.

They are no part of a migration: the operator makes them (docs/decisions/0015-evidence-in-the-database.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connections, models

Models = Iterable[type[models.Model]]

_SAYS = "{table} is evidence: rows are added, never changed or removed"
_SQLITE = "CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '" + _SAYS + "'); END"
_MYSQL = (
    "CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW "
    "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '" + _SAYS + "'"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION '" + _SAYS + "' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRESQL = "CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"

_FIRST = {"postgresql": [_FUNCTION]}
_MAKE = {"sqlite": _SQLITE, "mysql": _MYSQL, "postgresql": _POSTGRESQL}
_CHANGES = {
    "sqlite": {"update": "UPDATE", "delete": "DELETE"},
    "mysql": {"update": "UPDATE", "delete": "DELETE"},
    "postgresql": {"update": "UPDATE", "delete": "DELETE OR TRUNCATE"},
}
_LIFT = {
    "sqlite": ["DROP TRIGGER IF EXISTS {table}_no_update", "DROP TRIGGER IF EXISTS {table}_no_delete"],
    "mysql": ["DROP TRIGGER IF EXISTS {table}_no_update", "DROP TRIGGER IF EXISTS {table}_no_delete"],
    "postgresql": ["DROP FUNCTION IF EXISTS {table}_refuse() CASCADE"],
}
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "mysql": "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def list_unguarded(evidence: Models, *, using: str) -> list[str]:
    """The tables of ``evidence`` that are there and that the database would let somebody change."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        cursor.execute(_STANDING[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    tables = [model._meta.db_table for model in evidence]
    return [table for table in tables if table in there and not standing >= set(_list_names(table).values())]


def write_guards(tables: Iterable[str], *, using: str) -> list[str]:
    """The statements that guard ``tables`` afresh, for who has the right to run them."""
    vendor = connections[using].vendor
    return [statement for table in tables for statement in (*_write_lift(table, vendor), *_write_guard(table, vendor))]


def guard(evidence: Models, *, using: str) -> None:
    """Guard what is not. Raises DatabaseError where the account may not make triggers."""
    _run(write_guards(list_unguarded(evidence, using=using), using=using), using=using)


def lift(evidence: Models, *, using: str) -> None:
    """Let the tables be changed, as a migration has to, until they are guarded again."""
    vendor = connections[using].vendor
    _run([line for model in evidence for line in _write_lift(model._meta.db_table, vendor)], using=using)


def _list_names(table: str) -> dict[str, str]:
    return {kind: f"{table}_no_{kind}" for kind in ("update", "delete")}


def _write_guard(table: str, vendor: str) -> list[str]:
    make, changes = _MAKE[vendor], _CHANGES[vendor]
    triggers = (make.format(name=name, change=changes[kind], table=table) for kind, name in _list_names(table).items())
    return [*(first.format(table=table) for first in _FIRST.get(vendor, [])), *triggers]


def _write_lift(table: str, vendor: str) -> list[str]:
    return [line.format(table=table) for line in _LIFT[vendor]]


def _run(statements: Iterable[str], *, using: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
