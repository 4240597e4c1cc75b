"""Our recogniser beside faster-whisper called directly on the same question."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from anyio import to_thread

from swv6.bench.overhead import Pair, Took, whole
from swv6.bench.questions import questions
from swv6.bench.transcribe import direct_model
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.stages.opening import opened, weights

if TYPE_CHECKING:
    from swv6.types import Audio

COMMON = {"condition_on_previous_text": False, "vad_filter": False}
LIVE = {"beam_size": 1, "temperature": 0.0, "without_timestamps": True}
FILE = {"beam_size": 5, "word_timestamps": True}
"""What our stage asks of the engine for a recording; both ways hear all of it, without looking for speech first."""


@asynccontextmanager
async def pair(profile: Profile, store: Store, *, live: bool) -> AsyncIterator[Pair | None]:
    """Open both; raises ModelError and MissingExtra."""
    choice = next((c for c in profile.stt if any(m.format == "faster-whisper" for _, _, m in weights(c.options))), None)
    if choice is None:
        yield None
        return
    settings = {**COMMON, **(LIVE if live else FILE), "language": profile.language[:2] or None}
    threads = profile.threads.share("stt") if live else 0
    same = {name: value for name, value in {"vad_filter": False, "live": live}.items() if hasattr(choice.options, name)}
    chosen = choice.model_copy(update={"options": choice.options.model_copy(update=same)})
    audio = questions()[0].audio
    model = await to_thread.run_sync(partial(direct_model, chosen, store, threads))
    async with opened(chosen, store, live, threads) as stage:
        yield Pair(
            "stt.live" if live else "stt.file",
            f"{choice.backend} beside faster-whisper, {'a turn' if live else 'a recording'}",
            partial(whole, stage, audio),
            partial(_bare, model, audio, settings),
        )


def _bare(model: Any, audio: Audio, settings: dict[str, Any]) -> Took:
    began = perf_counter()
    segments, _ = model.transcribe(audio.samples, **settings)
    " ".join(segment.text for segment in segments)
    return {"total": perf_counter() - began}
