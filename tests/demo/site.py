"""A running demo in a process of its own, and the few requests that tests make of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

STOP_SECONDS = 20


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class DidNotStart(Exception):
    """The demo ended before it answered; the text is what it printed."""


class RunningDemo:
    """``python -m solerni_xblocks.demo`` on a free port, from its first answer on."""

    def __init__(self, data_dir: Path) -> None:
        self.port = find_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {**os.environ, "PORT": str(self.port), "DATA_DIR": str(data_dir)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "solerni_xblocks.demo"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(1200):
            try:
                requests.get(self.url, timeout=120)
                return
            except requests.ConnectionError:
                if self.process.poll() is not None:
                    raise DidNotStart(self.process.communicate()[0]) from None
                time.sleep(0.05)

    def stop(self) -> str:
        """Ctrl-C; returns all that was printed."""
        self.process.send_signal(signal.SIGINT)
        printed, _ = self.process.communicate(timeout=STOP_SECONDS)
        return printed


class Visitor:
    """A browser's session without the browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.headers.update({"Accept-Language": "en", "Accept": "text/html"})

    def get(self, path: str) -> requests.Response:
        # A connection each time, so that both worker processes answer now and then.
        return self.session.get(self.url + path, headers={"Connection": "close"}, timeout=30)

    def post(self, path: str, **data: str) -> requests.Response:
        page = self.get("/solerni/badges/verify/").text  # open to all, whatever they owe
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found
        return self.session.post(self.url + path, data={"csrfmiddlewaretoken": found.group(1), **data}, timeout=30)

    def enter(self, username: str) -> requests.Response:
        """Become a persona, who accepts the terms if they stand in the way."""
        answer = self.post(f"/demo/enter/{username}")
        return self.accept_terms() if "/solerni/terms/" in answer.url else answer

    def accept_terms(self) -> requests.Response:
        page = self.get("/solerni/terms/terms/?next=/").text
        version = re.search(r'name="version" value="([^"]+)"', page)
        if not version:  # somebody else at the same persona was faster
            return self.get("/")
        form = {"version": version[1], "language": "en", "answer": "accept", "agree": "on", "next": "/"}
        return self.post("/solerni/terms/terms/", **form)
