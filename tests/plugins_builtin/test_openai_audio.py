"""The HTTP speech recogniser and voice, against a real server; sound that arrives in pieces."""

from __future__ import annotations

import io
import struct
import wave
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin.openai_http import swv6_stt, swv6_tts
from plugins_builtin.openai_http.options import STTOptions, TTSOptions
from plugins_builtin.openai_http.sound import Sound
from plugins_builtin.openai_http.stt import open_stt
from plugins_builtin.openai_http.tts import open_tts
from swv6.plugins import TTS, Audio, BackendError, Transcript, wav_bytes
from swv6.stages.streams import owned
from swv6.testing.stt import STTContract
from swv6.testing.tts import TTSContract
from tests.servers import LLMServer, Script, llm_server

pytestmark = pytest.mark.anyio
TONE = Audio(np.sin(np.arange(4800, dtype=np.float32) / 10) * np.float32(0.5), 24_000)
WAV = wav_bytes(TONE)
HEARD: dict[str, Any] = {
    "text": " Bonjour Camille. ",
    "language": "french",
    "segments": [{"start": 0.0, "end": 0.15, "text": " Bonjour Camille.", "avg_logprob": -0.1}],
    "words": [
        {"word": "Bonjour", "start": 0.0, "end": 0.1, "probability": 0.9},
        {"word": "Camille", "start": 0.1, "end": 0.15},
    ],
}


async def transcribed(server: LLMServer, **settings: Any) -> Transcript:
    sound = Audio(TONE.samples, TONE.rate, start=10.0)
    async with open_stt(STTOptions(url=server.url, language="fr", **settings)) as stt, owned(stt(sound)) as heard:
        (transcript,) = [item async for item in heard]
    return transcript


async def spoken(tts: TTS, text: str = "Bonjour.") -> list[Audio]:
    async with owned(tts(text)) as sounds:
        return [audio async for audio in sounds]


class TestRecogniserContract(STTContract):
    (backend,) = swv6_stt()
    broken = ({"key_env": "SWV6_NO_SUCH_KEY"},)
    says = "camille"

    @pytest.fixture(autouse=True)
    def server(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with llm_server(Script(transcript=HEARD)) as server:
            monkeypatch.setattr(type(self), "options", {"url": server.url, "words": True})
            yield


class TestVoiceContract(TTSContract):
    (backend,) = swv6_tts()
    broken = ({"key_env": "SWV6_NO_SUCH_KEY"},)
    seconds = (0.2, 0.2)

    @pytest.fixture(autouse=True)
    def server(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with llm_server(Script(sound=(WAV[:2001], WAV[2001:]))) as server:
            monkeypatch.setattr(type(self), "options", {"url": server.url})
            yield


async def test_a_transcript_with_times_and_confidence() -> None:
    with llm_server(Script(transcript=HEARD)) as server:
        heard = await transcribed(server, words=True)
    assert (heard.text, heard.language, heard.final, heard.backend) == ("Bonjour Camille.", "fr", True, "openai")
    assert heard.duration == pytest.approx(0.2)
    assert heard.confidence == pytest.approx(np.exp(-0.1))
    (segment,) = heard.segments
    assert (segment.start, segment.end) == pytest.approx((10.0, 10.15))
    assert [word.text for word in segment.words] == ["Bonjour", "Camille"]


async def test_the_server_gets_a_whole_wav() -> None:
    with llm_server() as server:
        await transcribed(server, model="large")
    form = _form(server.bodies[-1])
    with wave.open(io.BytesIO(form["file"])) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (24_000, 1, 4800)
    assert (form["model"], form["language"]) == (b"large", b"fr")


def _form(body: bytes) -> dict[str, bytes]:
    boundary = body.split(b"\r\n", 1)[0][2:]
    whole = message_from_bytes(b'Content-Type: multipart/form-data; boundary="' + boundary + b'"\r\n\r\n' + body)
    parts = {}
    for part in whole.walk():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            parts[name] = content
    return parts


@pytest.mark.parametrize("answer", [{}, {"text": "a", "segments": [{"start": "x"}]}, {"text": "a", "segments": 3}])
async def test_what_is_no_transcript(answer: dict[str, Any]) -> None:
    with llm_server(Script(transcript=answer)) as server, pytest.raises(BackendError, match=r"127\.0\.0\.1"):
        await transcribed(server)


async def test_the_recognisers_failures_name_the_status() -> None:
    words = "HTTP 500: the server's own words"
    with llm_server(Script(status=500)) as server, pytest.raises(BackendError, match=words):
        await transcribed(server)


@pytest.mark.parametrize("kind", ["wav", "pcm"])
async def test_sound_comes_while_it_is_made(kind: str) -> None:
    content = WAV if kind == "wav" else WAV[44:]
    pieces = tuple(content[i : i + 1001] for i in range(0, len(content), 1001))
    with llm_server(Script(sound=pieces)) as server:
        async with open_tts(TTSOptions.model_validate({"url": server.url, "response_format": kind})) as tts:
            sounds = await spoken(tts)
            assert await spoken(tts, "  ") == []
    assert len(sounds) > 1
    assert {audio.rate for audio in sounds} == {24_000}
    samples = np.concatenate([audio.samples for audio in sounds])
    assert samples.dtype == np.float32
    assert np.abs(samples - TONE.samples).max() < 1e-3
    assert server.last["voice"] == "alloy"
    assert server.requests == 1


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (Script(sound=(b"<html>no sound here, really none</html>",)), "not a WAV"),
        (Script(sound=(WAV[:44],)), "broke off"),
        (Script(sound=(WAV[:3000],)), "broke off"),
        (Script(sound=(WAV[:3000], WAV[3000:]), die_after=1), "127.0.0.1"),
        (Script(sound=()), "not a WAV"),
        (Script(status=429, message="too many"), "HTTP 429: too many"),
    ],
)
async def test_what_is_no_sound(script: Script, words: str) -> None:
    with llm_server(script) as server:
        async with open_tts(TTSOptions(url=server.url)) as tts:
            with pytest.raises(BackendError) as caught:
                await spoken(tts)
    assert words in caught.value.what


