"""An event loop whose clock jumps to the next timer: hours of conversation in milliseconds, the same every time."""

from __future__ import annotations

import asyncio


class VirtualLoop(asyncio.SelectorEventLoop):
    """Never sleeps: when nothing is ready, time is what the next timer waits for."""

    _now = 0.0

    def time(self) -> float:
        """Give the virtual seconds."""
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self._now = max(self._now, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


BACKEND = ("asyncio", {"loop_factory": VirtualLoop})
"""For the `anyio_backend` fixture."""
