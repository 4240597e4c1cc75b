"""`swv6 mic` on recordings whose faults are known, and its verdicts."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from swv6.audio.check import Measured
from swv6.audio.chirp import Echo
from swv6.audio.files import WavWriter, read
from swv6.cli import mic as command
from swv6.cli import mic_check
from swv6.cli.mic_ear import Ear
from swv6.cli.mic_meter import Meter
from swv6.cli.mic_reading import TEXTS, coloured
from swv6.cli.mic_verdicts import echo_verdicts, reading_verdict, verdicts
from swv6.errors import DeviceError, MissingExtra, UsageError
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.text.alignment import align, words
from swv6.types import VAD, Audio

if TYPE_CHECKING:
    from swv6.types import Samples

ROOT = Path(__file__).resolve().parents[2]
BONJOUR = ROOT / "tests" / "sounds" / "bonjour.wav"
QUESTION = ROOT / "profiles" / "sounds" / "question-1.wav"
SAID = "Bonjour, je m'appelle Camille. Combien de minutes y a-t-il dans deux heures ?"
GOOD = Measured(5.0, 0.001, 0.1, 0.5, 0.0, 3.0, 0.0, 0.0, False)


def invoke(*arguments: object) -> Any:
    result = CliRunner().invoke(command.app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def report(*arguments: object) -> tuple[int, dict[str, Any]]:
    result = invoke("--json", *arguments)
    return result.exit_code, json.loads(result.stdout)


def wav(path: Path, samples: Samples) -> Path:
    with WavWriter(path, 16000) as writer:
        writer.append(Audio(np.clip(samples, -1, 1).astype(np.float32), 16000))
    return path


def statuses(found: dict[str, Any]) -> dict[str, str]:
    return {finding["name"]: finding["level"] for finding in found["findings"]}


@pytest.fixture
def speech() -> Samples:
    """Give two seconds of a quiet room, then speech."""
    hiss = np.random.default_rng(0).normal(0, 0.0005, 32000).astype(np.float32)
    return np.concatenate([hiss, read(BONJOUR).samples])


def test_a_good_recording(tmp_path: Path, speech: Samples) -> None:
    code, found = report("--from-file", wav(tmp_path / "good.wav", speech))
    assert code == 0
    assert found["usable"]
    assert found["microphone"] == "good.wav"
    assert set(statuses(found).values()) == {"ok"}
    assert found["measured"]["noise_dbfs"] == pytest.approx(-66, abs=2)
    assert 1.0 < found["measured"]["spoken"] < 2.5


def test_digital_silence_is_unusable(tmp_path: Path) -> None:
    code, found = report("--from-file", wav(tmp_path / "zero.wav", np.zeros(48000, np.float32)))
    assert (code, found["usable"]) == (5, False)
    assert statuses(found) == {"signal": "problem"}


def test_nobody_speaks(tmp_path: Path, speech: Samples) -> None:
    code, found = report("--from-file", wav(tmp_path / "hiss.wav", speech[:32000]))
    assert code == 5
    assert statuses(found)["speech"] == "problem"


def test_a_faint_voice_is_too_quiet(tmp_path: Path, speech: Samples) -> None:
    code, found = report("--from-file", wav(tmp_path / "faint.wav", 0.02 * speech))
    assert code == 0
    assert 0 < found["measured"]["speech"] < 0.01
    assert statuses(found)["speech"] == "warning"


def test_an_overdriven_voice_is_cut_off(tmp_path: Path, speech: Samples) -> None:
    code, found = report("--from-file", wav(tmp_path / "loud.wav", 20 * speech))
    assert code == 5
    assert statuses(found)["clipping"] == "problem"
    assert found["measured"]["cut_off"] > 0.01


def test_people_get_lines_and_the_act_that_mends(tmp_path: Path, speech: Samples) -> None:
    out = invoke("--from-file", wav(tmp_path / "loud.wav", 20 * speech)).stdout
    assert "problem  clipping" in out
    assert "-> lower its input volume" in out


@pytest.mark.parametrize(
    ("measured", "subject", "status"),
    [
        (GOOD, "speech", "ok"),
        (replace(GOOD, peak=0.81), "clipping", "warning"),
        (replace(GOOD, peak=0.80), "clipping", "ok"),
        (replace(GOOD, cut_off=0.01, peak=1.0), "clipping", "problem"),
        (replace(GOOD, speech=0.009, noise=0.0001), "speech", "warning"),
        (replace(GOOD, speech=0.0101, noise=0.0001), "speech", "ok"),
        (replace(GOOD, noise=0.03), "speech", "warning"),
        (replace(GOOD, noise=0.03), "noise", "warning"),
        (replace(GOOD, noise=0.08), "speech", "problem"),
        (replace(GOOD, spoken=0.0, speech=0.0), "speech", "problem"),
        (replace(GOOD, disturbed=1.0), "noise", "warning"),
        (replace(GOOD, lost=0.032), "dropped", "warning"),
        (replace(GOOD, lost=0.5), "dropped", "problem"),
        (replace(GOOD, zero=True), "signal", "problem"),
    ],
)
def test_verdicts(measured: Measured, subject: str, status: str) -> None:
    (found,) = [finding for finding in verdicts(measured) if finding.name == subject]
    assert found.level == status
    assert bool(found.command) == (status != "ok")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_complaint_20_a_microphone_without_permission(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    (found,) = verdicts(replace(GOOD, zero=True))
    assert ("allow it" in found.command) == (platform != "linux")


@pytest.mark.parametrize(
    ("level", "delay", "peak", "advice"),
    [
        (0.3, 0.15, 0.1, 'swv6 talk, with pip install "swv6[aec]"'),
        (0.001, 0.15, 0.1, "swv6 talk --headphones"),
        (2.0, 0.15, 0.95, "turn the loudspeaker down, run it again"),
        (0.3, 0.9, 0.1, "swv6 talk (it listens when it is silent)"),
    ],
)
def test_complaint_1_what_suits_the_room(level: float, delay: float, peak: float, advice: str) -> None:
    *_, use = echo_verdicts([Echo(0.5, level, 50.0)] * 3, [delay] * 3, peak)
    assert use.command == advice


def test_a_delay_that_wanders_is_said() -> None:
    first, _ = echo_verdicts([Echo(0.5, 0.3, 50.0)] * 3, [0.1, 0.15, 0.3], 0.1)
    assert first.level == "warning"
    assert "between 100 and 300 ms" in first.text


def test_one_match_of_three_is_no_echo() -> None:
    first, use = echo_verdicts([None, Echo(0.5, 0.3, 11.0), None], [0.2], 0.1)
    assert "no echo" in first.text
    assert use.command == "swv6 talk --headphones"


class _Gappy:
    """A microphone of 100 blocks that loses the 50th to the 59th."""

    live = True

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream blocks that are no multiple of a frame."""
        for n in (*range(50), *range(60, 100)):
            yield Audio(np.full(400, n / 1000, np.float32), 16000, n * 400 / 16000)


