"""What `swv6 dashboard` serves: the board of the conversation that runs, and how past ones went."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing, suppress
from statistics import median
from time import monotonic
from typing import Any, NamedTuple

import httpx
from anyio import create_task_group, sleep, sleep_forever, to_thread

from swv6.dashboard.board import Board
from swv6.dashboard.following import Source, sections, source
from swv6.dashboard.moment import later
from swv6.dashboard.routes import routes
from swv6.dashboard.running import newest
from swv6.errors import Swv6Error, UsageError
from swv6.telemetry import serving
from swv6.telemetry.access import Access

AGAIN = 1.0
"""Seconds between two looks for a conversation."""
PAST = 20
"""Past conversations that are listed."""


class Place(NamedTuple):
    """What was asked for."""

    access: Access
    port: int
    of: str
    """Which conversation; empty for the newest one on this machine."""


async def watched(place: Place, begun: Callable[[str], object]) -> None:
    """Serve until cancelled. Raises UsageError when the port cannot be had, or `of` cannot be watched."""
    at = serving.bound(place.access, place.port, "the dashboard", "swv6 dashboard --port PORT")
    with at:
        watch = Watch(place)
        if place.of:
            await watch.reach()
        app = serving.application(routes(watch.board, place.access), place.access)
        async with serving.served(app, at), create_task_group() as tasks:
            tasks.start_soon(watch.follow)
            begun(serving.address(at))
            try:
                await sleep_forever()
            finally:
                watch.board.close()


class Watch:
    """A board that shows another process's."""

    def __init__(self, place: Place) -> None:
        self.board = Board()
        self._place = place
        self._values: dict[str, Any] = {}
        self._since = 0.0
        """When `now` was read."""
        self._show("viewer", {"attached": False})

    async def reach(self) -> None:
        """Raise UsageError unless what was asked for can be watched now."""
        wanted = source(self._place.of, self._place.access.token)
        try:
            async with aclosing(sections(wanted)) as found:
                await anext(found)
        except (httpx.HTTPError, StopAsyncIteration) as error:
            reason = str(error) or "it ended"
            raise UsageError(f"no conversation answers at {wanted.url}: {reason}", "swv6 talk --metrics PORT") from None

    async def follow(self) -> None:
        """Show the conversation that runs; when it ends, show its end, and wait for the next."""
        while True:
            self._show("sessions", await to_thread.run_sync(_past))
            found = await self._wait()
            with suppress(httpx.HTTPError, UsageError):  # one that is just beginning, or ending
                await self._attach(found)
            await sleep(AGAIN)

    async def _attach(self, found: Source) -> None:
        try:
            async with aclosing(sections(found)) as news:
                async for name, value in news:
                    self._show(name, value)
                    if not self._values["viewer"]["attached"]:
                        self._show("viewer", {"attached": True})
        finally:
            self._show("viewer", {"attached": False})
            if "now" in self._values:
                self._show("now", {**self._now(), "state": "ended"})

    async def _wait(self) -> Source:
        """Look for one every AGAIN seconds."""
        while True:
            found = await to_thread.run_sync(self._found)
            if found is not None:
                return found
            await sleep(AGAIN)

    def _found(self) -> Source | None:
        where = self._place.of or newest()
        return source(where, self._place.access.token) if where else None

    def _show(self, name: str, value: object) -> None:
        self._values[name] = value
        if name == "now":
            self._since = monotonic()
        self.board.show(name, self._now if name == "now" else lambda: self._values[name], aging=name == "now")

    def _now(self) -> dict[str, Any]:
        """Give the moment that was read last, with the time that has gone by since."""
        return later(self._values["now"], monotonic() - self._since)


def _past() -> list[dict[str, Any]]:
    """Say how past conversations went, the newest first; nothing of what was said in them."""
    from swv6.sessions.archive import listing

    try:
        return [_session(row.id, row.began, row.profile) for row in listing()[:PAST]]
    except Swv6Error:  # the file cannot be read: `swv6 sessions list` says why
        return []


def _session(id: int, began: float, profile: str) -> dict[str, Any]:
    from swv6.sessions.archive import story

    turns = story(str(id)).turns
    waits = [turn.answered.start - turn.asked.end for turn in turns if turn.answered.start > turn.asked.end > 0]
    return {
        "began": began,
        "profile": profile,
        "turns": len(turns),
        "answered": sum(turn.outcome in ("ok", "interrupted") for turn in turns),
        "wait": round(median(waits) * 1e3) if waits else None,
    }
