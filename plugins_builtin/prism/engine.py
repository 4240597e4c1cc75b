"""faster-whisper: loading with a way back to the CPU, live and file settings."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from plugins_builtin.prism.compute import choose
from plugins_builtin.prism.options import PrismOptions
from plugins_builtin.prism.transcripts import Hearing
from swv6.plugins import STT, Audio, Emit, ModelError, Transcript, Worker, resample, shared
from swv6.plugins.border import border
from swv6.plugins.worker import worker

if TYPE_CHECKING:
    from swv6.plugins import Samples

log = logging.getLogger("swv6.prism")

RATE = 16_000
"""Hz that Whisper hears."""
WINDOW = 30
"""Seconds that Whisper's encoder was trained on, and its limit."""
MARGIN = 4
"""Seconds of quiet after a live turn. Measured on 16 short French questions, clean and noisy: 2 s of it, or zeros in
place of quiet, doubles the word errors; 4 s of quiet gives those of the full window at a quarter of the time."""
FRAMES = 100
"""Feature frames per second."""
SILENCE = 1e-4
"""Peak (-80 dBFS) under which there is nothing to hear."""


class Whisper(WhisperModel):  # type: ignore[misc]
    """A Whisper whose encoder sees no more than a live turn needs."""

    def generate_segments(
        self, features: Any, tokenizer: Any, options: Any, log_progress: bool, encoder_output: Any = None
    ) -> Any:
        """Encode a short window first when there are no timestamps to keep: those depend on the full one."""
        frames = features.shape[-1]
        if options.without_timestamps and encoder_output is None and frames + MARGIN * FRAMES <= WINDOW * FRAMES:
            quiet = MARGIN * FRAMES + frames % 2  # the encoder halves the frames
            encoder_output = self.encode(np.pad(features, ((0, 0), (0, quiet)), constant_values=features.min()))
        return super().generate_segments(features, tokenizer, options, log_progress, encoder_output)


@dataclass(frozen=True, slots=True)
class Engine:
    """A loaded model and the threads that may enter it."""

    worker: Worker
    whisper: Whisper
    device: str
    compute_type: str


@asynccontextmanager
async def open_prism(options: PrismOptions) -> AsyncIterator[STT]:
    """Open Whisper as a stage; users of the same model, device and compute type share one engine.

    Raises ModelError when the folder is not a model.
    """
    key = ("prism", options.model, options.device, options.compute_type)
    async with shared(key, lambda: _open_engine(options)) as engine:

        async def prism(audio: Audio) -> AsyncIterator[Transcript]:
            with border("prism could not transcribe"):
                async for transcript in engine.worker.stream(partial(_transcribe, engine, options, audio)):
                    yield transcript

        yield prism


@asynccontextmanager
async def _open_engine(options: PrismOptions) -> AsyncIterator[Engine]:
    async with worker("prism", options.concurrency) as thread:
        with border(f"prism cannot load {options.model}", ModelError, "swv6 models verify"):
            device, kind, whisper = await thread.call(partial(_load, options))
        log.info("%s on %s in %s", Path(options.model).name, device, kind)
        yield Engine(thread, whisper, device, kind)


def _load(options: PrismOptions) -> tuple[str, str, Whisper]:
    """Load and warm up where the options say, else on the CPU."""
    if not (Path(options.model) / "model.bin").is_file():
        raise ModelError(f"prism: no model.bin in {options.model}", "swv6 models list")
    device = options.device
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    if device == "cuda":
        try:
            return _load_on("cuda", options, passes=max(1, options.warmups))
        except (RuntimeError, ValueError) as problem:
            log.warning("CUDA failed (%s): prism uses the CPU", str(problem).splitlines()[0])
    return _load_on("cpu", options, passes=options.warmups)


def _load_on(device: str, options: PrismOptions, passes: int) -> tuple[str, str, Whisper]:
    kind = choose(options.compute_type, device, ctranslate2.get_supported_compute_types(device))
    if options.compute_type not in ("auto", kind):
        log.warning("%s cannot compute in %s: prism uses %s", device, options.compute_type, kind)
    whisper = Whisper(
        options.model,
        device=device,
        compute_type=kind,
        cpu_threads=options.threads or min(8, os.cpu_count() or 1),
        num_workers=options.concurrency,
        local_files_only=True,
    )
    noise = np.random.default_rng(0).normal(0, 0.01, 2 * RATE).astype(np.float32)
    for _ in range(passes):
        list(whisper.transcribe(noise, **_settings(options, 2.0))[0])
    return device, kind, whisper


def _transcribe(engine: Engine, options: PrismOptions, audio: Audio, emit: Emit[Transcript], stop: Event) -> None:
    """Emit each segment's transcript so far, then the final one; stop between segments when nobody listens."""
    metrics: dict[str, Any] = {"device": engine.device, "compute_type": engine.compute_type, "live": options.live}
    hearing = Hearing(audio, options.language, Path(options.model).name, metrics)
    samples = audio.samples if audio.rate == RATE else resample(audio.samples, audio.rate, RATE)
    if _audible(samples):
        segments, info = engine.whisper.transcribe(samples, **_settings(options, audio.seconds))
        hearing.language = info.language
        metrics["language_probability"] = float(info.language_probability)
        for segment in segments:
            hearing.add(segment)
            metrics.update(temperature=segment.temperature, no_speech_prob=segment.no_speech_prob)
            if emit(hearing.transcript(final=False)):
                return
    emit(hearing.transcript(final=True))


def _audible(samples: Samples) -> bool:
    return len(samples) >= RATE // 10 and bool(np.abs(samples).max() > SILENCE)


def _settings(options: PrismOptions, seconds: float) -> dict[str, Any]:
    """Give the arguments of faster-whisper's `transcribe` for these options."""
    chosen = {
        "language": options.language or None,
        "initial_prompt": options.initial_prompt or None,
        "hotwords": options.hotwords or None,
        "condition_on_previous_text": False,
        "word_timestamps": (not options.live) if options.word_timestamps is None else options.word_timestamps,
        "vad_filter": (not options.live) if options.vad_filter is None else options.vad_filter,
        "beam_size": options.beam_size or (1 if options.live else 5),
    }
    if not options.live:
        return chosen
    if seconds + MARGIN >= WINDOW:  # several windows: without timestamps each would end at its first sentence
        return {**chosen, "temperature": 0.0}
    # Ten tokens a second is twice the fastest French; without a cap a repetition loop runs to 448 tokens.
    most = 16 + round(10 * min(seconds, 12))
    return {**chosen, "temperature": 0.0, "without_timestamps": True, "max_new_tokens": most}
