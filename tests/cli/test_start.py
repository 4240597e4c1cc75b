"""What a command imports before it does anything: modules are counted, never milliseconds."""

from __future__ import annotations

import pytest

from tests.cli.test_app import python

HEAVY = ("numpy", "torch", "pydantic", "yaml", "anyio", "rich", "httpx", "onnxruntime", "ctranslate2", "faster_whisper",
         "xllamacpp", "llama_cpp", "kokoro_onnx", "piper", "sounddevice", "soundfile", "soxr", "webrtcvad", "av",
         "comtypes", "espeakng_loader", "huggingface_hub", "asyncio", "structlog", "opentelemetry.sdk",
         "swv6.types", "swv6.telemetry.events")  # fmt: skip


def loaded(*arguments: str) -> set[str]:
    """Give the modules that a command has imported when it ends."""
    code = f"""
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\nloaded:" + " ".join(sys.modules)))
from swv6.cli.app import run
run({list(arguments)!r})
"""
    found = set(python(code).stderr.rpartition("loaded:")[2].split())
    assert "swv6.cli.app" in found
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("-h",),
        ("--version",),
        ("plugins",),
        ("plugins", "list", "--json"),
        ("transcribe", "--help"),
        ("nonsense",),
    ],
)
def test_nothing_heavy_is_imported(arguments: tuple[str, ...]) -> None:
    assert not loaded(*arguments) & set(HEAVY)


@pytest.mark.parametrize(
    ("arguments", "needs"),
    [
        (("models", "list"), {"yaml"}), (("voices",), {"yaml", "espeakng_loader"}),
        (("sessions", "list"), {"swv6.types"}), (("cache",), set()), (("profiles", "show", "--help"), set()),
        (("say", "--help"), {"swv6.types", "swv6.telemetry.events"}), (("talk", "--help"), set()),
    ],
)  # fmt: skip
def test_what_only_looks_imports_what_it_looks_at(arguments: tuple[str, ...], needs: set[str]) -> None:
    assert loaded(*arguments) & {*HEAVY, "urllib.request", "ssl", "email", "importlib.metadata"} <= needs


def test_a_profile_needs_no_engine_to_be_shown() -> None:
    needed = {"pydantic", "yaml", "asyncio", "anyio", "importlib.metadata", "email"}  # importlib.metadata: pydantic
    assert loaded("profiles", "show", "default") & {*HEAVY, "urllib.request", "ssl"} <= needed
