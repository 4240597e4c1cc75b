"""Offers the tools that are shipped: the time, timers, sums, units, saying again, falling silent, how it speaks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import Tool

_TOOLS = {
    "time": "the time of day and the date",
    "timer": "a timer that speaks when it is due",
    "calculator": "sums, products, powers and roots",
    "units": "conversion of lengths, weights, volumes, temperatures and speeds",
    "repeat": "says the last answer again",
    "stop": "says nothing when told to stop",
    "voice": "changes the language, the voice or the speed of what is said",
}


@hookimpl
def swv6_tool() -> Iterable[Backend[Tool]]:
    """Offer each of them; a profile names those it wants."""
    for name, summary in _TOOLS.items():
        opener = f"plugins_builtin.tools.engine:open_{name}"
        yield Backend(name, summary, open=opener, options="plugins_builtin.tools.options:ToolOptions")
