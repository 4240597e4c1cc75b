"""A program for the tests: listens and speaks through the sound card while it is taken away and brought back.

python -m tests.stages.steady_program LOSE RETURN WAV    two shell commands, and what is said after the return
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

import anyio
import numpy as np

from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.devices import first_that_opens
from swv6.telemetry.events import DeviceBack, DeviceLost, Event
from swv6.types import Audio, Microphone

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
"""Each sound of 0.5 s has a level of its own."""


@dataclass
class Diary:
    """What happened."""

    events: list[Event] = field(default_factory=list)
    blocks: list[Audio] = field(default_factory=list)
    played: list[Audio] = field(default_factory=list)

    async def until(self, kind: type[DeviceLost | DeviceBack]) -> None:
        """Wait until both devices are lost, or back."""
        while len({e.kind for e in self.events if isinstance(e, kind)}) < 2:  # noqa: ASYNC110
            await anyio.sleep(0.02)

    async def listen(self, microphone: Microphone) -> None:
        """Keep what is heard."""
        async for block in microphone.frames():
            self.blocks.append(block)


async def main(lose: str, bring_back: str, wav: str) -> None:
    """Lose both devices in mid-sound, bring them back, and print what came of it."""
    diary, profile = Diary(), resolve("default")
    async with build(profile, Store(), diary.events.append) as builder, anyio.create_task_group() as tasks:
        speaker = await first_that_opens(builder, "speaker")
        microphone = await first_that_opens(builder, "microphone")
        speaker.tap = diary.played.append
        tasks.start_soon(diary.listen, microphone)
        for level in LEVELS:
            await speaker.play(Audio(np.full(11025, level, np.float32), 22050))
        while speaker.played < 1.2:  # noqa: ASYNC110
            await anyio.sleep(0.01)
        await shell(lose)
        began = anyio.current_time()
        await diary.until(DeviceLost)
        noticed = anyio.current_time() - began
        before, cut = speaker.played, len(diary.played)
        await shell(bring_back)
        await diary.until(DeviceBack)
        await speaker.drain()
        mark = len(diary.blocks)
        await shell(wav)
        await anyio.sleep(0.5)
        tasks.cancel_scope.cancel()
    report(diary, mark, cut, {"noticed": noticed, "before": before, "played": speaker.played})


async def shell(command: str) -> None:
    """Run a command to its end, in the terminal's place."""
    await anyio.run_process(command, stdout=None, stderr=None)


def report(diary: Diary, mark: int, cut: int, numbers: dict[str, float]) -> None:
    """Print what is to be judged."""
    starts = [(block.start, block.seconds) for block in diary.blocks]
    print(
        json.dumps(
            {
                "events": [f"{type(e).__name__} {getattr(e, 'kind', '')}" for e in diary.events],
                **numbers,
                "first": levels(diary.played[:cut]),
                "second": levels(diary.played[cut:]),
                "backwards": sum(b[0] < a[0] + a[1] - 1e-6 for a, b in pairwise(starts)),
                "heard": np.concatenate([b.samples for b in diary.blocks[mark:]]).tolist(),
            }
        )
    )


def levels(played: list[Audio]) -> list[Any]:
    """Give the levels that were handed to devices, one after the other, without silence."""
    samples = np.concatenate([audio.samples for audio in played]).round(1)
    runs = [(level, len(list(run))) for level, run in groupby(samples[samples > 0.05].tolist())]
    steady = [round(level, 1) for level, length in runs if length > 400]  # resampling rings where the level changes
    return [level for level, _ in groupby(steady)]


if __name__ == "__main__":
    anyio.run(main, sys.argv[1], sys.argv[2], sys.argv[3])
