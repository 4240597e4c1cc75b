"""The offer of piper_cli: Piper as a program of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TTS


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer the piper program."""
    return [
        Backend(
            name="piper_cli",
            summary="Piper as a program of its own",
            open="plugins_builtin.piper_cli.engine:open_piper_cli",
            options="plugins_builtin.piper_cli.options:PiperCliOptions",
            programs=("piper",),
            install='pip install "swv6[piper]"',
        )
    ]
