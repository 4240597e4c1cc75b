"""A speech recogniser behind /audio/transcriptions."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import numpy as np

from plugins_builtin.openai_http.client import Server, connect
from plugins_builtin.openai_http.options import STTOptions
from swv6.plugins import STT, Audio, BackendError, Segment, Transcript, Word, wav_bytes

SILENCE = 1e-4
"""Peak (-80 dBFS) under which there is nothing to send."""


@asynccontextmanager
async def open_stt(options: STTOptions) -> AsyncIterator[STT]:
    """Open a client and yield the stage; a server that is down shows at the first request, as a BackendError."""
    async with connect(options) as server:

        async def transcribe(audio: Audio, /) -> AsyncGenerator[Transcript, None]:
            if _silent(audio):
                yield Transcript("", language=options.language, backend="openai", duration=audio.seconds)
            else:
                yield await _transcribe(server, options, audio)

        yield transcribe


def _silent(audio: Audio) -> bool:
    return not len(audio.samples) or float(np.abs(audio.samples).max()) < SILENCE


async def _transcribe(server: Server, options: STTOptions, audio: Audio) -> Transcript:
    began = perf_counter()
    model = await server.model()
    sound = {"file": ("audio.wav", wav_bytes(audio), "audio/wav")}
    async with server.post("/audio/transcriptions", data=_form(options, model), files=sound) as response:
        await response.aread()
        heard = response.json()
        if not isinstance(heard, dict) or "text" not in heard:
            raise BackendError(f"{options.url}: a transcription without a text")
        return _transcript(heard, options, model, audio, perf_counter() - began)


def _form(options: STTOptions, model: str) -> dict[str, Any]:
    form: dict[str, Any] = {
        "model": model,
        "response_format": options.response_format,
        "temperature": str(options.temperature),
    }
    if options.language:
        form["language"] = options.language
    if options.words and options.response_format == "verbose_json":
        form["timestamp_granularities[]"] = ["segment", "word"]
    return form | options.extra


def _transcript(heard: dict[str, Any], options: STTOptions, model: str, audio: Audio, elapsed: float) -> Transcript:
    segments = _segments(heard, audio.start)
    seconds = sum(s.end - s.start for s in segments)
    sure = sum(s.confidence * (s.end - s.start) for s in segments)
    language = str(heard.get("language") or options.language)
    return Transcript(
        text=str(heard["text"]).strip(),
        segments=segments,
        language=language if len(language) == 2 else options.language,  # some servers answer "french"
        confidence=sure / seconds if seconds > 0 else 0.0,
        backend="openai",
        model=model,
        duration=audio.seconds,
        elapsed=elapsed,
    )


def _segments(heard: dict[str, Any], start: float) -> tuple[Segment, ...]:
    words = [_word(word, start) for word in heard.get("words") or ()]
    return tuple(_segment(segment, start, words) for segment in heard.get("segments") or ())


def _word(word: dict[str, Any], start: float) -> Word:
    sure = min(1.0, max(0.0, float(word.get("probability") or 0.0)))
    return Word(str(word["word"]), start + float(word["start"]), start + float(word["end"]), sure)


def _segment(segment: dict[str, Any], start: float, words: list[Word]) -> Segment:
    """Times count from the sound's own start; the mean log probability of its tokens is how sure the server is."""
    first, last = start + float(segment["start"]), start + float(segment["end"])
    logprob = segment.get("avg_logprob")
    sure = 0.0 if logprob is None else min(1.0, math.exp(float(logprob)))
    own = tuple(word for word in words if first <= (word.start + word.end) / 2 < last)
    return Segment(str(segment["text"]).strip(), first, last, sure, own)