class _Loud:
    rate, frame = 16000, 512

    def __call__(self, frame: Samples) -> float:
        return float(frame.max() > 0.03)

    def reset(self) -> None: ...


@pytest.mark.anyio
async def test_lost_sound_is_counted_and_every_sample_kept() -> None:
    meter = Meter(Console(quiet=True))
    async with aclosing(Ear(_Gappy(), cast("VAD", _Loud()), meter, 0.5)) as ear:
        first = [frame async for frame in ear.frames(0.5)]
        rest = [frame async for frame in ear.frames()]
    assert ear.lost == pytest.approx(10 * 400 / 16000)
    assert len(first) == 16
    assert [frame.at for frame in first + rest] == pytest.approx([n * 0.032 for n in range(len(ear.kept))])
    assert len(ear.samples(0.0)) == 90 * 400 // 512 * 512
    assert [frame.speech for frame in ear.kept] == sorted(frame.speech for frame in ear.kept)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--loopback", "--read", "fr"),
        ("--loopback", "--from-file", BONJOUR),
        ("--read", "tlh"),
        ("--from-file", BONJOUR, "--read", "fr"),
        ("--loopback", "--profile", "demo"),
    ],
)
def test_what_does_not_go_together(arguments: tuple[object, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        invoke(*arguments)
    assert caught.value.exit_code == 2


def test_a_recording_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        invoke("--from-file", tmp_path / "nowhere.wav")


def test_the_words_can_be_told_apart_without_colour() -> None:
    found = align("le chat noir dort bien ici", "le chien noir bien ici là", "fr")
    assert coloured(found).plain == "le [chat: chien] noir [dort: -] bien ici [+ là]"
    assert reading_verdict(found, []).level == "warning"
    assert "models" in reading_verdict(found, []).command
    assert "above" in reading_verdict(found, verdicts(replace(GOOD, zero=True))).command


@pytest.mark.parametrize("language", TEXTS)
def test_the_shipped_texts_have_no_figures_and_enough_words(language: str) -> None:
    assert len(words(TEXTS[language], language)) >= 25
    assert not any(letter.isdigit() for letter in TEXTS[language])


def test_without_a_device_nobody_is_told_how_to_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*given: object) -> None:
        raise DeviceError("no microphone found", "without a microphone: swv6 talk --text")

    monkeypatch.setattr(command, "_report", nothing)
    monkeypatch.setattr(command, "prepare", lambda name, overrides, kinds, yes: (resolve(name, overrides), Store()))
    with pytest.raises(DeviceError) as caught:
        invoke()
    assert caught.value.what == "no microphone found"
    assert "swv6 mic --from-file" in caught.value.hint
    assert "talk" not in caught.value.hint


def test_a_missing_library_is_said_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
    monkeypatch.setattr(mic_check, "read_aloud", None)
    monkeypatch.setattr(command, "prepare", lambda name, overrides, kinds, yes: (resolve(name, overrides), Store()))
    with pytest.raises(MissingExtra, match="rapidfuzz") as caught:
        invoke("--from-file", QUESTION, "--text", SAID)
    assert "embedded" in caught.value.hint


@pytest.mark.weights
def test_a_recording_is_read_and_compared() -> None:
    text = SAID.replace("deux", "trois petites")
    code, found = report("--from-file", QUESTION, "--text", text)
    assert code == 0
    heard = found["reading"]
    wrong = [word for word in heard["words"] if word["fate"] != "heard"]
    assert {"trois", "petites"} <= {word["said"] for word in wrong}
    assert heard["accuracy"] >= 0.75
    assert heard["wer"] >= 2 / 16
    assert heard["backend_used"] == "prism"
    assert heard["first_word_latency"] > 0 < heard["sentence_latency"]
