"""What can be set of the devices made of files."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Output, Seconds


class WavMicrophone(Options):
    """Options of the `wav` microphone."""

    files: Annotated[list[Path], Field(min_length=1)]
    """Sound files of any format, spoken one after the other."""
    real_time: bool = True
    """Speak at the speed of speech, or as fast as the listener takes it."""
    waits: bool = True
    """Stand still while nobody listens; false keeps the clock running and delivers late, as a live device would."""
    silence_after: Annotated[Seconds, Field(ge=0)] = 2.0
    """Silence after each file, so that the end of a turn can be noticed."""


class WavSpeaker(Options):
    """Options of the `wav` loudspeaker."""

    file: Annotated[Path, Output()]
    """Where the sound goes; complete when the loudspeaker is closed, and left alone when nothing was played."""
    rate: Annotated[int, Field(ge=8000, le=192000)] = 24000
    """Hz."""
    real_time: bool = True
    """Take as long as the sound does, so that it can be interrupted."""
    gap: Annotated[Seconds, Field(ge=0)] | None = 0.3
    """Silence between two replies; null keeps the true pauses (in real time)."""
