"""Other people's log lines, put right."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from solerni_xblocks.core import logkit

SECRET = re.compile(r"(/door/)[^/]+")


@pytest.fixture
def log(request: Any, caplog: pytest.LogCaptureFixture) -> logging.Logger:
    caplog.set_level(logging.INFO)
    return logging.getLogger(f"tests.{request.node.name}")


def test_a_secret_is_masked_wherever_a_record_carries_it(log: logging.Logger, caplog: Any) -> None:
    logkit.mask(SECRET, log.name)
    log.warning("%s: %s (%d)", "Forbidden", "/door/hush/in", 403)
    log.warning("nothing to mask")
    assert [record.getMessage() for record in caplog.records] == ["Forbidden: /door/-/in (403)", "nothing to mask"]


def test_an_answer_is_one_short_line_and_a_fault_keeps_its_traceback(log: logging.Logger, caplog: Any) -> None:
    logkit.calm(log.name, attribute="code", words="Closed: %s")
    for raised in (type("Answer", (Exception,), {"code": "terms"})(), ValueError("bug")):
        try:
            raise raised
        except Exception as error:
            log.error("It failed", exc_info=error)
    answer, fault = caplog.records
    assert (answer.levelname, answer.getMessage(), answer.exc_info) == ("INFO", "Closed: terms", None)
    assert (fault.levelname, fault.getMessage(), bool(fault.exc_info)) == ("ERROR", "It failed", True)


def test_told_twice_is_done_once(log: logging.Logger) -> None:
    for _ in range(2):
        logkit.mask(SECRET, log.name)
        logkit.calm(log.name, attribute="code", words="Closed: %s")
    assert len(log.filters) == 2
