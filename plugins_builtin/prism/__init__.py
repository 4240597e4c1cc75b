"""The offer of prism: Whisper on this machine, through faster-whisper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import STT


@hookimpl
def swv6_stt() -> Iterable[Backend[STT]]:
    """Offer Whisper."""
    return [
        Backend(
            name="prism",
            summary="Whisper on this machine's CPU or GPU (faster-whisper)",
            open="plugins_builtin.prism.engine:open_prism",
            options="plugins_builtin.prism.options:PrismOptions",
            requires=("faster_whisper", "ctranslate2"),
            install='pip install "swv6[embedded]"',
        )
    ]
