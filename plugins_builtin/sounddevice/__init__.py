"""The sound card, through PortAudio."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import Microphone, Speaker

_HERE = "plugins_builtin.sounddevice"
_DEVICES = f"{_HERE}.devices:devices"
_INSTALL = 'pip install "swv6[embedded]"'


@hookimpl
def swv6_microphone() -> Iterable[Backend[Microphone]]:
    options = f"{_HERE}.options:MicrophoneOptions"
    what = "A microphone.", f"{_HERE}.microphone:open", options, ("sounddevice",), _INSTALL
    yield Backend("sounddevice", *what, devices=_DEVICES)


@hookimpl
def swv6_speaker() -> Iterable[Backend[Speaker]]:
    options = f"{_HERE}.options:SpeakerOptions"
    what = "A loudspeaker.", f"{_HERE}.speaker:open", options, ("sounddevice",), _INSTALL
    yield Backend("sounddevice", *what, devices=_DEVICES)
