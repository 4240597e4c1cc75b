"""The offer of silent: the last voice of a chain, so that a turn always ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TTS


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer silence."""
    return [
        Backend(
            name="silent",
            summary="Silence of the right length, when no voice can speak",
            open="plugins_builtin.silent.engine:open_silent",
            options="plugins_builtin.silent.options:SilentOptions",
            warning="no voice could speak: silence instead",
        )
    ]
