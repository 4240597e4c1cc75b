"""Devices made of files: a microphone that waits, a loudspeaker that keeps what was played."""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

import anyio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin import wav_files
from plugins_builtin.wav_files.microphone import FRAME, RATE, Recording
from plugins_builtin.wav_files.options import WavMicrophone
from plugins_builtin.wav_files.speaker import Tape
from swv6.audio.files import WavWriter, read
from swv6.errors import AudioError
from swv6.plugins import Audio, Microphone
from swv6.testing.microphone import MicrophoneContract
from swv6.testing.opened import opened
from swv6.testing.speaker import SpeakerContract

ROOT = Path(__file__).parents[2]
FIRST, SECOND = ROOT / "profiles/sounds/question-1.wav", ROOT / "profiles/sounds/question-2.wav"
MICROPHONE = next(iter(wav_files.swv6_microphone()))
SPEAKER = next(iter(wav_files.swv6_speaker()))


class TestMicrophoneInRealTime(MicrophoneContract):
    backend = MICROPHONE

    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"files": [str(FIRST)]}


class TestMicrophoneAtOnce(MicrophoneContract):
    backend = MICROPHONE

    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"files": [str(FIRST)], "real_time": False}


class TestMicrophoneThatDoesNotWait(MicrophoneContract):
    backend = MICROPHONE

    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"files": [str(FIRST)], "waits": False}


class TestSpeakerInRealTime(SpeakerContract):
    backend = SPEAKER

    @pytest.fixture
    def options(self, tmp_path: Path) -> dict[str, Any]:
        return {"file": str(tmp_path / "reply.wav")}


class TestSpeakerAtOnce(SpeakerContract):
    backend = SPEAKER

    @pytest.fixture
    def options(self, tmp_path: Path) -> dict[str, Any]:
        return {"file": str(tmp_path / "reply.wav"), "real_time": False}


@pytest.mark.anyio
async def test_files_follow_each_other_with_their_silence() -> None:
    options = {"files": [FIRST, SECOND], "real_time": False, "silence_after": "640 ms"}
    async with opened(MICROPHONE, options) as microphone:
        heard = np.concatenate([block.samples async for block in microphone.frames()])
    said = [read(path).samples for path in (FIRST, SECOND)]
    second = -(-len(said[0]) // FRAME) * FRAME + 20 * FRAME
    assert np.array_equal(heard[: len(said[0])], said[0])
    assert not heard[len(said[0]) : second].any()
    assert np.array_equal(heard[second : second + len(said[1])], said[1])
    assert not heard[second + len(said[1]) :].any()


@pytest.mark.anyio
async def test_a_file_that_cannot_be_decoded_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="no such file"):
        async with opened(MICROPHONE, {"files": [FIRST, tmp_path / "none.wav"]}):
            pass


@pytest.mark.parametrize(
    ("real_time", "waits", "live"), [(True, True, False), (True, False, True), (False, False, False)]
)
def test_live_is_a_clock_that_waits_for_nobody(real_time: bool, waits: bool, live: bool) -> None:
    assert Recording(WavMicrophone(files=[FIRST], real_time=real_time, waits=waits)).live is live


