"""WebRTC's echo canceller, from LiveKit's wheels."""

from collections.abc import Iterable

from swv6.plugins import Backend, EchoCanceller, hookimpl


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
