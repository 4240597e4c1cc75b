"""What the ear, the mouth and the hand on the key do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A microphone or a speaker was unplugged, or answers no more; it is being opened again."""

    kind: str
    """`microphone` or `speaker`."""
    reason: str
    """One line."""


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """A device was opened in the place of a lost one."""

    kind: str
    name: str
    """The device's, or its backend's where it has none."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the microphone is, ten times a second of sound."""

    rms: float
    """Root mean square of 0.1 s of sound, 0..1."""


@dataclass(frozen=True, slots=True)
class Muted:
    """The microphone was muted by hand, or is heard again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """The talk key began a turn, or ended it."""

    down: bool


@dataclass(frozen=True, slots=True)
class Asleep:
    """Nothing is listened to but the wake words."""

    words: tuple[str, ...]
    """What wakes it."""


@dataclass(frozen=True, slots=True)
class Awake:
    """A wake word was heard: the ear is open."""

    word: str
