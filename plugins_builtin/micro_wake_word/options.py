"""Which words wake, and how sure the networks must be."""

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from swv6.plugins import Options

SHIPPED = ("okay_nabu", "hey_jarvis", "hey_mycroft", "alexa")
"""What travels inside pymicro-wakeword's wheel; written here so that a profile is checked where it is not installed."""


def _word(word: str) -> str:
    if word in SHIPPED or (word.endswith(".json") and Path(word).is_file()):
        return word
    near = get_close_matches(word.lower(), SHIPPED, n=1, cutoff=0.55)
    meant = f" (did you mean {near[0]}?)" if near else ""
    raise ValueError(f"expected one of {', '.join(SHIPPED)}, or the path of a model's .json file that exists{meant}")


class MicroWakeWordOptions(Options):
    """Options of `micro_wake_word`."""

    words: Annotated[tuple[Annotated[str, AfterValidator(_word)], ...], Field(min_length=1)] = ("okay_nabu",)
    """`okay_nabu` (trained on French too), `hey_jarvis`, `hey_mycroft`, `alexa` (English), or the path of a model's
    `.json` file."""
    threshold: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Probability (0..1), averaged over 150 ms, from which a word counts; null takes each model's own."""