class Clock:
    """Time that passes only while someone sleeps or works."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        patch.setattr(anyio, "current_time", lambda: self.now)
        patch.setattr(anyio, "sleep_until", self._sleep_until)

    async def _sleep_until(self, when: float) -> None:
        self.now = max(self.now, when) + 0.003  # schedulers oversleep


async def _spoken_at(clock: Clock, microphone: Microphone, busy: dict[int, float], count: int) -> list[float]:
    """Return when each frame came; the listener is `busy` after some of them."""
    times = []
    frames: AsyncIterator[Audio] = microphone.frames()
    async with aclosing(cast("Any", frames)):
        for index in range(count):
            await anext(frames)
            times.append(clock.now - 100.0)
            clock.now += busy.get(index, 0.0)
    return times


@pytest.mark.anyio
async def test_the_clock_does_not_drift(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    times = await _spoken_at(clock, Recording(WavMicrophone(files=[FIRST])), dict.fromkeys(range(100), 0.02), 100)
    assert times[-1] == pytest.approx(100 * FRAME / RATE + 0.003)


@pytest.mark.anyio
async def test_a_recording_stands_still_while_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    times = await _spoken_at(clock, Recording(WavMicrophone(files=[FIRST])), {9: 5.0}, 20)
    assert times[10] == pytest.approx(times[9] + 5.0, abs=0.01)
    assert times[19] == pytest.approx(times[9] + 5.0 + 9 * FRAME / RATE, abs=0.01)


@pytest.mark.anyio
async def test_a_live_one_delivers_late_and_catches_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    recording = Recording(WavMicrophone(files=[FIRST], waits=False))
    times = await _spoken_at(clock, recording, {9: 0.5}, 40)
    assert times[39] == pytest.approx(40 * FRAME / RATE + 0.003)


@pytest.mark.anyio
async def test_the_file_holds_both_replies_and_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "replies.wav"
    async with opened(SPEAKER, {"file": path, "real_time": False, "rate": 16000}) as speaker:
        for _ in range(2):
            for part in np.array_split(np.full(8000, 0.5, np.float32), 3):
                await speaker.play(Audio(part, 16000))
            await speaker.drain()
    got = read(path).samples
    assert [len(run) for run in np.split(got, np.flatnonzero(np.diff(got)) + 1)] == [8000, 4800, 8000]


@pytest.mark.anyio
async def test_the_true_pauses_can_be_kept(tmp_path: Path) -> None:
    path = tmp_path / "replies.wav"
    sound = Audio(np.full(1600, 0.5, np.float32), 16000)
    async with opened(SPEAKER, {"file": path, "gap": None, "rate": 16000}) as speaker:
        for _ in range(2):
            await speaker.play(sound)
            await speaker.drain()
            await anyio.sleep(0.5)
    got = read(path).samples
    first, pause = (len(run) for run in np.split(got, np.flatnonzero(np.diff(got)) + 1)[:2])
    assert first == 1600
    assert pause >= 0.45 * 16000


@pytest.mark.anyio
async def test_what_was_stopped_is_not_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"
    async with opened(SPEAKER, {"file": path, "rate": 16000}) as speaker:
        await speaker.play(Audio(np.full(160000, 0.5, np.float32), 16000))
        speaker.stop()
        played = speaker.played
    assert len(read(path).samples) == round(played * 16000) < 160000


@given(st.lists(st.sampled_from(["play", "stop", "pause", "resume", "wait"]), max_size=25))
def test_complaint_22_no_sequence_loses_or_repeats_a_sample(steps: list[str]) -> None:
    heard: list[Audio] = []
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        now = 100.0
        patch.setattr(time, "monotonic", lambda: now)
        tape = Tape(WavWriter(Path(folder, "reply.wav"), 16000), real_time=True, gap=None)
        tape.tap = heard.append
        fed = number = 0
        for step in steps:
            before = tape.played
            if step == "play":
                tape.queue(Audio(np.arange(number, number + 800, dtype=np.float32), 16000))
                fed, number = fed + 800, number + 800
            elif step == "wait":
                now += 0.03
            else:
                getattr(tape, step)()
            assert tape.played >= before
            fed = round(tape.played * 16000) if step == "stop" else fed
        tape.resume()
        now += 60
        assert round(tape.played * 16000) == fed
    numbers = np.concatenate([np.empty(0, np.float32), *(audio.samples for audio in heard)])
    assert len(numbers) == fed
    assert np.all(np.diff(numbers) > 0)


def test_nothing_played_leaves_an_older_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"

    async def play(*sounds: Audio) -> None:
        async with opened(SPEAKER, {"file": path, "rate": 16000}) as speaker:
            speaker.pause()
            for sound in sounds:
                await speaker.play(sound)
            speaker.stop()

    anyio.run(play)
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"an older recording")
    anyio.run(play, Audio(np.full(1600, 0.5, np.float32), 16000))
    assert path.read_bytes() == b"an older recording"
    assert list(tmp_path.iterdir()) == [path]


def test_ctrl_c_keeps_what_was_played_so_far(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"

    async def interrupted() -> None:
        async with opened(SPEAKER, {"file": path, "rate": 16000}) as speaker:
            await speaker.play(Audio(np.full(160000, 0.5, np.float32), 16000))
            await anyio.sleep(0.2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        anyio.run(interrupted)
    assert 0.15 * 16000 <= len(read(path).samples) < 160000
    assert list(tmp_path.iterdir()) == [path]
