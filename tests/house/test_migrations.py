"""Migrations say what the models say, in one line, under names that tell."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
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
