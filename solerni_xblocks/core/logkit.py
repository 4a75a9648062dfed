"""What others write into the log on our behalf, put right: secrets masked, answers that are no faults told shortly."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mask:
    """A log filter: in what a record tells, a dash stands for whatever follows the first group of ``pattern``."""

    pattern: re.Pattern[str]

    def __call__(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(self._mask(one) for one in record.args)
        return True

    def _mask(self, value: object) -> object:
        return self.pattern.sub(r"\1-", value) if isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class Calm:
    """A log filter: an exception that carries ``attribute`` is an answer, so one short line stays of its traceback."""

    attribute: str
    words: str

    def __call__(self, record: logging.LogRecord) -> bool:
        raised = record.exc_info[1] if record.exc_info else None
        code = getattr(raised, self.attribute, "")
        if code:
            record.levelno, record.levelname = logging.INFO, "INFO"
            record.msg, record.args, record.exc_info, record.exc_text = self.words, (code,), None, None
        return True


def mask(pattern: re.Pattern[str], *loggers: str) -> None:
    """Keep what follows the first group of ``pattern`` out of ``loggers``; told twice, done once."""
    for name in loggers:
        logging.getLogger(name).addFilter(Mask(pattern=pattern))  # an equal filter is not added again


def calm(logger: str, *, attribute: str, words: str) -> None:
    """Let exceptions with ``attribute`` be ``words`` (one ``%s``: its value) in ``logger``; told twice, done once."""
    logging.getLogger(logger).addFilter(Calm(attribute=attribute, words=words))
