"""Members and queries, the same on every side that runs on Django. Peers import it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def make_members(number: int) -> list[Any]:
    """That many accounts."""
    from django.contrib.auth import get_user_model

    model = get_user_model()
    names = [f"member{index:05}" for index in range(number)]
    model.objects.bulk_create(
        [model(username=name, email=f"{name}@example.org", password="!") for name in names], batch_size=1000
    )
    return list(model.objects.order_by("id"))


def count_queries(run: Callable[[], Any]) -> int:
    """Queries of one run."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)
