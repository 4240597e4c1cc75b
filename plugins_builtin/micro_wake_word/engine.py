"""Run microWakeWord's networks frame by frame on TensorFlow Lite."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio.to_thread
import numpy as np
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

from swv6.plugins import BackendError, ModelError, WakeWord
from swv6.plugins.border import border

if TYPE_CHECKING:
    from plugins_builtin.micro_wake_word.options import MicroWakeWordOptions
    from swv6.plugins import Samples


@asynccontextmanager
async def open(options: MicroWakeWordOptions) -> AsyncIterator[WakeWord]:
    """Load one network for each word; raises ModelError."""
    ear = await anyio.to_thread.run_sync(partial(_load, options))
    try:
        yield ear
    finally:
        ear.close()


class Ear:
    """Some words, heard in 10 ms frames; about 20 us a word and frame."""

    rate = 16000
    frame = 160

    def __init__(self, models: list[Any], threshold: float | None) -> None:
        self.words = tuple(str(model.wake_word) for model in models)
        self._models, self._threshold = models, threshold
        self._features = MicroWakeWordFeatures()

    def __call__(self, frame: Samples, /) -> str | None:
        """Return the word that ends in 160 samples at 16 kHz, about 0.1 s after its last sound; raises BackendError."""
        if len(frame) != self.frame:
            raise BackendError(f"micro_wake_word: a frame has {self.frame} samples, not {len(frame)}")
        pcm = (np.clip(frame, -1.0, 1.0) * 32767).astype("<i2").tobytes()
        with border("micro_wake_word could not listen"):
            heard = list(self._heard(pcm))
        if not heard:
            return None
        self.reset()  # or the averages would report the same word again
        return heard[0]

    def reset(self) -> None:
        """Forget the frames so far."""
        with border("micro_wake_word could not begin anew"):
            self._features.reset()
            for model in self._models:
                model.reset()

    def close(self) -> None:
        """Free the networks."""
        for model in self._models:
            model.close()

    def _heard(self, pcm: bytes) -> Iterator[str]:
        """Show every network the sound, whichever of them fires."""
        for features in self._features.process_streaming(pcm):
            for model, word in zip(self._models, self.words, strict=True):
                probability = model.process_streaming_prob(features) or 0.0
                if probability > (self._threshold or model.probability_cutoff):
                    yield word


def _load(options: MicroWakeWordOptions) -> Ear:
    return Ear([_model(word) for word in options.words], options.threshold)


def _model(word: str) -> Any:
    """Load a network by its name, or from the `.json` file beside it."""
    shipped = [model.value for model in Model]
    hint = f"words: one of {', '.join(shipped)}, or the path of a .json file"
    with border(f"micro_wake_word cannot load {word!r}", ModelError, hint):
        if word in shipped:
            return MicroWakeWord.from_builtin(Model(word))
        if not (path := Path(word)).is_file():
            raise ModelError(f"micro_wake_word knows no word {word!r}", hint)
        return MicroWakeWord.from_config(path)
