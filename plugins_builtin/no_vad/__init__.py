"""No voice detection: the last resort, where everything counts as speech."""

from collections.abc import Iterable

from swv6.plugins import VAD, Backend, hookimpl


@hookimpl
def swv6_vad() -> Iterable[Backend[VAD]]:
    yield Backend(
        "none",
        "No detection: a turn ends at its maximum length only.",
        open="plugins_builtin.no_vad.engine:open",
        options="plugins_builtin.no_vad.options:NoVadOptions",
        warning="no voice detection: a turn ends only when it reaches its maximum length",
    )
