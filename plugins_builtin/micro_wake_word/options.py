"""Which words wake, and how sure the networks must be."""

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options


class MicroWakeWordOptions(Options):
    """Options of `micro_wake_word`."""

    words: Annotated[tuple[str, ...], Field(min_length=1)] = ("okay_nabu",)
    """`okay_nabu` (trained on French too), `hey_jarvis`, `hey_mycroft`, `alexa` (English), or the path of a model's
    `.json` file."""
    threshold: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Probability (0..1), averaged over 150 ms, from which a word counts; null takes each model's own."""
