"""The profiles that are shipped resolve, and say what the documentation promises."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import pytest
import yaml

from swv6.cli.profiles import resolved
from swv6.models.catalog import Hub
from swv6.models.catalog import load as catalog
from swv6.profiles import Profile, resolve
from swv6.profiles.search import shipped_folder
from tests.profiles.fakes import write

NAMES = ("assistant", "bilingual", "default", "demo", "en", "offline-test", "remote", "rtx3090")


def names(profile: Profile, key: str) -> list[str]:
    return [choice.backend for choice in getattr(profile, key)]


def options(profile: Profile, key: str, number: int = 0) -> Any:
    return getattr(profile, key)[number].options


def test_these_are_shipped() -> None:
    assert tuple(sorted(path.stem for path in shipped_folder().glob("*.yaml"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_resolves_and_reads_back_as_itself(name: str, tmp_path: Path) -> None:
    profile = resolve(name)
    assert profile.summary
    assert profile.prompt
    values = resolved(profile)
    values.pop("name")
    again = resolve(str(write(tmp_path, yaml.safe_dump(values, allow_unicode=True), f"{name}.yaml")))
    assert resolved(again) == resolved(profile)


def test_default_is_french_on_the_processor() -> None:
    profile = resolve("default")
    assert profile.language == "fr"
    assert (options(profile, "stt").model, options(profile, "stt").compute_type) == ("whisper-base", "int8")
    assert options(profile, "stt").language == "fr"
    assert options(profile, "llm").model == "qwen2.5-coder-1.5b-instruct"
    assert names(profile, "tts") == ["kokoro", "espeak", "silent"]
    assert options(profile, "tts").voice == "ff_siwis"
    assert names(profile, "vad") == ["silero", "webrtc", "none"]
    assert names(profile, "microphone") == names(profile, "speaker") == ["sounddevice"]


def test_demo_says_two_shipped_questions_and_writes_into_the_current_folder() -> None:
    profile, default = resolve("demo"), resolve("default")
    files = options(profile, "microphone").files
    assert [path.name for path in files] == ["question-1.wav", "question-2.wav"]
    for path in files:
        with wave.open(str(path)) as sound:
            assert sound.getnframes() > sound.getframerate()
    assert options(profile, "microphone").real_time
    assert options(profile, "speaker").file == Path("swv6-demo.wav")
    for key in ("stt", "tts", "vad"):
        assert getattr(profile, key) == getattr(default, key)
    same_every_time = {"temperature": 0.0}
    assert options(profile, "llm") == options(default, "llm").model_copy(update=same_every_time)


def test_en_speaks_english_everywhere() -> None:
    profile = resolve("en")
    assert (profile.language, options(profile, "stt").language) == ("en", "en")
    assert profile.prompt.startswith("You are")
    assert [(c.backend, getattr(c.options, "voice", "")) for c in profile.tts[:2]] == [
        ("kokoro", "af_heart"),
        ("piper", "en_US-joe-medium"),
    ]
    assert names(profile, "tts")[2:] == ["espeak", "silent"]


def test_remote_asks_servers_for_all_three() -> None:
    profile = resolve("remote")
    assert {options(profile, key).url.split(":")[0] for key in ("stt", "llm", "tts")} == {"http"}
    assert [names(profile, key)[0] for key in ("stt", "llm", "tts")] == ["openai"] * 3
    moved = resolve("remote", ["llm.openai.url=http://server:8000/v1"])
    assert options(moved, "llm").url == "http://server:8000/v1"


def test_offline_test_needs_no_hub() -> None:
    profile = resolve("offline-test")
    models = [options(profile, "stt").model, options(profile, "llm").model, options(profile, "tts").voice]
    assert models == ["whisper-tiny.en", "smollm2-135m-instruct", "en_US-joe-medium"]
    for model in models:
        assert any(not isinstance(source, Hub) for source in catalog()[model].sources)
    assert all(path.is_file() for path in options(profile, "microphone").files)


def test_rtx3090_holds_our_user_s_own_values() -> None:
    profile = resolve("rtx3090")
    assert profile.gpu is not None
    assert (profile.gpu.name, profile.gpu.min_vram) == ("RTX 3090", 20 * 10**9)
    assert profile.gpu.env == {
        "CUDA_VISIBLE_DEVICES": "1",
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        "PYTORCH_CUDA_ALLOC_CONF": "max_split_size_mb:1024",
    }
    stt = options(profile, "stt")
    assert (stt.model, stt.compute_type, stt.device, stt.beam_size, stt.warmups) == (
        "whisper-large-v3-turbo",
        "float16",
        "cuda",
        5,
        3,
    )
    assert names(profile, "llm") == ["llama_cpp", "openai"]
    llm = options(profile, "llm", 1)
    assert (llm.url, llm.model) == ("http://localhost:8000/v1", "llama-3.1-8B-instruct")
    assert (llm.max_tokens, llm.temperature, llm.timeout) == (150, 0.7, 5.0)
    assert (names(profile, "tts")[0], options(profile, "tts").voice) == ("piper", "fr_FR-siwis-medium")
    assert names(profile, "tts")[-1] == "silent"
    assert (profile.language, profile.sound.rate, profile.concurrency) == ("fr", 22050, 3)
    assert (profile.budget.total, profile.fallback.first_item_within.llm) == (1.2, 5.0)
    assert profile.metrics is not None
    assert profile.metrics.port == 8080
