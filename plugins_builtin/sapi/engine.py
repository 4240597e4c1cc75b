"""The voices of Windows through COM; everything happens on the thread that made the objects.

Written from Microsoft's SAPI 5.4 reference and tested against a fake COM object: no Windows machine was at hand.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from threading import Event
from typing import Any

import numpy as np

from plugins_builtin.sapi.options import SapiOptions
from swv6.plugins import TTS, Audio, Emit, ModelError
from swv6.plugins.border import border
from swv6.plugins.worker import worker

RATE = 22_050
"""Hz of the format below."""
FORMAT = 22
"""SAFT22kHz16BitMono."""
ASYNC, PURGE, NOT_XML = 1, 2, 16
"""SVSFlagsAsync, SVSFPurgeBeforeSpeak, SVSFIsNotXML."""
POLL = 20
"""Milliseconds between two looks at whether anyone still listens."""
LANGUAGES = {"de": 0x07, "en": 0x09, "es": 0x0A, "fr": 0x0C, "it": 0x10, "nl": 0x13, "pt": 0x16}
"""Primary language of a Windows language identifier: its low ten bits."""

SCALE = np.float32(1 / 32_768)
"""From 16-bit samples to [-1, 1]."""


@asynccontextmanager
async def open_sapi(options: SapiOptions) -> AsyncIterator[TTS]:
    """Open a voice of Windows as a stage of float32 sound at 22.05 kHz.

    Raises ModelError when Windows has no voice of the language.
    """
    async with worker("sapi") as thread:
        with border("sapi cannot start", ModelError):
            engine = await thread.call(partial(Sapi, options))

        async def sapi(text: str) -> AsyncIterator[Audio]:
            with border("sapi could not speak"):
                async for audio in thread.stream(partial(engine.speak, text)):
                    yield audio

        try:
            yield sapi
        finally:
            await thread.call(engine.close)


class Sapi:
    """A voice of Windows, on the thread that makes it."""

    def __init__(self, options: SapiOptions) -> None:
        import comtypes
        import comtypes.client

        comtypes.CoInitialize()
        self._com = comtypes
        self._voice: Any = None
        try:
            self._voice = comtypes.client.CreateObject("SAPI.SpVoice")
            self._voice.Voice = _choose(self._voice.GetVoices(), options)
            self._voice.Rate = options.speed
        except BaseException:  # Ctrl-C and cancels too; raised again
            self.close()
            raise

    def speak(self, text: str, emit: Emit[Audio], stop: Event) -> None:
        """Speak into memory, faster than real time, and emit it whole; stop early when nobody listens."""
        if not any(character.isalnum() for character in text):
            return
        stream = self._com.client.CreateObject("SAPI.SpMemoryStream")
        stream.Format.Type = FORMAT
        self._voice.AudioOutputStream = stream
        self._voice.Speak(text, ASYNC | NOT_XML)
        while not self._voice.WaitUntilDone(POLL):
            if stop.is_set():
                self._voice.Speak("", ASYNC | PURGE)
                return
        pcm = bytes(bytearray(stream.GetData()))
        emit(Audio(np.frombuffer(pcm, "<i2").astype(np.float32) * SCALE, RATE))

    def close(self) -> None:
        """Release the voice, then leave COM."""
        self._voice = None
        self._com.CoUninitialize()


def _choose(tokens: Any, options: SapiOptions) -> Any:
    """Take the first installed voice of the name and the language."""
    for token in (tokens.Item(index) for index in range(tokens.Count)):
        spoken = {int(code, 16) & 0x3FF for code in token.GetAttribute("Language").split(";") if code}
        fits = LANGUAGES.get(options.language) in spoken if not options.voice else True
        if fits and options.voice.lower() in token.GetDescription().lower():
            return token
    wanted = options.voice or options.language
    raise ModelError(f"sapi: Windows has no voice for {wanted!r}", "Settings > Time & language > Speech > Add voices")
