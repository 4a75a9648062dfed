"""Calls to other machines: bounded in time and size, no redirect followed, no key of a netrc file."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import requests
from urllib3.exceptions import HTTPError

MOST_BYTES = 65_536
SECONDS = 2.0
_PIECE = 1024


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the other machine said. Names of ``headers`` are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Unreachable(Exception):
    """No answer that could be used: ``code`` is timeout, connection or too_large."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """The answer to ``body`` within ``seconds`` in all: name, connection, headers and body together.

    A redirect is an answer like any other: it is not followed. Raises: Unreachable.
    """
    found: SimpleQueue[Answer | Unreachable] = SimpleQueue()
    # Headers that come a byte at a time pass any time-out of a socket: whoever waits leaves at the deadline.
    call = Thread(target=_call, args=(found, url, body, dict(headers), time.monotonic() + seconds, most_bytes))
    call.daemon = True
    call.start()
    try:
        answer = found.get(timeout=seconds)
    except Empty:
        raise Unreachable("timeout") from None
    if isinstance(answer, Unreachable):
        raise answer
    return answer


def _call(
    found: SimpleQueue[Answer | Unreachable],
    url: str,
    body: bytes,
    headers: dict[str, str],
    deadline: float,
    most_bytes: int,
) -> None:
    try:
        found.put(_fetch(url, body, headers, deadline, most_bytes))
    except Unreachable as error:
        found.put(error)
    except requests.Timeout:
        found.put(Unreachable("timeout"))
    except (requests.RequestException, HTTPError, OSError, ValueError):
        found.put(Unreachable("connection"))


def _fetch(url: str, body: bytes, headers: dict[str, str], deadline: float, most_bytes: int) -> Answer:
    left = max(0.01, deadline - time.monotonic())
    sent: dict[str, Any] = {"data": body, "headers": {"Accept-Encoding": "identity", **headers}, "timeout": left}
    with (
        requests.Session() as session,
        session.post(url, stream=True, allow_redirects=False, auth=_leave, **sent) as response,
    ):
        pieces, size = [], 0
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            if size > most_bytes:
                raise Unreachable("too_large")
            if time.monotonic() > deadline:
                raise Unreachable("timeout")
            pieces.append(piece)
        names = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status=response.status_code, headers=names, body=b"".join(pieces))


def _leave(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No credentials but those given: without this, those of a netrc file would take their place."""
    return request
