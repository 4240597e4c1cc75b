"""Any sound file becomes mono blocks; each bad one has its own line."""

from __future__ import annotations

import itertools
import logging
import os
import struct
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from swv6.audio.files import read, read_blocks
from swv6.audio.length import promised
from swv6.errors import AudioError, MissingExtra

SOUNDS = Path(__file__).parents[1] / "sounds"


def _noise(seconds: float, rate: int, channels: int = 1) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.random.default_rng(5).normal(0, 0.1, (round(seconds * rate), channels))


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    """Give ten seconds of 16 kHz noise as a 16-bit WAV."""
    path = tmp_path / "noise.wav"
    soundfile.write(path, _noise(10, 16000), 16000)
    return path


@pytest.mark.parametrize("kind", ["mp3", "m4a", "webm", "ogg", "flac"])
def test_every_format_gives_the_same_speech(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    sound, original = read(SOUNDS / f"meteo.{kind}"), read(SOUNDS / "meteo.flac")
    assert sound.samples.dtype == np.float32
    assert (sound.rate, sound.samples.ndim) == (16000, 1)
    assert sound.seconds == pytest.approx(original.seconds, abs=0.08)
    assert _likeness(sound.samples, original.samples) > 0.9
    assert not caplog.records


def _likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Return the highest normalised correlation over small shifts (encoders delay)."""
    size = min(len(one), len(other)) - 3200
    middle = other[1600 : 1600 + size]
    shifted = (one[1600 + s : 1600 + s + size] for s in range(-1600, 1600, 1))
    return max(float(middle @ o / np.sqrt((middle @ middle) * (o @ o))) for o in shifted)


def test_stereo_96_khz_float_is_mixed_and_resampled(tmp_path: Path) -> None:
    times = np.arange(96000) / 96000
    left, right = np.sin(2 * np.pi * 300 * times), 0.5 * np.sin(2 * np.pi * 700 * times)
    soundfile.write(tmp_path / "big.wav", np.stack([left, right], 1), 96000, "FLOAT")
    got = read(tmp_path / "big.wav").samples
    times = np.arange(16000) / 16000
    expected = (np.sin(2 * np.pi * 300 * times) + 0.5 * np.sin(2 * np.pi * 700 * times)) / 2
    assert np.abs(got - expected)[800:-800].max() < 0.002


def test_blocks_have_the_wanted_length_and_know_their_place(wav: Path) -> None:
    blocks = list(read_blocks(wav, 8000, 3.0))
    assert [len(block.samples) for block in blocks] == [24000, 24000, 24000, 8000]
    assert [block.start for block in blocks] == [0.0, 3.0, 6.0, 9.0]


def test_three_hours_stream_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    second = (_noise(1, 8000) * 32767).astype("<i2")
    with soundfile.SoundFile(path, "w", 8000, 1) as file:
        for _ in range(3 * 60):
            file.write(np.tile(second, (60, 1)))
    tracemalloc.start()
    total = sum(block.seconds for block in read_blocks(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == pytest.approx(3 * 3600)
    assert peak < 20e6


def test_a_streamed_wav_without_a_length_is_read_to_its_end(wav: Path, caplog: pytest.LogCaptureFixture) -> None:
    for size in (0, 0xFFFFFFFF):
        _patch(wav, wav.read_bytes().index(b"data") + 4, struct.pack("<I", size))
        assert read(wav).seconds == pytest.approx(10.0)
    assert not caplog.records


@pytest.mark.parametrize("kind", ["mp3", "webm", "ogg", "flac", "wav"])
def test_half_a_file_is_decoded_with_a_warning(kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    source = SOUNDS / ("bonjour.wav" if kind == "wav" else f"meteo.{kind}")
    data = source.read_bytes()
    half = tmp_path / f"half.{kind}"
    half.write_bytes(data[: len(data) // 2])
    with caplog.at_level(logging.WARNING, "swv6.audio"):
        got = read(half)
    assert 0.2 < got.seconds / read(source).seconds < 0.7
    assert len(caplog.records) == 1
    assert "half." in caplog.text


def test_a_damaged_packet_costs_itself_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = bytearray((SOUNDS / "meteo.m4a").read_bytes())
    data[9000:9400] = b"\xa5" * 400
    (tmp_path / "hurt.m4a").write_bytes(data)
    with caplog.at_level(logging.WARNING, "swv6.audio"):
        assert read(tmp_path / "hurt.m4a").seconds > 3.0
    assert "hurt.m4a" in caplog.text


def _mp3s() -> dict[str, bytes]:
    """Give an MP3 with junk in it, one cut in half, one with a tag that lies, one that is none."""
    data = (SOUNDS / "meteo.mp3").read_bytes()
    tag = b"ID3\x04\x00\x00\x00\x00\x10\x00TXXX\x00\x00\x00\x7fAAAA"
    junk = np.random.default_rng(1).bytes(20000)
    return {"hurt": data[:20000] + b"\x00\x55" * 3000 + data[20000:], "half": data[:12000], "tag": tag + data, "": junk}


@pytest.mark.parametrize("kind", ["hurt", "half", "tag", ""])
def test_decoders_write_no_lines_of_their_own(kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """libmpg123 does, and stops where it does not understand."""
    (tmp_path / "a.mp3").write_bytes(_mp3s()[kind])
    if kind:
        assert read(tmp_path / "a.mp3").seconds > {"hurt": 3.5, "half": 1.5, "tag": 3.5}[kind]
    else:
        _refused(tmp_path / "a.mp3", "is not a sound file", "ffmpeg")
    assert capfd.readouterr() == ("", "")


def test_a_wav_that_is_called_mp3(wav: Path) -> None:
    assert read(wav.rename(wav.with_suffix(".mp3"))).seconds == pytest.approx(10.0)


def test_no_such_file_suggests_its_neighbour(wav: Path) -> None:
    _refused(wav.with_name("niose.wav"), "no such file", str(wav))
    _refused(wav.parent / "nowhere" / "x.wav", "no such file", "check the path")


def test_a_folder(tmp_path: Path) -> None:
    _refused(tmp_path, "is a folder", "files in it")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    _refused(tmp_path / "empty.wav", "is empty", "again")


def test_text_renamed_wav(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("Bonjour tout le monde.\n" * 200, encoding="utf-8")
    _refused(tmp_path / "text.wav", "is a text file, no sound", "m4a")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("order.yaml", "été: 1\n".encode(), "is a text file, no sound"),
        ("photo.wav", b"\xff\xd8\xff\xe0" + bytes(200), "is a picture, no sound"),
        ("sounds.zip", b"PK\x03\x04" + bytes(200), "an archive|a zip archive"),
    ],
)
def test_what_is_no_sound_is_told_what_it_is(name: str, content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError, match=what):
        read(tmp_path / name)


def test_an_m4a_that_was_never_finished(tmp_path: Path) -> None:
    whole = (SOUNDS / "meteo.m4a").read_bytes()
    (tmp_path / "cut.m4a").write_bytes(whole[: len(whole) // 2])
    _refused(tmp_path / "cut.m4a", "was never finished", "again")


def test_the_sound_of_a_film_and_a_film_without(tmp_path: Path) -> None:
    for name, track in (("film.mp4", True), ("mute.mp4", False)):
        _film(tmp_path / name, track)
    assert read(tmp_path / "film.mp4").seconds == pytest.approx(1.0, abs=0.1)
    _refused(tmp_path / "mute.mp4", "is a film without sound", "sound track")


@pytest.mark.parametrize("kind", ["mp4", "mov", "mkv", "avi", "ts", "flv"])
def test_a_picture_that_outlasts_its_sound_is_no_missing_end(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _film(tmp_path / f"film.{kind}", sound=True, pictures=50)
    assert read(tmp_path / f"film.{kind}").seconds == pytest.approx(1.0, abs=0.1)
    assert not caplog.records
    assert promised(tmp_path / f"film.{kind}") == (None if kind == "flv" else pytest.approx(1.0, abs=0.1))


@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_a_film_s_sound_that_ends_early_is_told(kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _film(tmp_path / f"film.{kind}", sound=True, options={"movflags": "faststart"} if kind == "mp4" else {})
    whole = (tmp_path / f"film.{kind}").read_bytes()
    (tmp_path / f"half.{kind}").write_bytes(whole[: len(whole) * 2 // 3])
    assert 0.1 < read(tmp_path / f"half.{kind}").seconds < 0.9
    assert "truncated: its header promises 1.0 s" in caplog.text


def _film(path: Path, sound: bool, pictures: int = 10, options: dict[str, str] | None = None) -> None:
    with av.open(str(path), "w", options=options or {}) as film:
        picture: Any = film.add_stream("flv1" if path.suffix == ".flv" else "mpeg4", rate=10)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        track: Any = film.add_stream("aac", rate=48000) if sound else None
        for _ in range(pictures):
            film.mux(picture.encode(av.VideoFrame(64, 64, "yuv420p")))
        if sound:
            frame = av.AudioFrame.from_ndarray(_noise(1.0, 48000).T.astype(np.float32), "fltp", "mono")
            frame.rate = 48000
            film.mux(track.encode(frame))
        for stream in (picture, *([track] if sound else [])):
            film.mux(stream.encode())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9.wav"))
    soundfile.write(tmp_path / "x.wav", _noise(0.1, 16000), 16000)
    (tmp_path / "x.wav").rename(path)
    _refused(path, "is no UTF-8", "rename")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_nothing_says_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "a.wav").symlink_to("gone.wav")
    _refused(tmp_path / "a.wav", "is a link to gone.wav", "link")


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "DOUBLE", "ALAW"])
def test_samples_of_any_kind(subtype: str, tmp_path: Path) -> None:
    sound = np.sin(np.arange(8000) * 0.05) * 0.4
    soundfile.write(tmp_path / "x.wav", np.stack([sound] * 8, 1), 8000, subtype=subtype)
    assert np.abs(read(tmp_path / "x.wav", 8000).samples - sound).max() < 0.02


def test_junk(tmp_path: Path) -> None:
    (tmp_path / "junk.mp3").write_bytes(np.random.default_rng(1).bytes(20000))
    _refused(tmp_path / "junk.mp3", "", "")


def test_a_header_of_0_hz(wav: Path) -> None:
    _patch(wav, 24, struct.pack("<I", 0))
    _refused(wav, "0 Hz", "convert")


def test_a_header_and_no_sound(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "none.wav", np.zeros(0), 16000)
    _refused(tmp_path / "none.wav", "", "")


@pytest.mark.parametrize("missing", ["soundfile", "av"])
def test_without_a_decoder_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtra, match=missing) as caught:
        read(SOUNDS / "meteo.m4a")
    assert caught.value.hint == 'pip install "swv6[embedded]"'


def test_leaving_early_closes_the_file(wav: Path) -> None:
    assert len(list(itertools.islice(read_blocks(wav, seconds=1.0), 2))) == 2
    wav.rename(wav.with_name("moved.wav"))


def _refused(path: Path, what: str, hint: str) -> None:
    with pytest.raises(AudioError) as caught:
        read(path)
    assert what in caught.value.what
    assert path.name in caught.value.what
    assert "\n" not in caught.value.what
    assert hint in caught.value.hint
    assert caught.value.hint


def _patch(path: Path, at: int, value: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + len(value)] = value
    path.write_bytes(data)
