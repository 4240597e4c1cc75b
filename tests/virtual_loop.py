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
        timers = [timer.when() for timer in self._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        if timers and not self._ready:  # type: ignore[attr-defined]
            self._now = max(self._now, min(timers))
        super()._run_once()  # type: ignore[misc]


BACKEND = ("asyncio", {"loop_factory": VirtualLoop})
"""For the `anyio_backend` fixture."""
