"""What checks ask of the system, as one value: a test puts other answers in its place."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swv6.profiles.gpu import Driver

LIBRARIES = {
    "cuBLAS": {"win32": "cublas64_12.dll", "": "libcublas.so.12"},
    "cuDNN": {"win32": "cudnn64_9.dll", "": "libcudnn.so.9"},
}
"""What CTranslate2 loads when it first computes on a card, by the beginning of `sys.platform`."""


def _driver() -> Driver:
    from swv6.profiles.nvml import ask

    return ask()


def _loads(library: str) -> str:
    """Load a shared library from the system, or from a wheel that brings it; say why it does not load."""
    reason = ""
    for candidate in (library, *map(str, _in_wheels(library))):
        try:
            ctypes.CDLL(candidate)
        except OSError as error:
            reason = reason or str(error)
        else:
            return ""
    return reason


def _in_wheels(library: str) -> list[Path]:
    """Find a library in the `nvidia` packages that torch installs."""
    spec = find_spec("nvidia")
    roots = [Path(root) for root in spec.submodule_search_locations or ()] if spec else []
    return [file for root in roots for file in sorted(root.glob(f"*/*/{library}"))]


def _compute_types(device: str) -> Collection[str]:
    """Ask CTranslate2 what it can compute in; empty where it is not installed."""
    try:
        import ctranslate2
    except ImportError:
        return ()
    try:
        types: Collection[str] = ctranslate2.get_supported_compute_types(device)
    except (RuntimeError, ValueError):
        return ()
    return types


def _memory() -> tuple[int, int]:
    import psutil

    found = psutil.virtual_memory()
    return int(found.total), int(found.available)


def _free(path: Path) -> int:
    """Bytes free where a folder is, or would be made."""
    return shutil.disk_usage(next(p for p in (path, *path.parents) if p.exists())).free


def _port_is_free(port: int) -> bool:
    with socket.socket() as listener:
        if sys.platform != "win32":  # there it would take the port from its owner
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _winreg() -> Any:
    """Import the registry's module, which is Windows' own; raises OSError elsewhere."""
    try:
        return import_module("winreg")
    except ImportError as error:
        raise OSError("no registry") from error


def _long_paths() -> bool:
    """Whether Windows takes paths of more than 260 characters."""
    with suppress(OSError):
        reg = _winreg()
        with reg.OpenKey(reg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return bool(reg.QueryValueEx(key, "LongPathsEnabled")[0])
    return False


def _voices() -> int:
    """Count the voices of Windows' speech interface (SAPI)."""
    with suppress(OSError):
        reg = _winreg()
        with reg.OpenKey(reg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Speech\Voices\Tokens") as key:
            return int(reg.QueryInfoKey(key)[0])
    return 0


@dataclass(frozen=True, slots=True)
class Machine:
    """The questions; each default asks the machine it runs on."""

    platform: str = sys.platform
    cores: Callable[[], int] = lambda: os.cpu_count() or 1
    memory: Callable[[], tuple[int, int]] = _memory
    """Bytes in all, bytes available."""
    free: Callable[[Path], int] = _free
    port_is_free: Callable[[int], bool] = _port_is_free
    driver: Callable[[], Driver] = _driver
    """Raises HardwareError when there is none."""
    loads: Callable[[str], str] = _loads
    """Why a shared library does not load; empty when it does."""
    compute_types: Callable[[str], Collection[str]] = _compute_types
    long_paths: Callable[[], bool] = _long_paths
    voices: Callable[[], int] = _voices

    def library(self, name: str) -> str:
        """Give the file name of a library of `LIBRARIES` on this system."""
        files = LIBRARIES[name]
        return files.get(self.platform, files[""])
