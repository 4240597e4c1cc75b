"""Silero v6: a small network that tells speech from noise; the weights travel inside faster-whisper's wheel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import VAD


@hookimpl
def swv6_vad() -> Iterable[Backend[VAD]]:
    yield Backend(
        "silero",
        "Neural voice detection, right in noise too.",
        open="plugins_builtin.silero.engine:open",
        options="plugins_builtin.silero.options:SileroOptions",
        requires=("onnxruntime", "faster_whisper"),
        install='pip install "swv6[embedded]"',
    )
