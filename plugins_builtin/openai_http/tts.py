"""A voice behind /audio/speech."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from plugins_builtin.openai_http.client import Server, connect, pieces
from plugins_builtin.openai_http.options import TTSOptions
from plugins_builtin.openai_http.sound import Sound
from swv6.plugins import TTS, Audio, BackendError


@asynccontextmanager
async def open_tts(options: TTSOptions) -> AsyncIterator[TTS]:
    """Open a client and yield the stage; a server that is down shows at the first request, as a BackendError."""
    async with connect(options) as server:

        async def speak(text: str, /) -> AsyncGenerator[Audio, None]:
            if not any(letter.isalnum() for letter in text):
                return
            async with aclosing(_speak(server, options, text)) as sounds:
                async for audio in sounds:
                    yield audio

        yield speak


async def _speak(server: Server, options: TTSOptions, text: str) -> AsyncGenerator[Audio, None]:
    body = _body(options, await server.model(), text)
    sound = Sound(options.rate if options.response_format == "pcm" else 0)
    said = 0
    async with server.post("/audio/speech", json=body) as response, pieces(response) as arriving:
        async for piece in arriving:
            samples = sound.feed(piece)
            if len(samples):
                yield Audio(samples, sound.rate, said / sound.rate)
                said += len(samples)
        sound.end()
    if not said:
        raise BackendError(f"{options.url}: an answer without sound")


def _body(options: TTSOptions, model: str, text: str) -> dict[str, Any]:
    body = {
        "model": model,
        "input": text,
        "voice": options.voice,
        "speed": options.speed,
        "response_format": options.response_format,
    }
    return body | options.extra
