"""What is to be transcribed, and what became of it, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from swv6.errors import Swv6Error
from swv6.types import Transcript


@dataclass(frozen=True, slots=True)
class Source:
    """One recording."""

    path: Path
    """What is read."""
    name: str
    """How the user knows it."""
    root: Path | None
    """The folder that its place in an output folder is counted from; None: it is in none, its name is its place."""


@dataclass(frozen=True, slots=True)
class Job:
    """A recording and where its text goes."""

    source: Source
    place: str = ""
    """Its output's path below the output folder, without a suffix, with `/`; empty when nothing is written."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The next window of a recording has its text; windows come in order."""

    job: Job
    part: Transcript


@dataclass(frozen=True, slots=True)
class Done:
    """A recording is done, its files written."""

    job: Job
    transcript: Transcript
    elapsed: float
    """Seconds since its first window was read."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A recording was done before and has not changed."""

    job: Job
    seconds: float
    """Of sound."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A recording cannot be transcribed, or its text not written."""

    job: Job
    error: Swv6Error


News: TypeAlias = Heard | Done | Skipped | Failed
Tell: TypeAlias = Callable[[News], None]
"""Takes what happens, on the event loop's thread; must return quickly and never raise."""
