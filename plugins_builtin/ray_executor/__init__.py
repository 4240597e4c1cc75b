"""The offer of ray: the machines of a Ray cluster."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import Executor


@hookimpl
def swv6_executor() -> Iterable[Backend[Executor]]:
    """Offer a Ray cluster."""
    return [
        Backend(
            name="ray",
            summary="A Ray cluster: a model on each GPU, or on every few cores",
            open="plugins_builtin.ray_executor.engine:open_ray",
            options="plugins_builtin.ray_executor.options:RayOptions",
            requires=("ray",),
            install='pip install "swv6[ray]"',
        )
    ]
