"""What is written comes back; what is damaged is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.stages.cache_codec import CODECS, Unreadable
from swv6.types import Audio, Segment, Transcript, Word

WORDS = (Word(" l'été", 0.123456789, 0.5, 0.987654321), Word(" œuf", 0.5, 1.0, 1.0))
WHOLE = Transcript(
    " l'été œuf",
    (Segment(" l'été œuf", 0.1, 1.0, 0.5, WORDS), Segment("", 1.0, 1.0, 0.0)),
    "fr",
    1 / 3,
    True,
    "prism",
    "whisper-base",
    75.25,
    0.1 + 0.2,
    {"device": "cpu", "temperature": 0.0},
    {"typography": {"changes": 2}},
)


def test_a_transcript_comes_back_to_the_last_digit() -> None:
    packed = CODECS["stt"].pack((Transcript("part", final=False), WHOLE))
    assert packed is not None
    assert CODECS["stt"].unpack(packed) == (WHOLE,)


def test_what_is_no_json_is_not_kept() -> None:
    assert CODECS["stt"].pack((Transcript("a", metrics={"engine": object()}),)) is None


@given(st.lists(st.tuples(st.integers(1, 192_000), st.integers(0, 400), st.floats(0, 1e6)), max_size=4))
def test_sound_comes_back_within_half_a_step_of_16_bits(parts: list[tuple[int, int, float]]) -> None:
    rng = np.random.default_rng(1)
    items = [Audio(rng.uniform(-1, 1, n).astype(np.float32), rate, start) for rate, n, start in parts]
    packed = CODECS["tts"].pack(items)
    assert packed is not None
    back = CODECS["tts"].unpack(packed)
    assert [(a.rate, a.start, a.samples.dtype) for a in back] == [(a.rate, a.start, np.float32) for a in items]
    for wanted, got in zip(items, back, strict=True):
        np.testing.assert_allclose(got.samples, wanted.samples, atol=0.51 / 32767)


def test_sound_that_was_16_bits_comes_back_to_the_bit() -> None:
    samples = np.arange(-32767, 32768).astype(np.float32) / np.float32(32767)
    packed = CODECS["tts"].pack([Audio(samples, 24000)])
    assert packed is not None
    (once,) = CODECS["tts"].unpack(packed)
    assert CODECS["tts"].pack([once]) == packed


@pytest.mark.parametrize("kind", ["stt", "tts"])
@given(st.data())
def test_any_damage_is_told(kind: str, data: st.DataObject) -> None:
    items: list[Any] = [WHOLE] if kind == "stt" else [Audio(np.zeros(20, np.float32), 24000)]
    packed = CODECS[kind].pack(items)
    assert packed is not None
    at = data.draw(st.integers(0, len(packed) - 1))
    hurt = bytearray(packed)
    hurt[at] ^= data.draw(st.integers(1, 255))
    for bad in (bytes(hurt), packed[:at], packed + b"x", data.draw(st.binary(max_size=40))):
        with pytest.raises(Unreadable):
            CODECS[kind].unpack(bad)
