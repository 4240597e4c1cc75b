"""faster-whisper as a stage: short turns of a conversation, and recordings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np

from plugins_builtin.prism import opening
from plugins_builtin.prism.ear import Ear
from plugins_builtin.prism.loading import MARGIN, RATE, WINDOW, Whisper
from plugins_builtin.prism.longform import hear
from plugins_builtin.prism.memory import tidied
from plugins_builtin.prism.opening import Engine
from plugins_builtin.prism.options import PrismOptions
from plugins_builtin.prism.plan import planned
from plugins_builtin.prism.tongues import Tongues
from plugins_builtin.prism.transcripts import Hearing
from plugins_builtin.prism.windows import voiced, whole
from swv6.plugins import STT, Audio, Emit, ModelError, Transcript, resample, shared
from swv6.plugins.border import border
from swv6.plugins.words import expected, vocabulary

if TYPE_CHECKING:
    from swv6.plugins import Samples

SILENCE = 1e-4
"""Peak (-80 dBFS) under which there is nothing to hear."""
LOADED = ("model", "device", "devices", "compute_type", "live", "threads", "concurrency")
"""Options that say how the model is loaded, and for how many."""
BESIDE = 220
"""Tokens that may be asked for beside the longest prompt: faster-whisper wants both within 448."""


@asynccontextmanager
async def open_prism(options: PrismOptions) -> AsyncIterator[STT]:
    """Open Whisper as a stage; users of the same model, loaded in the same way, share one engine.

    Raises ModelError when the folder is not a model, ProfileError when the vocabulary has mistakes.
    """
    options = _expecting(options)
    key = ("prism", *(getattr(options, name) for name in LOADED))
    tongues = Tongues(options.languages, sticky=options.live)
    async with shared(key, lambda: _warmed(options)) as engine:

        async def prism(audio: Audio) -> AsyncIterator[Transcript]:
            job = partial(_transcribe, engine, options, tongues, audio)
            with border("prism could not transcribe"):
                async for transcript in engine.worker.stream(job):
                    yield transcript

        yield prism


def _expecting(options: PrismOptions) -> PrismOptions:
    """Make the terms of the vocabulary hotwords, as many as the option takes."""
    if options.vocabulary is None:
        return options
    terms = expected([options.hotwords] if options.hotwords else [], vocabulary(options.vocabulary).terms)
    return options.model_copy(update={"hotwords": terms})


@asynccontextmanager
async def _warmed(options: PrismOptions) -> AsyncIterator[Engine]:
    async with opening.engine(options) as engine:
        if options.live:
            with border("prism cannot hear", ModelError, "swv6 models verify"):
                await engine.worker.call(partial(_warm, engine.loaded().whisper, options))
        yield engine


def _warm(whisper: Whisper, options: PrismOptions) -> None:
    noise = np.random.default_rng(0).normal(0, 0.01, 2 * RATE).astype(np.float32)
    for _ in range(options.warmups):
        list(_turn(whisper, options, options.language, noise))


def _transcribe(
    engine: Engine, options: PrismOptions, tongues: Tongues, audio: Audio, emit: Emit[Transcript], stop: Event
) -> None:
    """Emit each segment's transcript so far, then the final one; stop between segments when nobody listens."""
    metrics: dict[str, Any] = {"live": options.live}
    hearing = Hearing(audio, options.language, Path(options.model).name, metrics, options.task == "translate")
    samples = audio.samples if audio.rate == RATE else resample(audio.samples, audio.rate, RATE)
    if _audible(samples):
        with nullcontext() if options.live else tidied():
            for segment in _segments(engine, options, tongues, samples, hearing, stop):
                hearing.add(segment)
                metrics.update(temperature=segment.temperature, no_speech_prob=segment.no_speech_prob)
                metrics.setdefault("no_speech_probs", []).append(round(segment.no_speech_prob, 3))
                if emit(hearing.transcript(final=False)):
                    return
    emit(hearing.transcript(final=True))


def _audible(samples: Samples) -> bool:
    return len(samples) >= RATE // 10 and bool(np.abs(samples).max() > SILENCE)


def _segments(
    engine: Engine, options: PrismOptions, tongues: Tongues, samples: Samples, hearing: Hearing, stop: Event
) -> Iterable[Any]:
    """Hear a turn, or the speech of a recording; the language found is told to `hearing`."""
    filtered = (not options.live) if options.vad_filter is None else options.vad_filter
    windows = [] if options.live else (voiced if filtered else whole)(samples, options.window)
    if not options.live and not windows:
        return ()
    loaded = engine.loaded()  # a recording's model may still be on its way: only what speaks needs it
    hearing.metrics.update(device=loaded.device, compute_type=loaded.compute_type)
    whisper = loaded.whisper
    if not (options.language and whisper.model.is_multilingual):
        speech = samples[windows[0].start :] if windows else samples
        hearing.language, sure = tongues.heard(whisper, speech[: WINDOW * RATE])
        hearing.metrics["language_probability"] = sure
    if options.live:
        return _turn(whisper, options, hearing.language, samples)
    return hear(Ear.of(whisper, samples, planned(options, hearing.language, MARGIN), stop), windows)


def _turn(whisper: Whisper, options: PrismOptions, language: str, samples: Samples) -> Iterable[Any]:
    """Hear one turn of a conversation."""
    settings = {**_settings(options, len(samples) / RATE), "language": language or None}
    segments: Iterable[Any] = whisper.transcribe(samples, **settings)[0]
    return segments


def _settings(options: PrismOptions, seconds: float) -> dict[str, Any]:
    """Give the arguments of faster-whisper's `transcribe` for a turn, without fallbacks: those cost time."""
    chosen = {
        "language": options.language or None,
        "task": options.task,
        "initial_prompt": options.initial_prompt or None,
        "hotwords": options.hotwords or None,
        "condition_on_previous_text": False,
        "word_timestamps": bool(options.word_timestamps),
        "vad_filter": bool(options.vad_filter),
        "beam_size": options.beam_size or 1,
        "temperature": 0.0,
    }
    if seconds + MARGIN >= WINDOW:  # several windows: without timestamps each would end at its first sentence
        return chosen
    # Ten tokens a second is twice the fastest French; without a cap a repetition loop runs to 448 tokens.
    # CTranslate2 writes half as many as it may.
    tokens = 2 * (16 + round(10 * min(seconds, 12)))
    prompted = bool(options.initial_prompt or options.hotwords)
    return {**chosen, "without_timestamps": True, "max_new_tokens": min(tokens, BESIDE) if prompted else tokens}
