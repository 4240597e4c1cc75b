"""The espeak-ng library through ctypes: its state is the process's, so one object and one thread use it."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

import espeakng_loader

# From espeak-ng's speak_lib.h.
SYNCHRONOUS, DONT_EXIT, UTF8, FROM_CHARACTERS = 2, 0x8000, 1, 1
RATE, VOLUME, PITCH = 1, 2, 3
BUFFER = 60
"""Milliseconds of sound in one call back."""

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """An initialised espeak-ng; not thread-safe."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        # The library opens its files by C strings: those are in the system's code page on Windows.
        data = espeakng_loader.get_data_path().encode("mbcs" if os.name == "nt" else sys.getfilesystemencoding())
        self.rate = int(self._library.espeak_Initialize(SYNCHRONOUS, BUFFER, data, DONT_EXIT))
        if self.rate <= 0:
            raise OSError("espeak-ng found no data")
        self._heard: Callable[[bytes], bool] = lambda _: False
        self._callback = _Callback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _: object) -> int:
        """Hand over one buffer; 1 tells espeak-ng to stop."""
        return int(bool(samples) and count > 0 and self._heard(ctypes.string_at(samples, 2 * count)))

    def use(self, voice: str, words_per_minute: int, pitch: int, volume: int) -> None:
        """Choose how the next texts sound. Raises LookupError for an unknown voice."""
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise LookupError(f"no voice {voice!r}")
        for parameter, value in ((RATE, words_per_minute), (PITCH, pitch), (VOLUME, volume)):
            self._library.espeak_SetParameter(parameter, value, 0)

    def say(self, text: str, heard: Callable[[bytes], bool]) -> None:
        """Call `heard` with 16-bit samples as they are made, until it returns True."""
        data, self._heard = text.encode(), heard
        size = ctypes.c_size_t(len(data) + 1)
        if self._library.espeak_Synth(data, size, 0, FROM_CHARACTERS, 0, UTF8, None, None):
            raise RuntimeError("espeak-ng refused the text")
        self._library.espeak_Synchronize()

    def close(self) -> None:
        """Free what the library holds."""
        self._library.espeak_Terminate()
