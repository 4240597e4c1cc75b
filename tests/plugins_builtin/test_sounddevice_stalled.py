"""A program that stands still for a second has not lost its devices."""

from __future__ import annotations

import ctypes

import anyio
import anyio.to_thread
import numpy as np
import pytest

from plugins_builtin.sounddevice import microphone, speaker
from plugins_builtin.sounddevice.options import MicrophoneOptions, SpeakerOptions
from swv6.plugins import Audio
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.anyio, pytest.mark.audio]
STALLS = 3


def stand_still() -> None:
    """Hold the interpreter for a second, as some libraries do while they load a model: no thread of Python runs."""
    ctypes.PyDLL(None).usleep(1_000_000)


async def test_a_loudspeaker_is_not_lost(virtual_audio: VirtualAudio) -> None:
    async with speaker.open(SpeakerOptions()) as loudspeaker, anyio.create_task_group() as tasks:
        await loudspeaker.play(Audio(np.zeros(96000, np.float32), 24000))
        await anyio.sleep(0.2)
        tasks.start_soon(loudspeaker.drain)
        for _ in range(STALLS):
            await anyio.to_thread.run_sync(stand_still)
            await anyio.sleep(0.1)


async def test_a_microphone_is_not_lost(virtual_audio: VirtualAudio) -> None:
    blocks = 0
    async with microphone.open(MicrophoneOptions()) as ear, anyio.create_task_group() as tasks:
        async for _ in ear.frames():
            blocks += 1
            if blocks % 20 == 0:
                tasks.start_soon(anyio.to_thread.run_sync, stand_still)
            if blocks == 20 * STALLS + 10:
                break
