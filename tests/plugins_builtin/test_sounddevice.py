"""Real PortAudio on a virtual sound card."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import anyio
import anyio.to_thread
import numpy as np
import pytest

from plugins_builtin import sounddevice
from plugins_builtin.sounddevice import microphone as capturing
from swv6.audio.files import WavWriter, read
from swv6.errors import DeviceError, MissingExtra
from swv6.plugins import Audio, Microphone
from swv6.testing.microphone import MicrophoneContract
from swv6.testing.opened import opened
from swv6.testing.speaker import SpeakerContract
from tests.virtual_audio import VirtualAudio

if TYPE_CHECKING:
    from swv6.plugins import Samples

MICROPHONE = next(iter(sounddevice.swv6_microphone()))
SPEAKER = next(iter(sounddevice.swv6_speaker()))


@pytest.mark.audio
@pytest.mark.usefixtures("virtual_audio")
class TestMicrophone(MicrophoneContract):
    backend = MICROPHONE


@pytest.mark.audio
@pytest.mark.usefixtures("virtual_audio")
class TestSpeaker(SpeakerContract):
    backend = SPEAKER


async def _hear(card: VirtualAudio, microphone: Microphone, said: Path, seconds: float) -> Samples:
    """Listen while `said` is spoken into the microphone."""
    heard: list[Samples] = []
    frames: AsyncIterator[Audio] = microphone.frames()
    async with aclosing(cast("Any", frames)):
        heard.append((await anext(frames)).samples)
        voice = card.begin("say", str(said))
        async for block in frames:
            heard.append(block.samples)
            if voice.poll() is not None and sum(map(len, heard)) >= seconds * 16000:
                break
    assert voice.returncode == 0
    return np.concatenate(heard)


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    """Give ten seconds of noise in a WAV whose first sample is not zero."""
    path = tmp_path / "noise.wav"
    with WavWriter(path, 16000) as writer:
        samples = np.random.default_rng(1).uniform(-0.9, 0.9, 160000).astype(np.float32)
        samples[0] = 0.9
        writer.append(Audio(samples, 16000))
    return path


@pytest.mark.audio
@pytest.mark.anyio
async def test_ten_seconds_arrive_sample_by_sample(virtual_audio: VirtualAudio, noise: Path) -> None:
    async with opened(MICROPHONE, {}) as microphone:
        heard = await _hear(virtual_audio, microphone, noise, 11.5)
    begin = int(np.flatnonzero(heard)[0])
    assert np.array_equal(heard[begin : begin + 160000], read(noise).samples)


@pytest.mark.audio
@pytest.mark.anyio
async def test_complaint_18_a_card_that_refuses_16_khz_is_resampled(
    virtual_audio: VirtualAudio, noise: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice as sd

    real = sd.InputStream

    def refusing(rate: int, *args: Any, **kwargs: Any) -> Any:
        if rate == 16000:
            raise sd.PortAudioError("Invalid sample rate", -9997)
        return real(rate, *args, **kwargs)

    monkeypatch.setattr(sd, "InputStream", refusing)
    async with opened(MICROPHONE, {}) as microphone:
        heard = await _hear(virtual_audio, microphone, noise, 11.5)
    said = read(noise).samples
    assert _best_match(heard, said) > 0.9


def _best_match(heard: Samples, said: Samples) -> float:
    """Return the highest normalised correlation of `said` with any place in `heard`."""
    size = len(heard) + len(said)
    cross = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    return float(cross.max() / (np.linalg.norm(heard) * np.linalg.norm(said)))


async def _record(card: VirtualAudio, path: Path, seconds: int, play: Any) -> Samples:
    """Record the loudspeaker while `play()` runs; 22,050 Hz, the card's own rate."""
    recorder = card.begin("record", str(path), str(seconds))
    await anyio.sleep(1.0)  # until it records
    await play()
    await anyio.to_thread.run_sync(recorder.wait)
    return read(path, 22050).samples


