"""Migrations say what the models say, in one line, under names that tell."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = [app.label for app in apps.get_app_configs() if app.label.startswith("solerni_")]


@pytest.mark.django_db
def test_no_model_change_waits_for_a_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_each_app_has_one_line_of_named_migrations() -> None:
    loader = MigrationLoader(None)
    for label in OURS:
        names = [name for app, name in loader.graph.nodes if app == label]
        assert len(loader.graph.leaf_nodes(label)) == (1 if names else 0)
        assert not [name for name in names if "_auto_" in name]


@pytest.mark.django_db
@pytest.mark.parametrize("label", OURS)
def test_every_migration_can_be_undone(label: str) -> None:
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if app == label:
            assert all(operation.reversible for operation in migration.operations), f"{app}.{name}"


@pytest.mark.django_db(transaction=True)
def test_migrations_go_forwards_backwards_to_nothing_and_forwards_again() -> None:
    """On every database that the suite runs on."""
    before = describe_tables()
    assert before
    for label in OURS:
        if MigrationLoader(None).graph.leaf_nodes(label):
            call_command("migrate", label, "zero", verbosity=0)
    assert describe_tables() == {}
    call_command("migrate", verbosity=0)
    assert describe_tables() == before


def describe_tables() -> dict[str, list[tuple[str, ...]]]:
    """Our tables as the database has them: the columns and, by what they refuse or speed up, its constraints."""
    told = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("solerni_"):
                columns = [(field.name,) for field in connection.introspection.get_table_description(cursor, table)]
                constraints = connection.introspection.get_constraints(cursor, table).values()
                told[table] = sorted(columns) + sorted(_describe(constraint) for constraint in constraints)
    return told


def _describe(constraint: dict[str, Any]) -> tuple[str, ...]:
    kinds = ("unique", "primary_key", "index", "foreign_key", "check")
    return (*(kind for kind in kinds if constraint[kind]), *(constraint["columns"] or ()))
