"""WebRTC's voice detector: tiny and old; good in quiet rooms, fooled by noise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import VAD


@hookimpl
def swv6_vad() -> Iterable[Backend[VAD]]:
    yield Backend(
        "webrtc",
        "WebRTC voice detection, for machines too slow for silero.",
        open="plugins_builtin.webrtc.engine:open",
        options="plugins_builtin.webrtc.options:WebrtcOptions",
        requires=("webrtcvad",),
        install='pip install "swv6[embedded]"',
    )
