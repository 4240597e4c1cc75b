"""The offer of sapi: the voices that Windows has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TTS


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer SAPI."""
    return [
        Backend(
            name="sapi",
            summary="The voices of Windows (SAPI 5)",
            open="plugins_builtin.sapi.engine:open_sapi",
            options="plugins_builtin.sapi.options:SapiOptions",
            requires=("comtypes",),
            install='pip install "swv6[sapi]"',
            platforms=("win32",),
        )
    ]
