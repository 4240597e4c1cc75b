"""Options of the three `openai` backends."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from swv6.plugins import Options, Seconds


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError('expected an address, for example "http://localhost:8000/v1"')
    if parts.username or parts.password:
        raise ValueError("an address holds no password; name its environment variable in `key_env`")
    return url.rstrip("/")


class ServerOptions(Options):
    """Where the server is; only the profile names it."""

    url: Annotated[str, AfterValidator(_address)] = "http://localhost:8000/v1"
    """Address of its API, with the `/v1`."""
    model: str = ""
    """Empty: the first one that the server lists."""
    timeout: Annotated[Seconds, Field(gt=0)] = 5.0
    """Seconds to connect, and between two pieces of an answer."""
    key_env: str = Field(default="", pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")
    """Name of the environment variable that holds the key; keys are never written in a profile."""
    extra: dict[str, Any] = Field(default_factory=dict)
    """Fields to add to every request, for what only one kind of server knows."""


class LLMOptions(ServerOptions):
    """What is asked of /chat/completions."""

    language: str = ""
    """Of the system message that a conversation without one gets."""
    max_tokens: int = Field(default=150, ge=1)
    temperature: float = Field(default=0.7, ge=0)
    top_p: float | None = Field(default=None, gt=0, le=1)
    """None: as the server is set."""
    thinking: bool = False
    """The server's template begins the hidden thought, so only its `</think>` arrives: what is before it is hidden."""


class STTOptions(ServerOptions):
    """What is asked of /audio/transcriptions."""

    model: str = "whisper-1"
    language: str = ""
    """Empty: the server finds out."""
    timeout: Annotated[Seconds, Field(gt=0)] = 30.0
    temperature: float = Field(default=0.0, ge=0, le=1)
    response_format: Literal["json", "verbose_json"] = "verbose_json"
    """`json` for servers that give the text only."""
    words: bool = False
    """Ask for the time of each word (`verbose_json`)."""


class TTSOptions(ServerOptions):
    """What is asked of /audio/speech."""

    model: str = "tts-1"
    voice: str = "alloy"
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    response_format: Literal["wav", "pcm"] = "wav"
    """`pcm` is 16-bit mono without a header."""
    rate: int = Field(default=24_000, ge=8_000, le=192_000)
    """Hz of `pcm`; a WAV says its own."""
