"""What C libraries write to stderr, kept off a terminal that is being drawn on."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_log = logging.getLogger("swv6.native")


@contextmanager
def collected() -> Iterator[Callable[[], None]]:
    """Collect it in a file; gives a function that logs (at -v) what came since.

    ALSA, ggml and others know no other way than file descriptor 2, in the middle of whatever is shown. A file and no
    pipe: nobody has to read it, so that no library can ever wait for us.
    """
    sys.stderr.flush()
    with tempfile.TemporaryFile(mode="a+b", buffering=0) as noise:
        terminal = os.dup(2)
        os.dup2(noise.fileno(), 2)

        def tell() -> None:
            if os.fstat(noise.fileno()).st_size:
                noise.seek(0)
                lines = noise.read().decode("utf-8", "replace").splitlines()
                noise.truncate(0)
                for line in filter(None, map(str.strip, lines)):
                    _log.info("%s", line)

        try:
            yield tell
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)
            with suppress(OSError):
                tell()
