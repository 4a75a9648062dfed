"""Many write at once: a few seconds of what ``tests.benchmarks.rush`` does for a minute."""

from __future__ import annotations

import pytest
from django.db import connection

from solerni_xblocks.demo.register import SiteRegister
from solerni_xblocks.host import standalone
from tests.benchmarks import rush as rushing

SECONDS = 5


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_doubled_or_miscounted_when_many_write_at_once(monkeypatch) -> None:
    monkeypatch.setattr(standalone, "register", SiteRegister())
    rush = rushing.prepare(rushing.WRITERS)
    # SQLite lets one write after another: fifty would only wait.
    rush.run(writers=4 if connection.vendor == "sqlite" else rushing.WRITERS, seconds=SECONDS)
    assert not rush.faults
    assert rushing.find_differences(rush) == []
    assert rush.again
