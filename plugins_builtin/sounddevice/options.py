"""What can be set of the sound card."""

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Seconds


class DeviceOptions(Options):
    """Which device; names are stable, PortAudio's numbers are not."""

    device: str = ""
    """A part of the device's name; empty means the system's default."""
    host_api: str = ""
    """A part of the host API's name (ALSA, WASAPI, MME, Core Audio ...), where one device has several."""


class MicrophoneOptions(DeviceOptions):
    """Options of the `sounddevice` microphone."""


class SpeakerOptions(DeviceOptions):
    """Options of the `sounddevice` loudspeaker."""

    rate: Annotated[int, Field(ge=8000, le=192000)] | None = None
    """Hz; null means the device's own."""
    latency: Annotated[Seconds, Field(gt=0, le=1)] = 0.1
    """Seconds of sound in the device's buffer: 0.1 was clean, weak machines need 0.2."""
