"""What a CUDA device supports and has free, asked of CTranslate2, the driver and its management library (NVML)."""

from __future__ import annotations

import ctypes
import logging
import sys
from typing import Any
from uuid import UUID

import ctranslate2

from plugins_builtin.prism.cards import Card

log = logging.getLogger("swv6.prism")


def card(index: int) -> Card:
    """Describe a device by CUDA's own number."""
    return Card(frozenset(ctranslate2.get_supported_compute_types("cuda", index)), free(index))


def free(index: int) -> int | None:
    """Give a device's free bytes; None where NVML, its binding or the driver do not tell.

    CUDA and NVML count cards in different orders, so the card is looked up by what both call it.
    """
    try:
        import pynvml
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
        try:
            handle = pynvml.nvmlDeviceGetHandleByUUID(f"GPU-{uuid(_driver(), index)}".encode())
            return int(pynvml.nvmlDeviceGetMemoryInfo(handle).free)
        finally:
            pynvml.nvmlShutdown()
    except (pynvml.NVMLError, OSError, AttributeError) as problem:
        log.debug("free memory of CUDA device %d is not known: %s", index, problem)
        return None


def uuid(driver: Any, index: int) -> UUID:
    """Ask the driver for a device's UUID; raise OSError when it refuses."""
    device, name = ctypes.c_int(), (ctypes.c_ubyte * 16)()
    codes = (  # all of them are asked: the later ones only repeat what the first one says
        driver.cuInit(0),
        driver.cuDeviceGet(ctypes.byref(device), index),
        driver.cuDeviceGetUuid(ctypes.byref(name), device),
    )
    if any(codes):
        raise OSError(f"the CUDA driver answers {codes}")
    return UUID(bytes=bytes(name))


def _driver() -> Any:
    return ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
