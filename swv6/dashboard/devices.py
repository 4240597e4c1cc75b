"""The microphone and the speaker: which ones, and whether they are there."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class Device:
    """One of the two."""

    kind: str
    """`microphone` or `speaker`."""
    name: str = ""
    lost: bool = False
    losses: int = 0


class Devices:
    """Both."""

    def __init__(self) -> None:
        self._rows = {kind: Device(kind) for kind in ("microphone", "speaker")}

    def lost(self, kind: str) -> None:
        """Note that one is gone."""
        if device := self._rows.get(kind):
            device.lost, device.losses = True, device.losses + 1

    def named(self, kind: str, name: str) -> bool:
        """Note which one is in use; False when that was known."""
        device = self._rows.get(kind)
        if device is None or (device.name, device.lost) == (name, False):
            return False
        device.name, device.lost = name, False
        return True

    def shown(self) -> list[dict[str, Any]]:
        """Give the rows."""
        return [asdict(device) for device in self._rows.values()]
