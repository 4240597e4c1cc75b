"""The offer of local: this machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import Executor


@hookimpl
def swv6_executor() -> Iterable[Backend[Executor]]:
    """Offer this machine."""
    return [
        Backend(
            name="local",
            summary="This machine: requests that share loaded models",
            open="plugins_builtin.local_executor.engine:open_local",
            options="plugins_builtin.local_executor.options:LocalOptions",
        )
    ]
