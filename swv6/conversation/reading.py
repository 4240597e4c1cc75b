"""Read a text aloud, clause by clause: the first is heard while the next ones are made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from swv6.audio.files import WavWriter
from swv6.conversation.voicing import voiced
from swv6.errors import BackendError
from swv6.stages.streams import owned
from swv6.text.sentences import clauses
from swv6.types import TTS, Audio, Speaker


async def read_aloud(text: str, tts: TTS, speakable: Callable[[str], str], speaker: Speaker) -> float:
    """Speak `text` and return the seconds to its first sound.

    Raises Unavailable when no voice can speak a clause, BackendError when there was nothing to speak.
    """
    began, first = monotonic(), 0.0
    async with owned(clauses(_whole(text))) as pieces:
        async for piece in pieces:
            async with owned(voiced(tts, speakable(piece))) as sounds:
                async for sound in sounds:
                    first = first or monotonic() - began
                    await speaker.play(sound)
    if not first:
        raise BackendError("nothing in this text can be spoken")
    await speaker.drain()
    return first


async def _whole(text: str) -> AsyncIterator[str]:
    yield text


class _FileSpeaker:
    """A speaker that appends to a WAV at the rate of its first sound."""

    tap: Callable[[Audio], None] | None = None

    def __init__(self, path: Path) -> None:
        self._path = path
        self.writer: WavWriter | None = None
        self.played = 0.0

    async def play(self, audio: Audio, /) -> None:
        if self.writer is None:
            self.writer = WavWriter(self._path, audio.rate)
        self.writer.append(audio)
        self.played += audio.seconds

    async def drain(self) -> None:
        """Nothing to wait for."""

    def stop(self) -> None:
        """Nothing is playing."""

    def pause(self) -> None:
        """Nothing is playing."""

    def resume(self) -> None:
        """Nothing is playing."""


@contextmanager
def file_speaker(path: Path) -> Iterator[Speaker]:
    """Write what is played to `path`, whole at the end or not at all."""
    speaker = _FileSpeaker(path)
    try:
        yield speaker
    except BaseException:
        if speaker.writer is not None:
            speaker.writer.discard()
        raise
    if speaker.writer is not None:
        speaker.writer.close()
