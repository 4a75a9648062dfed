"""Triggers by which the database itself refuses to change or empty tables of evidence, whoever asks it. No domain word.

They are no part of a migration: the operator makes them (docs/decisions/0015-evidence-in-the-database.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connections, models

Models = Iterable[type[models.Model]]

_SAYS = "{table} is evidence: rows are added, never changed or removed"
_SQLITE = "CREATE TRIGGER {name} BEFORE {change} ON {table} {when}BEGIN SELECT RAISE(ABORT, '" + _SAYS + "'); END"
_MYSQL = (
    "CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW "
    "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '" + _SAYS + "'"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION '" + _SAYS + "' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRESQL = "CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"

_MAKE = {"sqlite": _SQLITE, "mysql": _MYSQL, "postgresql": _POSTGRESQL}
_CHANGES = {
    # INSERT OR REPLACE takes rows away there without a word to what guards DELETE.
    "sqlite": {"update": "UPDATE", "delete": "DELETE", "replace": "INSERT"},
    "mysql": {"update": "UPDATE", "delete": "DELETE"},
    "postgresql": {"update": "UPDATE", "delete": "DELETE OR TRUNCATE"},
}
_STANDING = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "mysql": (
        "SELECT event_object_table, trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()"
    ),
    "postgresql": (
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    ),
}


def list_unguarded(evidence: Models, *, using: str) -> list[str]:
    """The tables of ``evidence`` that are there and that the database would let somebody change."""
    return [model._meta.db_table for model in _find_unguarded(evidence, using)]


def write_guards(evidence: Models, *, using: str) -> list[str]:
    """The statements that guard ``evidence`` afresh, for who has the right to run them."""
    vendor = connections[using].vendor
    return [line for model in evidence for line in (*_write_lift(model, vendor), *_write_guard(model, vendor))]


def guard(evidence: Models, *, using: str) -> None:
    """Guard what is not. Raises DatabaseError where the account may not make triggers."""
    _run(write_guards(_find_unguarded(evidence, using), using=using), using=using)


def lift(evidence: Models, *, using: str) -> None:
    """Let the tables be changed, as a migration has to, until they are guarded again."""
    vendor = connections[using].vendor
    _run([line for model in evidence for line in _write_lift(model, vendor)], using=using)


def _find_unguarded(evidence: Models, using: str) -> list[type[models.Model]]:
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        cursor.execute(_STANDING[connection.vendor])
        standing = set(cursor.fetchall())
    return [
        model
        for model in evidence
        if model._meta.db_table in there
        and not standing.issuperset(
            (model._meta.db_table, name) for name in _list_names(model, connection.vendor).values()
        )
    ]


def _list_names(model: type[models.Model], vendor: str) -> dict[str, str]:
    return {kind: f"{model._meta.db_table}_no_{kind}" for kind in _CHANGES[vendor]}


def _write_guard(model: type[models.Model], vendor: str) -> list[str]:
    table = model._meta.db_table
    first = [_FUNCTION.format(table=table)] if vendor == "postgresql" else []
    taken = " OR ".join(f"{field.column} = NEW.{field.column}" for field in model._meta.concrete_fields if field.unique)
    when = {"replace": f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) "}  # noqa: S608  names of our own
    return first + [
        _MAKE[vendor].format(name=name, change=_CHANGES[vendor][kind], table=table, when=when.get(kind, ""))
        for kind, name in _list_names(model, vendor).items()
    ]


def _write_lift(model: type[models.Model], vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP FUNCTION IF EXISTS {model._meta.db_table}_refuse() CASCADE"]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in _list_names(model, vendor).values()]


def _run(statements: Iterable[str], *, using: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
