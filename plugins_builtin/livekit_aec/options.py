"""What can be set of WebRTC's audio processing."""

from swv6.plugins import Options


class LivekitOptions(Options):
    """Options of the `livekit` echo canceller."""

    noise_suppression: bool = False
    """Take out steady noise too, for a fan or a street."""
    high_pass: bool = True
    """Take out what is below speech, such as hum."""
