"""The microphone does not hear the loudspeaker, and still hears us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import numpy as np
import pytest

from swv6.audio.files import WavWriter, read
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.devices import fastest_allowed, first_that_opens
from swv6.stages.echo import BEHIND, KEPT, Cleaned, without_echo
from swv6.types import VAD, Audio, Microphone
from tests.conversation.fakes import FakeSpeaker, Log
from tests.virtual_audio import VirtualAudio

if TYPE_CHECKING:
    from swv6.types import Samples

pytestmark = pytest.mark.anyio
SECOND = 31
"""Frames of 32 ms that the canceller is given to learn the room."""
SOUNDS = Path(__file__).parents[2] / "profiles/sounds"


class Canceller:
    """Notes which frames it gets, in order; cleans by halving."""

    rate = 16000
    frame = 160

    def __init__(self) -> None:
        self.order: list[str] = []
        self.far: list[Samples] = []

    def played(self, frame: Samples, /) -> None:
        """Note it."""
        assert frame.shape == (160,)
        self.order.append("played")
        self.far.append(frame)

    def clean(self, frame: Samples, /) -> Samples:
        """Note it."""
        assert frame.shape == (160,)
        self.order.append("clean")
        return frame * np.float32(0.5)


class Room:
    """A microphone that gives blocks of 32 ms; before each, the speaker is given `played`."""

    live = True

    def __init__(self, speaker: FakeSpeaker, blocks: int, played: Audio | None = None, each: int = 1) -> None:
        self.speaker, self.blocks, self.played, self.each = speaker, blocks, played, each

    async def frames(self) -> AsyncIterator[Audio]:
        """Count samples up."""
        for at in range(0, self.blocks * 512, 512):
            for _ in range(self.each):
                if self.played is not None and self.speaker.tap is not None:
                    self.speaker.tap(self.played)
            yield Audio(np.arange(at, at + 512, dtype=np.float32), 16000, 5.0 + at / 16000)


async def test_frames_last_ten_milliseconds_and_keep_their_time() -> None:
    speaker, canceller = FakeSpeaker(), Canceller()
    blocks = [block async for block in Cleaned(Room(speaker, 5), speaker, canceller).frames()]
    assert np.array_equal(np.concatenate([block.samples for block in blocks]) * 2, np.arange(2560))
    for block in blocks:
        assert block.start == pytest.approx(5.0 + block.samples[0] * 2 / 16000)
    assert canceller.order == ["clean"] * 16
    assert speaker.tap is None


async def test_what_is_played_goes_along_one_frame_for_one() -> None:
    speaker, canceller = FakeSpeaker(), Canceller()
    tone = np.sin(np.arange(768) / 5).astype(np.float32)
    room = Room(speaker, 40, Audio(tone, 24000))
    blocks = [block async for block in Cleaned(room, speaker, canceller).frames()]
    assert len(np.concatenate([block.samples for block in blocks])) == 40 * 512
    behind = canceller.order.count("clean") - canceller.order.count("played")
    assert 0 <= behind <= BEHIND, "24 kHz became 16 kHz, and nothing piled up"
    steady = "".join("p" if what == "played" else "c" for what in canceller.order[20:])
    assert "ccc" not in steady
    assert "ppp" not in steady


async def test_what_nobody_takes_is_bounded() -> None:
    speaker, canceller = FakeSpeaker(), Canceller()
    room = Room(speaker, 1, Audio(np.zeros(16000, np.float32), 16000), each=10)
    [block async for block in Cleaned(room, speaker, canceller).frames()]
    assert len(canceller.far) <= KEPT


async def test_a_canceller_that_is_not_installed_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("swv6.plugins.offers._importable", lambda name: name != "livekit")
    log, speaker = Log(), FakeSpeaker()
    async with build(resolve("default"), Store(), log) as builder:
        assert await without_echo(builder, Room(speaker, 1), speaker) is None
    assert not log.events


async def test_with_headphones_nothing_is_cancelled() -> None:
    speaker = FakeSpeaker()
    async with build(resolve("default", ["turns.barge_in=true"]), Store(), Log()) as builder:
        assert await without_echo(builder, Room(speaker, 1), speaker) is None


class Ear:
    """Passes a microphone on and keeps what it heard."""

    live = True

    def __init__(self, microphone: Microphone) -> None:
        self.microphone = microphone
        self.heard: list[Samples] = []

    async def frames(self) -> AsyncIterator[Audio]:
        """Keep each block."""
        async for block in self.microphone.frames():
            self.heard.append(block.samples)
            yield block


@pytest.fixture
def echoing(virtual_audio: VirtualAudio) -> Any:
    """Let the microphone hear the loudspeaker."""
    virtual_audio.run("echo-on")
    yield virtual_audio
    virtual_audio.run("echo-off")


def _flagged(vad: VAD, samples: Samples) -> Any:
    """Say of each frame of the detector whether it is speech."""
    vad.reset()
    frames = range(0, len(samples) - vad.frame + 1, vad.frame)
    return np.array([vad(samples[at : at + vad.frame]) >= 0.5 for at in frames])


@pytest.mark.audio
async def test_complaint_1_the_assistant_hears_us_and_not_itself(echoing: VirtualAudio, tmp_path: Path) -> None:
    said = read(SOUNDS / "question-en.wav", 16000)
    with WavWriter(tmp_path / "said.wav", 16000) as writer:
        writer.append(said)
    answer = np.concatenate([read(SOUNDS / f"question-{n}.wav", 24000).samples for n in (1, 2, 1, 2)])
    cleaned: list[Samples] = []
    async with build(resolve("default"), Store(), Log()) as builder:
        speaker = await first_that_opens(builder, "speaker")
        ear = Ear(await first_that_opens(builder, "microphone"))
        microphone = await without_echo(builder, ear, speaker)
        assert microphone is not None

        async def listen() -> None:
            async for block in microphone.frames():
                cleaned.append(block.samples)  # noqa: PERF401

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(listen)
            for part in np.array_split(answer, 12):
                await speaker.play(Audio(part, 24000))
            cut = sum(map(len, cleaned)) // 512
            voice = echoing.begin("say", str(tmp_path / "said.wav"))
            await speaker.drain()
            tasks.cancel_scope.cancel()
        vad = await fastest_allowed(builder)
    raw, clean = _flagged(vad, np.concatenate(ear.heard)), _flagged(vad, np.concatenate(cleaned))
    assert voice.wait(20) == 0
    assert raw[:cut].sum() > 0.5 * cut, "without cancellation the detector takes the echo for somebody"
    learnt = int(np.flatnonzero(raw)[0]) + SECOND
    assert clean[learnt:cut].sum() < 0.05 * raw[learnt:cut].sum()
    assert clean[:cut].sum() < 0.1 * raw[:cut].sum(), "and while it learns the room"
    alone = _flagged(vad, said.samples).sum()
    print(f"echo {raw[:cut].mean():.1%} -> {clean[:cut].mean():.1%}; over it {clean[cut:].sum()} of {alone}")
    assert clean[cut:].sum() > 0.2 * alone, "somebody speaks over the answer"
