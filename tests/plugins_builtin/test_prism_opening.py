"""A model that loads while a recording is searched for speech: what is wrong with it is said to who needs it."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from plugins_builtin.prism.ear import Ear
from plugins_builtin.prism.longform import hear
from plugins_builtin.prism.options import PrismOptions
from plugins_builtin.prism.plan import planned
from plugins_builtin.prism.windows import RATE, Window
from swv6.audio.files import read
from swv6.plugins import Audio, ModelError
from swv6.testing.stage import collect
from tests.plugins_builtin.offers import offer

QUESTION = Path(__file__).parents[2] / "profiles/sounds/question-1.wav"
pytestmark = pytest.mark.anyio


async def test_a_broken_model_is_told_to_whoever_speaks(tmp_path: Path) -> None:
    """A recording that says nothing needs none."""
    (tmp_path / "model.bin").write_bytes(b"no weights")
    options = PrismOptions(model=str(tmp_path), language="fr", device="cpu", live=False)
    async with offer("prism", "stt").opener()(options) as stage:
        for _ in range(2):
            with pytest.raises(ModelError, match="prism cannot load") as told:
                await collect(stage(read(QUESTION)))
            assert told.value.hint == "swv6 models verify"
        assert (await collect(stage(Audio(np.zeros(RATE, np.float32), RATE))))[-1].text == ""


async def test_a_conversation_is_told_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"no weights")
    options = PrismOptions(model=str(tmp_path), language="fr", device="cpu")
    with pytest.raises(ModelError, match="prism cannot load"):
        async with offer("prism", "stt").opener()(options):
            pass


def test_no_step_begins_once_nobody_listens() -> None:
    """Not even the next window's encoding."""
    stop, steps = Event(), list[str]()

    def encode(features: Any) -> Any:
        steps.append("encode")
        stop.set()
        return np.zeros((1, features.shape[-1] // 2, 8), np.float32)

    whisper = SimpleNamespace(
        model=SimpleNamespace(num_workers=1, device="cpu"),
        encode=encode,
        feature_extractor=lambda sound, padding: np.zeros((80, len(sound) // 160), np.float32),
        max_length=448,
    )
    plan = planned(PrismOptions(live=False), "fr", 1.0)
    ear = Ear(whisper, None, np.zeros(4 * RATE, np.float32), plan, stop)
    windows = [Window(0, 2 * RATE), Window(2 * RATE, 4 * RATE)]
    assert list(hear(ear, windows)) == []
    assert steps == ["encode"]
    assert list(hear(ear, windows)) == []
    assert steps == ["encode"]
