"""Our voice beside kokoro-onnx called directly: same model, voice and sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
from anyio import to_thread

from swv6.bench.overhead import Pair, Took, whole
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.stages.opening import opened, ready_options

SENTENCES = {"fr-fr": "Il y a cent vingt minutes dans deux heures.", "": "There are ninety minutes in this film."}
LANGUAGES = {"f": "fr-fr", "a": "en-us", "b": "en-gb"}
"""First letter of a Kokoro voice's name -> what it speaks."""


@asynccontextmanager
async def pair(profile: Profile, store: Store) -> AsyncIterator[Pair | None]:
    """Open both, each with the model loaded, with as many threads as onnxruntime takes; raises ModelError."""
    choice = next((c for c in profile.tts if c.backend == "kokoro"), None)
    if choice is None:
        yield None
        return
    choice.offer.check(choice.options)
    options: Any = ready_options(choice.options, store, True)
    language = LANGUAGES.get(Path(options.voice).stem[0], "fr-fr")
    sentence = SENTENCES.get(language, SENTENCES[""])
    kokoro = await to_thread.run_sync(_load, options)
    async with opened(choice, store) as stage:
        label = "kokoro, through our stage and called directly"
        yield Pair("tts", label, partial(whole, stage, sentence), partial(_bare, kokoro, options, sentence, language))


def _load(options: Any) -> Any:
    """Load the model as kokoro-onnx's documentation says, with its one voice in the file it wants."""
    from kokoro_onnx import Kokoro

    with TemporaryDirectory() as folder:
        voices = Path(folder) / "voices.npz"
        np.savez(voices, voice=np.fromfile(options.voice, "<f4").reshape(-1, 1, 256))
        kokoro = Kokoro(options.model, str(voices))
        archive: Any = kokoro.voices
        kokoro.voices = dict(archive)  # read now: the file goes
        archive.close()
    return kokoro


def _bare(kokoro: Any, options: Any, sentence: str, language: str) -> Took:
    began = perf_counter()
    kokoro.create(sentence, voice="voice", speed=options.speed, lang=language)
    return {"total": perf_counter() - began}
