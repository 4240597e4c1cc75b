"""The board as server-sent events: each page at its own pace, none of them ever holding the conversation."""

from __future__ import annotations

from anyio import CancelScope, create_task_group, move_on_after
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from swv6.dashboard.board import WATCHERS, Board

PACE = 0.2
"""Seconds between two messages to a page: what changes faster is seen five times a second."""
QUIET = 15.0
"""Seconds after which a word is sent though nothing has changed, so that nobody in between hangs up."""
STALLED = 30.0
"""Seconds after which a page that takes nothing is given up; it comes back by itself if it is still there."""
HEAD = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]


class Stream:
    """An ASGI application that tells one page what is new, until either of them leaves."""

    def __init__(self, board: Board, stalled: float = STALLED) -> None:
        self._board, self._stalled = board, stalled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one page."""
        if self._board.watchers >= WATCHERS:
            await PlainTextResponse("too many pages look already", 503)(scope, receive, send)
            return
        with self._board.watching():
            async with create_task_group() as tasks:
                tasks.start_soon(_gone, receive, tasks.cancel_scope)
                await self._follow(send)
                tasks.cancel_scope.cancel()

    async def _follow(self, send: Send) -> None:
        seen = dict[str, int]()
        await send({"type": "http.response.start", "status": 200, "headers": HEAD})
        body = b"retry: 1000\n\n"
        while not self._board.closed.is_set():
            with move_on_after(self._stalled) as patience:
                await send({"type": "http.response.body", "body": body, "more_body": True})
            if patience.cancelled_caught:
                return
            with move_on_after(PACE):
                await self._board.closed.wait()
            news = dict[str, bytes]()
            with move_on_after(QUIET):
                news = await self._board.news(seen)
            body = b"".join(map(_event, news, news.values())) or b": still here\n\n"
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _event(name: str, data: bytes) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data)


async def _gone(receive: Receive, scope: CancelScope) -> None:
    """Stop as soon as the page is closed."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
