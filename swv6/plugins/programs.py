"""Programs that backends run."""

from __future__ import annotations


def find_program(name: str) -> str | None:
    """Find a program on the PATH or beside this Python; a path is taken as it is. Returns None when there is none."""
    import shutil
    import sys
    import sysconfig
    from pathlib import Path

    beside = dict.fromkeys((str(Path(sys.executable).parent), sysconfig.get_path("scripts")))
    return shutil.which(name) or next((found for at in beside if (found := shutil.which(name, path=at))), None)
