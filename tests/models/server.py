"""A real local HTTP server with byte ranges, which can be told to misbehave."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BLOCK = 16_384


@dataclass
class Served:
    """What the server offers, how it misbehaves and what it was asked."""

    pages: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    """Path -> bytes after which the connection is cut, once."""
    status: dict[str, int] = field(default_factory=dict)
    busy: dict[str, int] = field(default_factory=dict)
    """Path -> how many times it is answered with 503 first."""
    pause: float = 0.0
    """Seconds between two blocks of a body."""
    gate: threading.Event | None = None
    """Files wait until it is set."""
    ranges: bool = True
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path, Range header."""
    authorized: list[str] = field(default_factory=list)
    """The Authorization header of each request, empty when it had none."""
    url: str = ""

    def gets(self, end: str) -> list[str]:
        """The Range headers of each GET of a path that ends so."""
        return [r for method, path, r in self.asked if method == "GET" and path.endswith(end)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: Served

    def log_message(self, *args: Any) -> None: ...

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        served, path = self.served, self.path.partition("?")[0]
        asked = self.headers.get("Range", "")
        served.asked.append((self.command, path, asked))
        served.authorized.append(self.headers.get("Authorization", ""))
        content = served.pages.get(path)
        busy = self.command == "GET" and served.busy.get(path, 0)
        if content is None or path in served.status or busy:
            served.busy[path] = max(busy - 1, 0)
            self.send_response(503 if busy else served.status.get(path, 404))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = int(re.findall(r"\d+", asked)[0]) if asked and served.ranges else 0
        if start and start >= len(content):
            self.send_response(416)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", served.types.get(path, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if body:
            self._send(path, content[start:])

    def _send(self, path: str, content: bytes) -> None:
        if self.served.gate and path.startswith("/files/"):
            self.served.gate.wait(20)
        limit = self.served.cut.pop(path, len(content))
        for begin in range(0, limit, BLOCK):
            self.wfile.write(content[begin : min(begin + BLOCK, limit)])
            self.wfile.flush()
            time.sleep(self.served.pause)
        if limit < len(content):
            self.close_connection = True


@contextmanager
def serving() -> Iterator[Served]:
    """Serve until the block ends."""
    served = Served()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"served": served}))
    server.handle_error = lambda request, address: None  # type: ignore[method-assign, assignment]  # clients that hang up
    served.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
