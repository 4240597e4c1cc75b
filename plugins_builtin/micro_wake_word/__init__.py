"""microWakeWord: small networks that each hear one phrase; four of them travel inside pymicro-wakeword's wheel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import WakeWord


@hookimpl
def swv6_wake_word() -> Iterable[Backend[WakeWord]]:
    yield Backend(
        "micro_wake_word",
        'Wakes at "Okay Nabu", "Hey Jarvis", "Hey Mycroft", "Alexa" or a model of your own.',
        open="plugins_builtin.micro_wake_word.engine:open",
        options="plugins_builtin.micro_wake_word.options:MicroWakeWordOptions",
        requires=("pymicro_wakeword",),
        install='pip install "swv6[wake]"',
    )
