"""The offer of espeak: a robotic voice in every language, with no weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TTS


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer espeak-ng."""
    return [
        Backend(
            name="espeak",
            summary="espeak-ng, a robotic voice in a hundred languages",
            open="plugins_builtin.espeak.engine:open_espeak",
            options="plugins_builtin.espeak.options:EspeakOptions",
            requires=("espeakng_loader",),
            voices="plugins_builtin.espeak.voices:voices",
            install='pip install "swv6[embedded]"',
        )
    ]
