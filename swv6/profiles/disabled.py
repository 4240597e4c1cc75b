"""A backend whose plugin is disabled: it keeps its place in a chain, and is passed over like a missing extra."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict

from swv6.plugins import Backend
from swv6.plugins.options import Options


class AsWritten(Options):
    """Options that nobody has read, because the plugin that knows them is disabled."""

    model_config = ConfigDict(frozen=True, extra="allow")


def as_written(data: Any) -> AsWritten:
    """Keep options as a profile wrote them."""
    return AsWritten.model_construct(**data) if isinstance(data, dict) else AsWritten()


@dataclass(frozen=True, slots=True)
class Disabled(Backend[Any]):
    """The offer of a backend that is disabled."""

    why: str = ""

    def missing(self, options: Options | None = None) -> str:
        """Say what disables it."""
        return self.why


def disabled(name: str, why: str) -> Disabled:
    """Offer a backend that can never be opened; `why` says what disables it."""
    return Disabled(name, "disabled", "swv6.profiles.disabled:never", AsWritten, why=why)