async def test_pcm_without_sound_is_a_failure() -> None:
    with llm_server() as server:
        async with open_tts(TTSOptions(url=server.url, response_format="pcm")) as tts:
            with pytest.raises(BackendError, match="without sound"):
                await spoken(tts)


@given(st.sets(st.integers(0, len(WAV)), max_size=8))
def test_where_a_wav_is_cut_does_not_matter(cuts: set[int]) -> None:
    sound, at = Sound(), sorted(cuts)
    pieces = [WAV[a:b] for a, b in zip([0, *at], [*at, len(WAV)], strict=True)]
    samples = np.concatenate([sound.feed(piece) for piece in pieces])
    sound.end()
    assert np.abs(samples - TONE.samples).max() < 1e-3


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_wav_of_unknown_length(size: int) -> None:
    sound = Sound()
    whole = WAV[:40] + struct.pack("<I", size) + WAV[44:]
    assert len(sound.feed(whole)) == 4800
    sound.end()


def test_float_stereo_with_another_chunk_before() -> None:
    left = np.linspace(-1, 1, 100, dtype="<f4")
    data = np.stack([left, np.zeros_like(left)], axis=1).tobytes()
    chunks = b"fmt " + struct.pack("<IHHIIHH", 16, 3, 2, 48_000, 384_000, 8, 32)
    chunks += b"LIST" + struct.pack("<I", 3) + b"abc\0" + b"data" + struct.pack("<I", len(data)) + data
    sound = Sound()
    samples = sound.feed(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    assert sound.rate == 48_000
    assert np.allclose(samples, left / 2)


@pytest.mark.parametrize("format", [(7, 1, 8000, 8000, 1, 8), (1, 0, 8000, 0, 0, 16), (1, 1, 0, 0, 2, 16)])
def test_kinds_of_wav_that_are_not_read_say_so(format: tuple[int, ...]) -> None:
    header = b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<IHHIIHH", 16, *format) + b"data\0\0\0\0"
    with pytest.raises(ValueError, match="format"):
        Sound().feed(header)
