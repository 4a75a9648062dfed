"""Members, rows by the thousand, queries: the same on every side that runs on Django. Peers import it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from tests.benchmarks import material

CONTROLS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def make_tables() -> None:
    """The tables, in a database that is made first where a server keeps several."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "mysql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.settings_dict['NAME']}")
    call_command("migrate", verbosity=0)


def add_all(model: type[Any], rows: Iterable[Any]) -> None:
    """Add ``rows`` as they come: never more than a thousand in memory."""
    iterator = iter(rows)
    while batch := list(islice(iterator, 1000)):
        model.objects.bulk_create(batch)


def repeat_replies(model: type[Any], *, replies: str = "TRUE", own: Mapping[str, str]) -> None:
    """Copy rows that are replies (so says ``replies``, in SQL) as often as agreed; of a small profile, none.

    ``own``: what a copy does not share, as SQL by column. Numbers keep the distance that material.make_id gives them.
    The text of each copy is its own too, by a note at its end.
    """
    from django.db import connection

    quote, table = connection.ops.quote_name, model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    written = material.THREADS * material.POSTS_WRITTEN
    for turn in range(1, material.COPIES + 1):
        own_now = {"id": f"id + {turn * written}"} | {name: sql.format(turn=turn) for name, sql in own.items()}
        given = ", ".join(own_now.get(column, quote(column)) for column in columns)
        into = f"INSERT INTO {table} ({', '.join(map(quote, columns))})"
        with connection.cursor() as cursor:
            cursor.execute(f"{into} SELECT {given} FROM {table} WHERE id <= {written} AND {replies}")  # noqa: S608 - ours


def make_members(number: int) -> list[Any]:
    """That many accounts."""
    from django.contrib.auth import get_user_model

    model = get_user_model()
    names = [f"member{index:05}" for index in range(number)]
    model.objects.bulk_create(
        [model(username=name, email=f"{name}@example.org", password="!") for name in names], batch_size=1000
    )
    return list(model.objects.order_by("id"))


def use_database(name: str) -> bool:
    """Let Django stand on the database ``name``, beside the one it began with (``bench``); whether it is a new one."""
    from django.core.management import call_command
    from django.db import connection

    path = Path(connection.settings_dict["NAME"]).with_name(f"{name}.sqlite3")
    is_new = not path.exists()
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    if is_new:
        call_command("migrate", verbosity=0)
    return is_new


def count_queries(run: Callable[[], Any]) -> int:
    """Queries of one run; beginning and ending a transaction is none."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return sum(not query["sql"].startswith(CONTROLS) for query in captured)
