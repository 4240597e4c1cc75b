"""What a header promises is read without a decoder."""

from __future__ import annotations

import struct
from pathlib import Path

from swv6.audio.headers import Header, read_header

SOUNDS = Path(__file__).parents[1] / "sounds"


def test_a_wav_with_other_chunks_before_its_data(tmp_path: Path) -> None:
    data = (SOUNDS / "bonjour.wav").read_bytes()
    at = data.index(b"data")
    odd = b"LIST" + struct.pack("<I", 3) + b"abc\0"
    path = tmp_path / "list.wav"
    path.write_bytes(data[:at] + odd + data[at:])
    header = read_header(path)
    assert (header.rate, header.cut) == (16000, False)
    assert header.seconds is not None
    assert abs(header.seconds - 1.4933) < 0.001


def test_a_wav_that_ends_inside_its_header(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes((SOUNDS / "bonjour.wav").read_bytes()[:30])
    assert read_header(tmp_path / "a.wav") == Header()


def test_ogg_tells_its_end(tmp_path: Path) -> None:
    data = (SOUNDS / "meteo.ogg").read_bytes()
    assert not read_header(SOUNDS / "meteo.ogg").cut
    (tmp_path / "cut.ogg").write_bytes(data[:-5000])
    assert read_header(tmp_path / "cut.ogg").cut


def test_an_mp3_length_is_trusted_with_a_xing_header_only(tmp_path: Path) -> None:
    data = (SOUNDS / "meteo.mp3").read_bytes()
    assert read_header(SOUNDS / "meteo.mp3").trusted
    (tmp_path / "a.mp3").write_bytes(data.replace(b"Xing", b"....").replace(b"Info", b"...."))
    assert not read_header(tmp_path / "a.mp3").trusted
