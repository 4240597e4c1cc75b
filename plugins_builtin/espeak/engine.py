"""espeak-ng as a stage: sound from the first millisecond."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from threading import Event

import numpy as np

from plugins_builtin.espeak.library import Espeak
from plugins_builtin.espeak.options import EspeakOptions
from swv6.plugins import TTS, Audio, Emit, MissingExtra, ModelError, Worker, shared
from swv6.plugins.border import border
from swv6.plugins.worker import worker

SCALE = np.float32(1 / 32_768)
"""From 16-bit samples to [-1, 1]."""


@asynccontextmanager
async def open_espeak(options: EspeakOptions) -> AsyncIterator[TTS]:
    """Open espeak-ng as a stage of float32 sound at 22.05 kHz.

    Raises MissingExtra when the library cannot be loaded, ModelError for a voice that it does not have.
    """
    async with shared("espeak", _open_engine) as (thread, engine):
        with border("espeak", ModelError, "espeak-ng --voices, or set `voice: fr`"):
            await thread.call(partial(_use, engine, options))

        async def espeak(text: str) -> AsyncIterator[Audio]:
            with border("espeak could not speak"):
                async for audio in thread.stream(partial(_speak, engine, options, text)):
                    yield audio

        yield espeak


@asynccontextmanager
async def _open_engine() -> AsyncIterator[tuple[Worker, Espeak]]:
    async with worker("espeak") as thread:
        with border("espeak cannot load its library", MissingExtra, 'pip install "swv6[embedded]"'):
            engine = await thread.call(Espeak)
        try:
            yield thread, engine
        finally:
            await thread.call(engine.close)


def _use(engine: Espeak, options: EspeakOptions) -> None:
    engine.use(options.voice or options.language or "fr", options.words_per_minute, options.pitch, options.volume)


def _speak(engine: Espeak, options: EspeakOptions, text: str, emit: Emit[Audio], stop: Event) -> None:
    if not any(character.isalnum() for character in text):
        return

    def heard(pcm: bytes) -> bool:
        return emit(Audio(np.frombuffer(pcm, "<i2").astype(np.float32) * SCALE, engine.rate))

    _use(engine, options)
    engine.say(text, heard)
