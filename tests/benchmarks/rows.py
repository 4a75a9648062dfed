"""Members and queries, the same on every side that runs on Django. Peers import it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

CONTROLS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


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
