"""WebRTC's voice detector: tiny and old; good in quiet rooms, fooled by noise."""

from collections.abc import Iterable

from swv6.plugins import VAD, Backend, hookimpl


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
