"""A real HTTP server on 127.0.0.1 that answers as a test tells it, and keeps what it was asked."""

from __future__ import annotations

import json
import socketserver
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Event, Thread
from typing import Any


@dataclass
class Asked:
    """One call as it came in; names of ``headers`` are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """What to answer. With ``drip`` the body comes a byte at a time, so many seconds apart; ``late``: before it all."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    late: float = 0.0
    drip: float = 0.0
    drips_headers: bool = False


class FakeService:
    """``reply`` is what it says next: a Reply, or a function from the call to one."""

    def __init__(self) -> None:
        self.reply: Reply | Callable[[Asked], Reply] = Reply()
        self.asked: list[Asked] = []
        self.over = Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
                service.asked.append(asked)
                reply = service.reply(asked) if callable(service.reply) else service.reply
                try:
                    self._say(reply)
                except OSError:  # who asked has left
                    self.close_connection = True

            def _say(self, reply: Reply) -> None:
                service.over.wait(reply.late)
                if reply.drips_headers:
                    self._drip(b"HTTP/1.1 200 OK\r\nX-Endless: " + b"x" * 10_000, 0.05)
                    return
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.drip:
                    self._drip(reply.body, reply.drip)
                else:
                    self.wfile.write(reply.body)

            def _drip(self, data: bytes, apart: float) -> None:
                for number in range(len(data)):
                    if service.over.wait(apart):
                        return
                    self.wfile.write(data[number : number + 1])
                    self.wfile.flush()

            def log_message(self, *args: Any) -> None:
                """Tests are quiet."""

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False
            allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1/ask"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
