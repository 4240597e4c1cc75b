"""A voice whose engine blocks: it runs on a thread of its own, and stops when nobody listens any more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from threading import Event
from time import sleep
from typing import TYPE_CHECKING

import numpy as np

from swv6.plugins import TTS, Audio, Emit, Options
from swv6.plugins.worker import worker

if TYPE_CHECKING:
    from swv6.plugins import Samples


class Beeper:
    """Stands for somebody's engine: slow to load, slow to answer, and blocking."""

    rate = 16_000

    def speak(self, text: str) -> Iterator[Samples]:
        for _ in text.split():
            sleep(0.01)
            yield np.full(1600, 0.1, np.float32)


@asynccontextmanager
async def open_tts(options: Options) -> AsyncIterator[TTS]:
    """Load the engine on its thread; wait for its last answer before it is released."""
    async with worker("beeper") as thread:
        engine = await thread.call(Beeper)

        def say(text: str, /) -> AsyncIterator[Audio]:
            def job(emit: Emit[Audio], stop: Event) -> None:
                for samples in engine.speak(text):
                    if emit(Audio(samples, engine.rate)):
                        return

            return thread.stream(job)

        yield say
