"""ALSA's configuration, read before PortAudio reads it: where there is none, PortAudio ends the process."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

from swv6.plugins import DeviceError

_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)


def readable() -> None:
    """Read the configuration where there is ALSA; raises DeviceError when it is broken or describes nothing."""
    if not sys.platform.startswith("linux"):
        return
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:  # PortAudio was made for something else
        return
    own = os.environ.get("ALSA_CONFIG_PATH")
    if not _read(alsa):
        where = own or "~/.asoundrc and /etc/asound.conf"
        raise DeviceError("ALSA's configuration cannot be read", f"look for an unclosed brace in {where}")
    if not _describes(alsa, b"pcm"):
        hint = "unset ALSA_CONFIG_PATH" if own else "sudo apt install --reinstall libasound2-data"
        raise DeviceError("ALSA has no configuration", hint)


def _read(alsa: Any) -> bool:
    quiet = _HANDLER(lambda *said: None)  # ALSA writes its mistakes on stderr
    alsa.snd_lib_error_set_handler(quiet)
    try:
        return int(alsa.snd_config_update()) >= 0
    finally:
        alsa.snd_lib_error_set_handler(None)


def _describes(alsa: Any, key: bytes) -> bool:
    top, found = ctypes.c_void_p.in_dll(alsa, "snd_config"), ctypes.c_void_p()
    return bool(top) and alsa.snd_config_search(top, key, ctypes.byref(found)) == 0
