"""A microphone that plays sound files, a loudspeaker that writes one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import Microphone, Speaker

_HERE = "plugins_builtin.wav_files"


@hookimpl
def swv6_microphone() -> Iterable[Backend[Microphone]]:
    yield Backend(
        "wav", "Speak sound files.", open=f"{_HERE}.microphone:open", options=f"{_HERE}.options:WavMicrophone"
    )


@hookimpl
def swv6_speaker() -> Iterable[Backend[Speaker]]:
    yield Backend("wav", "Play into a WAV file.", open=f"{_HERE}.speaker:open", options=f"{_HERE}.options:WavSpeaker")
