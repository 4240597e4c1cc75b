"""Silero on real French speech, with real weights."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from plugins_builtin import silero
from swv6.testing.opened import opened
from swv6.testing.vad import VADContract
from tests.plugins_builtin.spoken import flagged, noisy, rate_speech


class TestSilero(VADContract):
    backend = next(iter(silero.swv6_vad()))


@pytest.mark.anyio
@pytest.mark.parametrize("snr", [None, 10.0, 0.0])
async def test_finds_speech_in_noise(snr: float | None) -> None:
    async with opened(TestSilero.backend, {}) as vad:
        precision, recall, false_alarms = rate_speech(vad, snr)
    assert precision > 0.85
    assert recall > 0.80
    assert false_alarms < 0.15


@pytest.mark.anyio
async def test_never_takes_noise_for_speech() -> None:
    async with opened(TestSilero.backend, {}) as vad:
        assert flagged(vad, noisy(np.zeros(16000 * 10, np.float32), 0.05)) < 0.02


def test_does_not_load_whisper() -> None:
    code = (
        "import sys, anyio\n"
        "from plugins_builtin.silero.engine import open\n"
        "async def main():\n"
        "    async with open(None): pass\n"
        "anyio.run(main)\n"
        "assert not {'faster_whisper', 'ctranslate2', 'av'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
