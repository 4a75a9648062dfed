"""Processes that measure: our own, and one for each peer in an environment apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Timer
from typing import Any

from tests.benchmarks import material

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".venv-bench"
REQUIREMENTS = Path(__file__).parent / "peers"
DRIVERS = ROOT / "requirements" / "databases.txt"
PATIENCE = 3_600 if material.IS_LARGE else 300
"""Seconds after which an answer is no longer waited for."""


class SideError(Exception):
    """A side that cannot be installed, or that failed; the text says why in one line."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One program that measures: a module, and the pinned requirements it needs beyond ours (none: our environment)."""

    module: str
    requirements: str = ""


def install(side: Side) -> Path:
    """The interpreter that runs ``side``, with what it requires. Raises SideError."""
    if not side.requirements:
        return Path(sys.executable)
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        _call([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    for wanted in [REQUIREMENTS / side.requirements, *([DRIVERS] if material.IS_LARGE else [])]:
        stamp = ENVIRONMENT / f"{wanted.stem}.installed"
        digest = sha256(wanted.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != digest:
            # The pins are complete. Without --no-deps, openedx-forum would build a MySQL client even for SQLite.
            _call([str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--requirement", str(wanted)])
            stamp.write_text(digest, encoding="ascii")
    return python


def _call(command: list[str]) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SideError("cannot be installed: " + _find_last_line(done.stderr))


class Process:
    """A side that runs and answers orders."""

    def __init__(self, process: subprocess.Popen[str], errors: Path) -> None:
        self._process = process
        self._errors = errors

    def wait(self) -> None:
        """Until its data is made. Raises SideError."""
        self._read()

    def take_readings(self, line: str, times: int) -> list[float]:
        """``times`` readings of ``line``. Raises SideError."""
        answer: list[float] = self._ask({"line": line, "times": times})
        return answer

    def count_queries(self, line: str) -> int | None:
        """Queries of one run of ``line``. Raises SideError."""
        answer: int | None = self._ask({"line": line})
        return answer

    def _ask(self, order: dict[str, Any]) -> Any:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise SideError(self._explain()) from error
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        timer = Timer(PATIENCE, self._process.kill)
        timer.start()
        answer = self._process.stdout.readline()
        timer.cancel()
        if not answer:
            raise SideError(self._explain())
        return json.loads(answer)

    def _explain(self) -> str:
        return "does not run: " + _find_last_line(self._errors.read_text(encoding="utf-8"))


@contextmanager
def start(side: Side, folder: Path) -> Iterator[Process]:
    """``side`` making its data in ``folder``, to be waited for, then asked; ended on the way out. Raises SideError."""
    python = install(side)
    folder.mkdir()
    errors = folder / "stderr.txt"
    with (
        errors.open("w", encoding="utf-8") as sink,
        subprocess.Popen(
            [str(python), "-m", side.module, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
        ) as process,
    ):
        try:
            yield Process(process, errors)
        finally:
            process.kill()
            with suppress(BrokenPipeError):  # a side that failed has not read its last order
                process.stdin.close()


def _find_last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "no word of why"
