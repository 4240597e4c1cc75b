"""What may be said about work on a Ray cluster: `--on "ray://ADDRESS?cores=8&tries=5"`."""

from __future__ import annotations

from pydantic import Field

from swv6.plugins import Options, Seconds


class RayOptions(Options):
    """Options of ray."""

    address: str = ""
    """`HOST:6379`, the head's, where this machine is one of the cluster; `HOST:10001`, Ray Client's, where it is not.
    Empty takes RAY_ADDRESS, the cluster that runs here, or this machine alone."""
    client: bool | None = None
    """Whether the address is Ray Client's; by default its port says so."""
    workers: int = Field(default=0, ge=0, le=4096)
    """Models that are loaded; 0 is one for each GPU of the cluster, or one for every `cores` where it has none."""
    cores: int = Field(default=4, ge=1)
    """CPU cores of a worker without a GPU: faster-whisper gains little from more than four."""
    gpus: float | None = Field(default=None, ge=0)
    """GPUs of a worker; 0.5 puts two models on a card. By default 1 where the cluster has any, else 0."""
    tries: int = Field(default=3, ge=1)
    """Workers that may die over one window of sound before it is given up."""
    patience: Seconds = Field(default=120.0, gt=0)
    """Seconds to wait for a machine when none has room for a worker (while none works)."""
