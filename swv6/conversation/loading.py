"""What is being loaded before a conversation, told when that takes long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import anyio

from swv6.telemetry.events import Notice, Report

PATIENCE = 3.0
"""Seconds of silence that nobody takes for a program that hangs."""
AGAIN = 10.0
"""Seconds from one such line to the next."""
NAMES = {"stt": "speech recognition", "llm": "the language model", "tts": "the voice"}


@dataclass(slots=True)
class Loading:
    """Stages that are opened at the same time."""

    report: Report
    _waiting: list[str] = field(default_factory=list)
    _scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)

    def stage(self, kind: str, work: Callable[[], Awaitable[None]]) -> Callable[[], Coroutine[Any, Any, None]]:
        """Give the same work, known to be under way until it ends."""
        self._waiting.append(kind)

        async def known() -> None:
            try:
                await work()
            finally:
                self._waiting.remove(kind)
                if not self._waiting:
                    self._scope.cancel()

        return known

    async def tell(self) -> None:
        """Say what is still waited for, from time to time, until everything is there."""
        with self._scope:
            await anyio.sleep(PATIENCE)
            while self._waiting:
                self.report(Notice(f"still loading: {', '.join(NAMES[kind] for kind in self._waiting)}"))
                await anyio.sleep(AGAIN)
