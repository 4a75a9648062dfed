"""The database itself refuses to change what is evidence, whoever asks it and by whatever way."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection, transaction

from solerni_xblocks.core import evidencekit
from solerni_xblocks.core.modelkit import AppendOnlyModel
from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.models import EVIDENCE, Decision, LogEntry
from tests.discussion.conftest import INSULT, REFUSE, open_thread

TABLES = [model._meta.db_table for model in EVIDENCE]
RIGHT_DENIED = OperationalError(1419, "You do not have the SUPER privilege and binary logging is enabled")

WRITE_OVER = {
    "sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
    "mysql": "REPLACE INTO {0} SELECT * FROM {0}",
    "postgresql": "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT (id) DO UPDATE SET {1} = EXCLUDED.{1}",
}


def run_sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def command(*options: str) -> str:
    out = StringIO()
    call_command("solerni_discussion_evidence", *options, stdout=out)
    return out.getvalue()


def list_warnings() -> list[str]:
    told = run_checks(databases=["default"])
    return [one.msg for one in told if one.id == "solerni_discussion.W011"]


@pytest.fixture
def guarded(transactional_db: None) -> Iterator[None]:
    """The operator has made the triggers; before tables are emptied for the next test they go."""
    command("--guard")
    yield
    api.lift_evidence("default")


@pytest.fixture
def decided(guarded: None, learner: Any, moderator: Any, cafe: Any) -> Any:
    """A refusal: a decision with its ground and its statement, and the entry of the log."""
    post = open_thread(learner, cafe, source=INSULT)
    return api.decide_post(moderator.id, post.uuid, REFUSE)


def test_every_model_that_only_grows_is_guarded_in_the_database() -> None:
    models = apps.get_app_config("solerni_discussion").get_models()
    assert set(EVIDENCE) == {model for model in models if issubclass(model, AppendOnlyModel)}


def test_no_statement_of_sql_changes_or_removes_a_row_of_evidence(decided: Any) -> None:
    for model in EVIDENCE:
        before = list(model.objects.values())
        assert before
        table, column = model._meta.db_table, model._meta.fields[-1].column
        for statement in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", WRITE_OVER[connection.vendor]):
            with pytest.raises(DatabaseError, match="evidence"):
                run_sql(statement.format(table, column))
        assert list(model.objects.values()) == before


def test_what_an_authority_orders_is_possible_once_the_operator_lifts_the_guard(decided: Any, moderator: Any) -> None:
    statement = "UPDATE solerni_discussion_logentry SET actor_id = NULL WHERE actor_id = %s"
    with pytest.raises(DatabaseError, match="evidence"):
        run_sql(statement, moderator.id)
    assert "lets evidence be changed" in command("--lift")
    run_sql(statement, moderator.id)
    assert LogEntry.objects.get().actor_id is None
    assert command("--guard") == "The database refuses to change evidence.\n"
    with pytest.raises(DatabaseError, match="evidence"):
        run_sql(statement.replace("= %s", "IS NULL"))


def test_the_check_and_the_command_name_the_tables_that_are_open(guarded: None) -> None:
    assert (list_warnings(), command()) == ([], "The database refuses to change evidence.\n")
    evidencekit.lift([Decision], using="default")
    assert list_warnings() == [f"Nothing in the database default refuses to change {Decision._meta.db_table}."]
    with pytest.raises(CommandError, match=f"changed: {Decision._meta.db_table}.$"):
        command()


@pytest.mark.django_db(transaction=True)
def test_where_the_account_may_make_no_trigger_the_command_says_so() -> None:
    with patch.object(evidencekit, "_run", side_effect=RIGHT_DENIED), pytest.raises(CommandError, match="SUPER"):
        command("--guard")
    assert len(list_warnings()) == len(TABLES)


@pytest.mark.usefixtures("guarded")
def test_who_has_the_right_makes_the_triggers_from_the_statements_that_the_command_writes() -> None:
    api.lift_evidence("default")
    statements = command("--sql").split(";\n")
    with connection.cursor() as cursor:
        for statement in filter(None, statements):
            cursor.execute(statement)
    assert api.list_unguarded_evidence("default") == []
