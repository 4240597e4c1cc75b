"""piper-tts: one piece of sound for each sentence."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import onnxruntime
from piper import PiperVoice, SynthesisConfig
from piper.config import PiperConfig

from plugins_builtin.piper.options import PiperOptions
from swv6.plugins import TTS, Audio, Emit, ModelError, Worker, shared
from swv6.plugins.border import border
from swv6.plugins.worker import worker


@asynccontextmanager
async def open_piper(options: PiperOptions) -> AsyncIterator[TTS]:
    """Open a Piper voice as a stage of float32 sound at the voice's rate (22.05 kHz for a medium one).

    Raises ModelError when the file is not a voice.
    """
    async with shared(("piper", options.voice, options.threads), lambda: _open_engine(options)) as (thread, voice):

        async def piper(text: str) -> AsyncIterator[Audio]:
            with border("piper could not speak"):
                async for audio in thread.stream(partial(_speak, voice, options, text)):
                    yield audio

        yield piper


@asynccontextmanager
async def _open_engine(options: PiperOptions) -> AsyncIterator[tuple[Worker, Any]]:
    async with worker("piper") as thread:
        with border(f"piper cannot load {options.voice}", ModelError, "swv6 models verify"):
            voice = await thread.call(partial(_load, options))
        yield thread, voice


def _load(options: PiperOptions) -> Any:
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.enable_mem_reuse = False  # planning it takes longer than all the rest of loading; the sound is the same
    config = PiperConfig.from_dict(json.loads(Path(f"{options.voice}.json").read_text(encoding="utf-8")))
    session = onnxruntime.InferenceSession(options.voice, settings, providers=["CPUExecutionProvider"])
    return PiperVoice(session=session, config=config)


def _speak(voice: Any, options: PiperOptions, text: str, emit: Emit[Audio], stop: Event) -> None:
    """Emit one sound for each sentence; nothing for a text without a letter or a digit."""
    if not any(character.isalnum() for character in text):
        return
    scale = voice.config.length_scale / options.speed
    for chunk in voice.synthesize(text, SynthesisConfig(speaker_id=options.speaker, length_scale=scale)):
        samples = chunk.audio_float_array
        if samples.size and emit(Audio(samples.reshape(-1), chunk.sample_rate)):
            return
