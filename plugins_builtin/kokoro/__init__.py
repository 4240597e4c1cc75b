"""The offer of kokoro: a natural voice in many languages, on the CPU."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TTS


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer Kokoro."""
    return [
        Backend(
            name="kokoro",
            summary="Kokoro, a natural voice in many languages, French among them (kokoro-onnx)",
            open="plugins_builtin.kokoro.engine:open_kokoro",
            options="plugins_builtin.kokoro.options:KokoroOptions",
            requires=("kokoro_onnx", "espeakng_loader"),
            install='pip install "swv6[embedded]"',
        )
    ]
