"""Read a text aloud, clause by clause: the first is heard while the next ones are made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from swv6.audio.encoded import writer
from swv6.audio.wav import WavWriter
from swv6.conversation.voicing import voiced
from swv6.errors import BackendError
from swv6.stages.mute import Mute
from swv6.stages.streams import owned
from swv6.text.sentences import clauses
from swv6.types import TTS, Audio, Speaker


@dataclass(slots=True)
class Reading:
    """How a text is read, and how far it is."""

    tts: TTS
    speakable: Callable[[str], str]
    """A clause as written -> as it is said; empty when there is nothing to say."""
    volume: float = 1.0
    """How many times louder than the voice is by itself."""
    cut: Callable[[AsyncIterator[str]], AsyncIterator[str]] = clauses
    """A text that arrives -> its clauses."""
    advanced: Callable[[Reading], None] = lambda reading: None
    """Called after each clause."""
    letters: int = 0
    """Characters of the clauses read so far."""
    seconds: float = 0.0
    """Seconds of sound made so far."""
    first: float = 0.0
    """Seconds to the first sound; 0 while there is none."""

    async def aloud(self, text: AsyncIterator[str], *speakers: Speaker) -> None:
        """Speak a text as it arrives, to every speaker.

        Raises Unavailable when no voice can speak a clause, BackendError when there was nothing to speak.
        """
        began = monotonic()
        async with owned(text), owned(self.cut(text)) as pieces:
            async for piece in pieces:
                async with owned(voiced(self.tts, self.speakable(piece))) as sounds:
                    async for sound in sounds:
                        self.first = self.first or monotonic() - began
                        self.seconds += sound.seconds
                        for speaker in speakers:
                            await speaker.play(self._louder(sound))
                self.letters += len(piece)
                self.advanced(self)
        if not self.first:
            raise BackendError("nothing in this text can be spoken", 'swv6 say "Bonjour"')
        for speaker in speakers:
            await speaker.drain()

    def _louder(self, sound: Audio) -> Audio:
        return sound if self.volume == 1.0 else replace(sound, samples=(sound.samples * self.volume).clip(-1.0, 1.0))


async def whole(text: str) -> AsyncIterator[str]:
    """Give a text that is there already."""
    yield text


class _FileSpeaker(Mute):
    """A speaker that appends to a sound file at the rate of its first sound."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.writer: WavWriter | None = None

    async def play(self, audio: Audio, /) -> None:
        """Write `audio`."""
        if self.writer is None:
            self.writer = writer(self._path, audio.rate)
        self.writer.append(audio)
        self.played += audio.seconds


@contextmanager
def file_speaker(path: Path) -> Iterator[Speaker]:
    """Write what is played to `path`, in the format of its suffix, whole at the end or not at all."""
    speaker = _FileSpeaker(path)
    try:
        yield speaker
    except BaseException:  # Ctrl-C and cancels too; raised again
        if speaker.writer is not None:
            speaker.writer.discard()
        raise
    if speaker.writer is not None:
        speaker.writer.close()
