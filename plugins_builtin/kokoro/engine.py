"""kokoro-onnx: one model for all voices, one piece of sound for each sentence."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import espeakng_loader
import numpy as np
import onnxruntime
from kokoro_onnx import EspeakConfig, Kokoro

from plugins_builtin.kokoro.languages import clean, espeak_voice, pieces
from plugins_builtin.kokoro.options import KokoroOptions
from swv6.plugins import TTS, Audio, Emit, ModelError, Worker, derived, shared
from swv6.plugins.border import border
from swv6.plugins.worker import worker

if TYPE_CHECKING:
    from swv6.plugins import Samples

_log = logging.getLogger("swv6.kokoro")
QUICKER = "quicker-3.onnx"
"""The model as quicker.py writes it; another number makes it anew."""
FORMER = ("products-1.onnx*", "quicker-2.onnx*")
"""What was kept by earlier ones, each as large as the model."""
STYLE = 256
"""Numbers in a style, one style for each count of phonemes."""
QUIET = 0.01
"""Share of the peak under which the beginning is not yet speech; about 35 ms of it lead each output."""
ATTACK = 0.005
"""Seconds kept before the first speech."""
REST = {".": 0.25, "!": 0.25, "?": 0.25, "…": 0.25, ",": 0.1, ";": 0.1, ":": 0.1}
"""Seconds of rest after a piece: kokoro-onnx trims a piece's end, and uses these between its own."""


class _NoVoices(io.BytesIO):
    """The voices file that the library insists on: an empty array, since styles are given as arrays."""

    def __init__(self) -> None:
        super().__init__()
        np.save(self, np.zeros(0, np.float32))
        self.seek(0)

    def __fspath__(self) -> str:
        return __file__


@dataclass(frozen=True, slots=True)
class Speech:
    """How one stage speaks."""

    style: Samples
    """Shape (n, 1, 256)."""
    voice: str
    """An espeak-ng voice."""
    speed: float


@asynccontextmanager
async def open_kokoro(options: KokoroOptions) -> AsyncIterator[TTS]:
    """Open Kokoro as a stage of float32 sound at 24 kHz; users of the same model share it, each with its own voice.

    Raises ModelError when a file is not a model or not a voice.
    """
    with border(f"kokoro cannot read the voice {options.voice}", ModelError, "swv6 models verify"):
        path = _file(options.voice, ".bin")
        style = np.fromfile(path, dtype="<f4").reshape(-1, 1, STYLE)
        if not style.size or not np.isfinite(style).all():
            raise ValueError("it holds no styles")
    speech = Speech(style, espeak_voice(options.language, path.stem), options.speed)
    async with shared(("kokoro", options.model, options.threads), lambda: _open_engine(options)) as (thread, engine):
        with border(f"kokoro cannot speak {speech.voice!r}", ModelError):
            await thread.call(partial(_phonemes, engine, "a", speech.voice))

        async def kokoro(text: str) -> AsyncIterator[Audio]:
            with border("kokoro could not speak"):
                async for audio in thread.stream(partial(_speak, engine, speech, text)):
                    yield audio

        yield kokoro


@asynccontextmanager
async def _open_engine(options: KokoroOptions) -> AsyncIterator[tuple[Worker, Any]]:
    async with worker("kokoro") as thread:
        with border(f"kokoro cannot load {options.model}", ModelError, "swv6 models verify"):
            engine = await thread.call(partial(_load, options))
        yield thread, engine


def _load(options: KokoroOptions) -> Any:
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.enable_mem_reuse = False  # planning it takes longer than all the rest of loading; the sound is the same
    path = _quicker(_file(options.model, ".onnx"))
    session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
    espeak = EspeakConfig(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    return Kokoro.from_session(session, _NoVoices(), espeak_config=espeak)


def _quicker(path: Path) -> Path:
    """Return the same model written for speed, kept beside it; itself where that cannot be."""
    try:
        return derived(path, QUICKER, _rewrite)
    except (OSError, ImportError) as error:
        _log.warning("kokoro takes twice as long, its quicker model cannot be kept: %s", error)
        return path


def _rewrite(source: Path, target: Path) -> None:
    from plugins_builtin.kokoro.quicker import rewrite

    rewrite(source, target)
    for former in chain.from_iterable(map(target.parent.glob, FORMER)):
        with suppress(OSError):
            former.unlink()


def _file(path: str, suffix: str) -> Path:
    """Find the one file with this suffix in a folder; a file is itself."""
    found = sorted(Path(path).glob(f"*{suffix}")) if Path(path).is_dir() else [Path(path)]
    if not found or not found[0].is_file():
        raise ModelError(f"kokoro: no {suffix} file in {path}", "swv6 models list")
    return found[0]


def _phonemes(engine: Any, text: str, voice: str) -> str:
    return clean(engine.tokenizer.phonemize(text, voice)).strip()


def _speak(engine: Any, speech: Speech, text: str, emit: Emit[Audio], stop: Event) -> None:
    """Emit one sound for each piece of the text; nothing for a text without a letter or a digit."""
    if not any(character.isalnum() for character in text):
        return
    for piece in pieces(_phonemes(engine, text, speech.voice)):
        samples, rate = engine.create(piece, speech.style, speech.speed, is_phonemes=True)
        rest = np.zeros(round(rate * REST.get(piece[-1], 0.0)), np.float32)
        if stop.is_set() or emit(Audio(np.concatenate([_trim(samples, rate), rest]), rate)):
            return


def _trim(samples: Samples, rate: int) -> Samples:
    """Leave out the quiet before the first speech, and keep within [-1, 1]."""
    loud = np.abs(samples) > QUIET * np.abs(samples).max(initial=0.0)
    begin = max(0, int(loud.argmax()) - round(ATTACK * rate))
    return np.clip(samples[begin:], -1.0, 1.0).astype(np.float32, copy=False)
