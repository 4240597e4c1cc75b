"""A resolved profile: its settings, and its chains of backends with validated options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny

from swv6.plugins.options import Options
from swv6.profiles.caches import Caches as Caches
from swv6.profiles.caches import Limits as Limits
from swv6.profiles.caches import OnDisk as OnDisk
from swv6.profiles.settings import Budget as Budget
from swv6.profiles.settings import Fallback as Fallback
from swv6.profiles.settings import FirstItemWithin as FirstItemWithin
from swv6.profiles.settings import Gpu as Gpu
from swv6.profiles.settings import Metrics as Metrics
from swv6.profiles.settings import PluginSwitch as PluginSwitch
from swv6.profiles.settings import Settings as Settings
from swv6.profiles.settings import Sound as Sound
from swv6.profiles.settings import VadProbe as VadProbe
from swv6.profiles.turns import Turns as Turns

if TYPE_CHECKING:
    from swv6.plugins.offers import Backend

    Offer = Backend[Any]
else:
    Offer = Any

CHAINS: dict[str, str] = {
    "stt": "stt",
    "llm": "llm",
    "tts": "tts",
    "vad": "vad",
    "turn_end": "turn_end",
    "wake_word": "wake_word",
    "microphone": "microphone",
    "speaker": "speaker",
    "aec": "aec",
    "transcript_filters": "transcript_filter",
    "text_filters": "text_filter",
    "listeners": "listener",
    "tools": "tool",
}
"""Key of a profile that holds backends -> kind of the plugins that offer them."""
REQUIRED = ("stt", "llm", "tts", "vad", "microphone", "speaker")
"""Chains that need at least one backend."""


class Choice(BaseModel):
    """One entry of a chain: a backend and its validated options."""

    model_config = ConfigDict(frozen=True)

    backend: str
    options: SerializeAsAny[Options]
    """An instance of the backend's own model."""
    offer: Offer = Field(exclude=True, repr=False)
    """What opens it."""


Chain = tuple[Choice, ...]


class Profile(Settings):
    """A resolved profile; the order of a chain is its order of fallback."""

    name: str
    """The file's name without `.yaml`."""
    stt: Chain
    llm: Chain
    tts: Chain
    vad: Chain
    microphone: Chain
    speaker: Chain
    aec: Chain = ()
    turn_end: Chain = ()
    wake_word: Chain = ()
    transcript_filters: Chain = ()
    text_filters: Chain = ()
    listeners: Chain = ()
    tools: Chain = ()
