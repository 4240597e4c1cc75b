"""Write compressed sound files (flac, ogg, opus, mp3) through libsndfile, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from swv6.audio.extra import need
from swv6.audio.formats import KINDS, RATES
from swv6.audio.wav import WavWriter, refused

if TYPE_CHECKING:
    from swv6.types import Samples

_PIECE = 8192
"""Samples for one call: libsndfile's Vorbis encoder puts a call's samples on the stack."""


def writer(path: Path, rate: int) -> WavWriter:
    """Begin the sound file that the suffix of `path` asks for; raises AudioError and MissingExtra.

    Where the format has no `rate` (Hz) the next higher one is taken.
    """
    suffix = path.suffix.lower()
    rates = RATES.get(suffix, (rate,))
    rate = min((r for r in rates if r >= rate), default=rates[-1])
    return WavWriter(path, rate) if suffix == ".wav" else EncodedWriter(path, rate)


class EncodedWriter(WavWriter):
    """A WavWriter of another format."""

    def _begin(self) -> Any:
        sf = need("soundfile", f"writing {self.path.suffix}")
        kind, encoding = KINDS[self.path.suffix.lower()]
        try:
            return sf.SoundFile(str(self._part), "w", self.rate, 1, subtype=encoding, format=kind)
        except sf.SoundFileError as error:
            raise refused(self.path, OSError(str(error))) from error

    def _put(self, samples: Samples) -> None:
        for at in range(0, len(samples), _PIECE):
            try:
                self._file.write(samples[at : at + _PIECE].clip(-1.0, 1.0))
            except RuntimeError as error:  # what soundfile raises
                raise OSError(str(error)) from error
