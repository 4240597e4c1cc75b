"""No voice detection: the last resort, where everything counts as speech."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import VAD


@hookimpl
def swv6_vad() -> Iterable[Backend[VAD]]:
    yield Backend(
        "none",
        "No detection: a turn ends at its maximum length only.",
        open="plugins_builtin.no_vad.engine:open",
        options="plugins_builtin.no_vad.options:NoVadOptions",
        warning="no voice detection: a turn ends only when it reaches its maximum length",
    )
