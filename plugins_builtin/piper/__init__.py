"""The offer of piper: light neural voices, in this process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TTS


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer Piper."""
    return [
        Backend(
            name="piper",
            summary="Piper, light neural voices (piper-tts, GPL-3)",
            open="plugins_builtin.piper.engine:open_piper",
            options="plugins_builtin.piper.options:PiperOptions",
            requires=("piper",),
            install='pip install "swv6[piper]"',
        )
    ]
