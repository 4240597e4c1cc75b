"""A real HTTP server that speaks as much of the OpenAI protocol as the tests need, and fails as they wish."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Script:
    """How the server behaves; replace `server.script` at any time."""

    deltas: tuple[str, ...] = ("Deux heures", " font", " 120 minutes", ".")
    die_after: int | None = None
    """Deltas before the connection is cut in mid-stream."""
    die_at_once: bool = False
    """Close every connection without an answer."""
    hang_after: int | None = None
    """Deltas before it falls silent, the connection still open."""
    wait: float = 0.0
    """Seconds before a chat is answered."""
    status: int = 200
    message: str = "the server's own words"
    """Of the error that goes with another status."""
    raw: bytes | None = None
    """Sent instead of the stream of events."""
    key: str = ""
    """What the client must send; empty: nothing."""
    drop: int = 0
    """Requests on a kept connection after which it is closed without an answer; 0: never."""
    models: tuple[str, ...] = ("test-model",)
    transcript: dict[str, Any] = field(default_factory=lambda: {"text": "Bonjour."})
    sound: tuple[bytes, ...] = ()
    """The pieces of what /audio/speech answers."""


@dataclass
class LLMServer:
    """A running server."""

    url: str
    """With the /v1."""
    script: Script
    bodies: list[bytes] = field(default_factory=list)
    """Of the POST requests so far."""
    connections: set[socket.socket] = field(default_factory=set)
    accepted: int = 0
    """Connections so far."""
    left: threading.Event = field(default_factory=threading.Event)
    """Set when a client has left a stream before its end."""
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def requests(self) -> int:
        """How many answers were asked for."""
        return len(self.bodies)

    @property
    def last(self) -> Any:
        """The JSON body of the last request."""
        return json.loads(self.bodies[-1])


@contextmanager
def llm_server(script: Script | None = None) -> Iterator[LLMServer]:
    """Run a server on a free port of the loopback."""

    class Handler(_Handler):
        server_state: LLMServer

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.block_on_close = False
        Handler.server_state = state = LLMServer(f"http://127.0.0.1:{http.server_address[1]}/v1", script or Script())
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield state
        finally:
            state.closing.set()
            http.shutdown()
            thread.join()
            for connection in tuple(state.connections):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_state: LLMServer
    served = 0

    def setup(self) -> None:
        super().setup()
        self.server_state.accepted += 1
        self.server_state.connections.add(self.connection)

    def finish(self) -> None:
        self.server_state.connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.server_state.left.set()
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        script = self.server_state.script
        if self._welcome(script):
            self._json(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in script.models]})

    def do_POST(self) -> None:
        script = self.server_state.script
        self.served += 1
        if script.die_at_once or (script.drop and self.served > script.drop):
            self.close_connection = True
            return
        self.server_state.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        if not self._welcome(script):
            return
        if self.path == "/v1/chat/completions":
            self._chat(script)
        elif self.path == "/v1/audio/transcriptions":
            self._json(200, script.transcript)
        elif self.path == "/v1/audio/speech":
            self._stream("audio/wav", script, list(script.sound))
        else:
            self._json(404, {"error": {"message": f"no such path: {self.path}"}})

    def _welcome(self, script: Script) -> bool:
        if script.key and self.headers.get("Authorization") != f"Bearer {script.key}":
            self._json(401, {"error": {"message": "invalid key", "code": 401}})
        elif script.status != 200:
            self._json(script.status, {"error": {"message": script.message, "code": script.status}})
        else:
            return True
        return False

    def _json(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _chat(self, script: Script) -> None:
        self.server_state.closing.wait(script.wait)
        if script.raw is not None:
            return self._stream("text/event-stream", script, [script.raw])
        opening = _event({"delta": {"role": "assistant", "content": None}, "finish_reason": None})
        deltas = [_event({"delta": {"content": delta}, "finish_reason": None}) for delta in script.deltas]
        ending = [_event({"delta": {}, "finish_reason": "stop"}), b"data: [DONE]\n\n"]
        return self._stream("text/event-stream", script, [opening, *deltas, *ending], before=1)

    def _stream(self, kind: str, script: Script, pieces: list[bytes], before: int = 0) -> None:
        """Send the pieces, chunked; `before` of them do not count as deltas."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for index, piece in enumerate([*pieces, b""]):
            if script.die_after == index - before:
                return self._die()
            if script.hang_after == index - before:
                self._hang()
            if piece or index == len(pieces):
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        return None

    def _die(self) -> None:
        """Cut the connection, as a killed process does."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _hang(self) -> None:
        """Say nothing until the client leaves or the test ends."""
        self.connection.settimeout(0.02)
        while not self.server_state.closing.is_set():
            try:
                if not self.connection.recv(1):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        raise ConnectionResetError("nobody listens")


def _event(choice: dict[str, Any]) -> bytes:
    chunk = {"object": "chat.completion.chunk", "choices": [{"index": 0, **choice}]}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"
