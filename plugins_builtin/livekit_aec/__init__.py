"""WebRTC's echo canceller, from LiveKit's wheels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import EchoCanceller


@hookimpl
def swv6_aec() -> Iterable[Backend[EchoCanceller]]:
    yield Backend(
        "livekit",
        "WebRTC's echo canceller: interrupt the answer without headphones.",
        open="plugins_builtin.livekit_aec.engine:open",
        options="plugins_builtin.livekit_aec.options:LivekitOptions",
        requires=("livekit",),
        install='pip install "swv6[aec]"',
    )
