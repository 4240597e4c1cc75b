"""ALSA kept from stderr, and its configuration read before PortAudio reads it, which ends the process without one."""

from __future__ import annotations

import atexit
import ctypes
import os
import sys
from typing import Any

from swv6.plugins import DeviceError

_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)


_quiet = _HANDLER(lambda *said: None)
"""ALSA writes underruns and what it looks for in vain on stderr, between the lines of a conversation."""


def readable() -> None:
    """Read the configuration where there is ALSA, which is quiet from then on.

    Raises DeviceError when it is broken or describes nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:  # PortAudio was made for something else
        return
    alsa.snd_lib_error_set_handler(_quiet)
    atexit.register(alsa.snd_lib_error_set_handler, None)  # no Python is called after its end
    own = os.environ.get("ALSA_CONFIG_PATH")
    if alsa.snd_config_update() < 0:
        where = own or "~/.asoundrc and /etc/asound.conf"
        raise DeviceError("ALSA's configuration cannot be read", f"look for an unclosed brace in {where}")
    if not _describes(alsa, b"pcm"):
        hint = "unset ALSA_CONFIG_PATH" if own else "sudo apt install --reinstall libasound2-data"
        raise DeviceError("ALSA has no configuration", hint)


def _describes(alsa: Any, key: bytes) -> bool:
    top, found = ctypes.c_void_p.in_dll(alsa, "snd_config"), ctypes.c_void_p()
    return bool(top) and alsa.snd_config_search(top, key, ctypes.byref(found)) == 0
