"""Choice of a compute type among those that a device supports."""

from __future__ import annotations

from collections.abc import Collection

BEST = {
    "cpu": ("int8", "int8_float32", "float32"),
    "cuda": ("float16", "int8_float16", "bfloat16", "int8_bfloat16", "int8_float32", "int8", "float32"),
}
"""Fastest first at the same accuracy: int8 on a CPU (RTF 0.05 for base on two cores), half floats on a GPU."""

NEAREST = {
    "float16": ("bfloat16", "float32", "int8_float16"),
    "bfloat16": ("float16", "float32", "int8_bfloat16"),
    "float32": ("float16", "bfloat16"),
    "int8_float16": ("int8_bfloat16", "int8_float32", "int8"),
    "int8_bfloat16": ("int8_float16", "int8_float32", "int8"),
    "int8_float32": ("int8", "int8_float16"),
    "int8": ("int8_float32", "int8_float16", "int16"),
    "int16": ("int8", "float32"),
}
"""The same size of weights first, then the same size of sums."""


def choose(wanted: str, device: str, supported: Collection[str]) -> str:
    """Return `wanted` or the nearest supported type; `auto` gives the best one for the device."""
    if wanted in supported:
        return wanted
    order = BEST[device] if wanted == "auto" else (*NEAREST.get(wanted, ()), *BEST[device])
    return next((kind for kind in order if kind in supported), "default")
