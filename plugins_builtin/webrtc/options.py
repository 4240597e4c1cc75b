"""What can be set of WebRTC's voice detector."""

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options


class WebrtcOptions(Options):
    """Options of the `webrtc` detector."""

    mode: Annotated[int, Field(ge=0, le=3)] = 3
    """0..3, how readily it says no; only 3 was usable in noise (mode 1 called all of it speech)."""