@pytest.mark.audio
@pytest.mark.anyio
async def test_sentences_join_without_a_gap(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    said = np.random.default_rng(2).uniform(-0.9, 0.9, 33075).astype(np.float32)
    said[0] = said[-1] = 0.9
    async with opened(SPEAKER, {"rate": 22050, "latency": "500 ms"}) as speaker:  # a busy machine starves small buffers

        async def play() -> None:
            for part in np.array_split(said, 9):
                await speaker.play(Audio(part, 22050))
            await speaker.drain()

        heard = await _record(virtual_audio, tmp_path / "heard.wav", 5, play)
    sounding = np.flatnonzero(heard)
    got = heard[sounding[0] : sounding[-1] + 1]
    assert len(got) == len(said)
    assert np.abs(got - said).max() < 2 / 32768


@pytest.mark.audio
@pytest.mark.anyio
async def test_stop_silences_the_card(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    loud = Audio(np.full(22050 * 3, 0.5, np.float32), 22050)
    played = []
    async with opened(SPEAKER, {"rate": 22050}) as speaker:

        async def play() -> None:
            await speaker.play(loud)
            await anyio.sleep(0.5)
            speaker.stop()
            played.append(speaker.played)

        heard = await _record(virtual_audio, tmp_path / "heard.wav", 5, play)
    assert np.count_nonzero(heard) / 22050 == pytest.approx(played[0], abs=0.12)
    assert np.count_nonzero(heard) / 22050 < 2.0


@pytest.mark.audio
@pytest.mark.anyio
async def test_a_pause_is_silent_and_loses_nothing(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    said = np.linspace(0.1, 0.9, 33075, dtype=np.float32)
    async with opened(SPEAKER, {"rate": 22050}) as speaker:

        async def play() -> None:
            await speaker.play(Audio(said, 22050))
            await anyio.sleep(0.5)
            speaker.pause()
            await anyio.sleep(1.0)
            speaker.resume()
            await speaker.drain()

        heard = await _record(virtual_audio, tmp_path / "heard.wav", 6, play)
        assert speaker.played == 1.5
    runs = [run for run in np.split(heard, np.flatnonzero(np.diff(heard == 0)) + 1) if run[0]]
    assert len(runs) == 2, "one silence"
    first, second = runs
    assert first[0] == pytest.approx(said[0], abs=1e-4)
    assert second[-1] == pytest.approx(said[-1], abs=1e-4)
    repeated = np.count_nonzero(second < first[-1]) / 22050
    assert second[0] <= first[-1] + 1e-4, "nothing is lost"
    assert repeated < 0.2


@pytest.mark.audio
@pytest.mark.anyio
async def test_sound_that_nobody_takes_is_bounded_and_counted(
    virtual_audio: VirtualAudio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(capturing, "_QUEUE", 4)
    async with opened(MICROPHONE, {}) as capture:
        frames: AsyncIterator[Audio] = capture.frames()
        async with aclosing(cast("Any", frames)):
            before = await anext(frames)
            while cast("Any", capture).dropped < 3:  # noqa: ASYNC110
                await anyio.sleep(0.05)
            lost = cast("Any", capture).dropped
            after = await anext(frames)
    gap = (after.start - before.start - before.seconds) / after.seconds
    assert 1 <= round(gap, 3) <= lost, "the clock goes on; a block that the device lost is counted too"
    assert len([record for record in caplog.records if "sound is lost" in record.getMessage()]) == 1


@pytest.mark.audio
@pytest.mark.anyio
async def test_unknown_names_are_refused(virtual_audio: VirtualAudio) -> None:
    for backend in (MICROPHONE, SPEAKER):
        with pytest.raises(DeviceError, match="'piano' is not a") as caught:
            async with opened(cast("Any", backend), {"device": "piano"}):
                pass
        assert "pulse" in caught.value.hint


@pytest.mark.anyio
@pytest.mark.parametrize("backend", [MICROPHONE, SPEAKER], ids=["microphone", "speaker"])
async def test_without_the_library(backend: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(DeviceError, match="PortAudio library not found") as caught:
        async with opened(backend, {}):
            pass
    assert caught.value.hint == "sudo apt install libportaudio2"


@pytest.mark.anyio
@pytest.mark.parametrize("backend", [MICROPHONE, SPEAKER], ids=["microphone", "speaker"])
async def test_without_the_package(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(MissingExtra):
        async with backend.opener()(backend.options_model()()):
            pass
