"""Profiles side by side on recordings whose words are known, with faster-whisper called directly between them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from swv6.errors import UsageError
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.profiles.schema import Caches, Choice
from swv6.stages.build import build
from swv6.stages.devices import open_filters
from swv6.stages.filters import mapped
from swv6.stages.opening import ready_options, weights
from swv6.telemetry.events import nobody
from swv6.text.wer import Errors, errors
from swv6.transcription.sources import SUFFIXES
from swv6.transcription.windows import joined, transcripts

if TYPE_CHECKING:
    from swv6.types import STT

BASELINE = "faster-whisper"
"""The name of the direct call."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A recording and what is said in it."""

    file: Path
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One contender's work on one recording."""

    contender: str
    file: Path
    run: int
    """From 1."""
    text: str
    errors: Errors
    elapsed: float
    """Seconds, decoding included."""
    seconds: float
    """Seconds of sound."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who turns a file into (text, seconds of sound)."""

    name: str
    hear: Callable[[Path], Awaitable[tuple[str, float]]]
    language: str


def samples(folder: Path, left_out: Callable[[Path], None] = lambda text: None) -> list[Sample]:
    """Pair each recording of a folder with the text of the same name, as `a.wav` and `a.txt`.

    Texts without a word are told to `left_out`: nothing can be wrong of no words. Raises UsageError when nothing is
    left.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder", "swv6 bench transcribe FOLDER")
    sounds = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    found = [Sample(path, _text(path.with_suffix(".txt"))) for path in sounds if path.with_suffix(".txt").is_file()]
    spoken = [sample for sample in found if any(map(str.isalnum, sample.text))]
    if not spoken:
        text, many = "a text that has words" if found else "a text", len(sounds)
        what = f"{many} recordings, none with {text}" if many > 1 else f"1 recording, without {text}"
        raise UsageError(
            f"{folder}: holds {what if sounds else 'no recordings'}", "write what is said in a.wav into a.txt beside it"
        )
    for sample in found:
        if sample not in spoken:
            left_out(sample.file.with_suffix(".txt"))
    return spoken


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}", "save it as UTF-8") from None


async def measure(
    profiles: Sequence[Profile],
    store: Store,
    chosen: Sequence[Sample],
    runs: int,
    baseline: bool,
    done: Callable[[Heard], None],
) -> list[Heard]:
    """Let everybody hear every recording, in turns that change, `runs` times; no answer comes from a cache.

    Raises Unavailable when a profile has no recogniser, AudioError for a recording that cannot be read.
    """
    found = list[Heard]()
    async with AsyncExitStack() as stack:
        rivals = [await stack.enter_async_context(_profile(profile, store)) for profile in profiles]
        direct = await _baseline(profiles[0], store) if baseline else None
        rivals += [direct] if direct else []
        shortest = min(chosen, key=lambda sample: sample.file.stat().st_size)
        for rival in rivals:
            await rival.hear(shortest.file)
        for run in range(1, runs + 1):
            for at, sample in enumerate(chosen):
                first = (at + run - 1) % len(rivals)
                for rival in (*rivals[first:], *rivals[:first]):
                    found.append(await _one(rival, sample, run))
                    done(found[-1])
    return found


async def _one(rival: Contender, sample: Sample, run: int) -> Heard:
    began = perf_counter()
    text, seconds = await rival.hear(sample.file)
    elapsed = perf_counter() - began
    return Heard(rival.name, sample.file, run, text, errors(sample.text, text, rival.language), elapsed, seconds)


@asynccontextmanager
async def _profile(profile: Profile, store: Store) -> AsyncIterator[Contender]:
    async with build(profile.model_copy(update={"cache": Caches()}), store, nobody, live=False) as builder:
        await builder.open("stt")
        stt = mapped(builder.chain("stt").stage, await open_filters(builder, "transcript_filters"))
        yield Contender(profile.name, partial(_hear, stt), profile.language)


async def _hear(stt: STT, path: Path) -> tuple[str, float]:
    whole = joined([part async for part in transcripts(path, stt)])
    return whole.text, whole.duration


async def _baseline(profile: Profile, store: Store) -> Contender | None:
    """Open the first faster-whisper model of a profile with that library alone; None when the profile has none."""
    from anyio import to_thread

    for choice in profile.stt:
        if any(mark.format == "faster-whisper" for _, _, mark in weights(choice.options)):
            whisper = await to_thread.run_sync(direct_model, choice, store)
            return Contender(BASELINE, partial(_direct, whisper, choice, profile.language), profile.language)
    return None


def direct_model(choice: Choice, store: Store, threads: int = 0) -> Any:
    """Load the model of a choice with faster-whisper alone; raises ModelError and MissingExtra."""
    from swv6.audio.extra import need

    options: Any = ready_options(choice.options, store, live=False)
    path = next(getattr(options, name) for name, _, mark in weights(choice.options) if mark.format == "faster-whisper")
    return need("faster_whisper", "the baseline").WhisperModel(
        path,
        device=getattr(options, "device", "auto"),
        compute_type=getattr(options, "compute_type", "auto"),
        cpu_threads=threads or getattr(options, "threads", 0) or min(8, os.cpu_count() or 1),  # as prism has it
        local_files_only=True,
    )


async def _direct(whisper: Any, choice: Choice, language: str, path: Path) -> tuple[str, float]:
    from anyio import to_thread

    def hear() -> tuple[str, float]:
        beam = getattr(choice.options, "beam_size", None) or 5
        segments, info = whisper.transcribe(str(path), language=language[:2] or None, beam_size=beam)
        return "".join(segment.text for segment in segments), info.duration

    return await to_thread.run_sync(hear)
