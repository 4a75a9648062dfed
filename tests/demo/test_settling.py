"""What time brings to the demo: everything that waits for a scheduler is settled, as often as one likes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from solerni_xblocks.demo import seed, settling
from solerni_xblocks.members import api as members
from solerni_xblocks.members.data import Reason, State

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)


def test_every_settling_command_of_ours_is_run() -> None:
    ours = {name for name in get_commands() if name.startswith("solerni_") and name.endswith("_settle")}
    assert set(settling.COMMANDS) == ours


def test_time_seals_a_closed_account(learner: Any) -> None:
    with freeze_time(NOON) as clock:
        members.close_account(learner.id, reason=Reason.OWN_WISH, actor_id=learner.id, motive=None)
        settling.settle()
        assert members.get_account(learner.id).state is State.CLOSING
        clock.tick(timedelta(days=8))
        settling.settle()
    assert members.get_account(learner.id).state is State.SEALED


def read_all_rows() -> dict[str, list[Any]]:
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


@pytest.mark.django_db
def test_settling_again_writes_nothing_and_asks_little() -> None:
    seed.seed_missing()
    settling.settle()
    before = read_all_rows()
    with CaptureQueriesContext(connection) as queries:
        settling.settle()
    assert read_all_rows() == before
    assert len(queries) < 60
