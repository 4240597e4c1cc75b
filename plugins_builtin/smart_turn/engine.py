"""Run Smart Turn v3 with onnxruntime on a thread of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

from plugins_builtin.smart_turn.features import RATE, log_mel
from swv6.plugins import Audio, BackendError, ModelError, TurnEnd, Worker, shared
from swv6.plugins.border import border
from swv6.plugins.worker import worker

if TYPE_CHECKING:
    from plugins_builtin.smart_turn.options import SmartTurnOptions
    from swv6.plugins import Samples


@asynccontextmanager
async def open(options: SmartTurnOptions) -> AsyncIterator[TurnEnd]:
    """Open the network; users of the same weights share it. Raises ModelError."""
    async with shared(("smart_turn", options.model, options.threads), lambda: _open_engine(options)) as (
        thread,
        engine,
    ):

        async def smart_turn(audio: Audio, /) -> float:
            if audio.rate != RATE:
                raise BackendError(f"smart_turn needs {RATE} Hz, got {audio.rate} Hz")
            with border("smart_turn could not judge a pause"):
                return await thread.call(partial(_probability, engine, audio.samples))

        yield smart_turn


@asynccontextmanager
async def _open_engine(options: SmartTurnOptions) -> AsyncIterator[tuple[Worker, Any]]:
    async with worker("smart_turn") as thread:
        with border(f"smart_turn cannot load {options.model}", ModelError, "swv6 models verify"):
            engine = await thread.call(partial(_load, options))
        yield thread, engine


def _load(options: SmartTurnOptions) -> Any:
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads, settings.inter_op_num_threads = options.threads, 1
    settings.log_severity_level = 4
    engine = onnxruntime.InferenceSession(str(_file(options.model)), settings, providers=["CPUExecutionProvider"])
    _probability(engine, np.zeros(0, np.float32))  # the first inference is the slow one
    return engine


def _file(path: str) -> Path:
    """Find the one network in a folder; a file is itself."""
    found = sorted(Path(path).glob("*.onnx")) if Path(path).is_dir() else [Path(path)]
    if not found or not found[0].is_file():
        raise ModelError(f"smart_turn: no .onnx file in {path}", "swv6 models pull smart-turn-v3.2")
    return found[0]


def _probability(engine: Any, samples: Samples) -> float:
    """Run the network; its output is named `logits` but has been through a sigmoid."""
    (output,) = engine.run(None, {"input_features": log_mel(samples)})
    return min(1.0, max(0.0, float(output[0, 0])))
