"""What cards there are, asked of the driver's management library (NVML): no CUDA library is loaded."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, NamedTuple

from swv6.profiles.gpu import Card, Driver, fail

LIBRARY = "nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1"
NO_DRIVER = "install NVIDIA's driver, check with nvidia-smi, or use a profile without a gpu (swv6 profiles list)"


def ask() -> Driver:
    """Ask the driver for its CUDA version and its cards; raise HardwareError when there is none."""
    try:
        import pynvml
    except ImportError:
        _without_pynvml()
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        fail("CUDA", f"found no working NVIDIA driver ({error})", NO_DRIVER)
    try:
        return Driver(_cuda(pynvml), tuple(_card(pynvml, n) for n in range(pynvml.nvmlDeviceGetCount())))
    except pynvml.NVMLError as error:
        fail("CUDA", f"found an NVIDIA driver that does not answer ({error})", "restart the machine, then nvidia-smi")
    finally:
        pynvml.nvmlShutdown()


class Usage(NamedTuple):
    """What a card is doing."""

    card: int
    used: int
    """Bytes."""
    memory: int
    """Bytes."""
    busy: float
    """Share of the last moment, 0..1."""


def usage() -> list[Usage]:
    """Ask what the cards are doing; none where nobody can say."""
    try:
        import pynvml
    except ImportError:
        return []
    try:
        pynvml.nvmlInit()
        try:
            return [_usage(pynvml, index) for index in range(pynvml.nvmlDeviceGetCount())]
        finally:
            pynvml.nvmlShutdown()
    except pynvml.NVMLError:
        return []


def _usage(nvml: Any, index: int) -> Usage:
    handle = nvml.nvmlDeviceGetHandleByIndex(index)
    memory, rates = nvml.nvmlDeviceGetMemoryInfo(handle), nvml.nvmlDeviceGetUtilizationRates(handle)
    return Usage(index, int(memory.used), int(memory.total), rates.gpu / 100)


def _without_pynvml() -> None:
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        fail("CUDA", "found no NVIDIA driver", NO_DRIVER)
    fail("CUDA", "found an NVIDIA driver, but nvidia-ml-py, which asks it, is missing", 'pip install "swv6[cuda]"')


def _cuda(nvml: Any) -> int:
    try:
        return int(nvml.nvmlSystemGetCudaDriverVersion_v2())
    except nvml.NVMLError:
        return 0


def _card(nvml: Any, index: int) -> Card:
    handle = nvml.nvmlDeviceGetHandleByIndex(index)
    vram = int(nvml.nvmlDeviceGetMemoryInfo(handle).total)
    return Card(index, _text(nvml.nvmlDeviceGetUUID(handle)), _text(nvml.nvmlDeviceGetName(handle)), vram)


def _text(value: str | bytes) -> str:
    """Old versions of the binding give bytes."""
    return value.decode() if isinstance(value, bytes) else value
