"""Smart Turn: hears in how a voice falls whether somebody has finished, 8 s of sound at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TurnEnd


@hookimpl
def swv6_turn_end() -> Iterable[Backend[TurnEnd]]:
    yield Backend(
        "smart_turn",
        "Whether a pause is the end of a turn, from the sound of the voice.",
        open="plugins_builtin.smart_turn.engine:open",
        options="plugins_builtin.smart_turn.options:SmartTurnOptions",
        requires=("onnxruntime",),
        install='pip install "swv6[embedded]"',
    )
