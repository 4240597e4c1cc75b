"""Integer convolutions as matrix products.

onnxruntime runs `ConvInteger` with 16-bit multiplications (unsigned by unsigned), products of unsigned by signed bytes
with the processor's own instructions for it (VNNI and the like). So the sound is laid out time by channel, what each
tap of the kernel sees is laid side by side, and the weights, moved down by 128, are signed. The product scales its sums
and adds the bias as it writes them, which were passes of their own over the sound.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from plugins_builtin.kokoro.graph import Graph, given

NARROW = 32
"""Channels out under which a convolution costs too little to be touched."""


class _Sums(NamedTuple):
    """A convolution with what becomes of its sums."""

    node: Any
    scale: str
    """Of the sound."""
    unit: str
    """Scale of the weights."""
    bias: str
    """Empty for none."""


def products(graph: Graph, node: Any) -> bool:
    """Write a wide convolution that does not stride, its bias and its scale as one product."""
    if node.op_type != "Mul" or (sums := _sums(graph, node)) is None:
        return False
    conv, name = sums.node, sums.node.name
    sound, factors, sound_zero, zero = conv.input
    weights = graph.value(factors).astype(np.int16) - 128
    laid = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(-1, weights.shape[0]).astype(np.int8))
    factor = graph.constant(f"{name}/weights", laid)
    lower = np.int8(int(graph.value(zero)) - 128)
    lower_name = graph.constant(f"products/zero{lower}", lower)
    by_time = graph.node("Transpose", [sound], f"{name}/by_time", perm=[0, 2, 1])
    seen = _seen(graph, conv, by_time, weights.shape)
    inputs = [seen, factor, sums.scale, sums.unit, sound_zero, lower_name, sums.bias]
    summed = graph.node("MatMulIntegerToFloat", inputs, f"{name}/summed", domain="com.microsoft")
    graph.node("Transpose", [summed], node.output[0], perm=[0, 2, 1])
    return True


def _sums(graph: Graph, node: Any) -> _Sums | None:
    """Read Mul(Cast(ConvInteger + bias), sound's scale * weights' scale), None for another Mul."""
    if (cast := graph.either(list(node.input), "Cast")) is None:
        return None
    ((sums,), scale), bias = cast, ""
    if (added := graph.made(sums, "Add")) is not None:
        if (reshaped := graph.either(added, "Reshape")) is None:
            return None
        bias, sums = _bias(graph, reshaped[0][0]), reshaped[1]
        if not bias:
            return None
    conv, scales = graph.makers.get(sums), graph.made(scale, "Mul")
    if conv is None or conv.op_type != "ConvInteger" or scales is None or len(conv.input) != 4:
        return None
    if given(conv, "strides") != [1] or graph.value(conv.input[1]).shape[0] < NARROW:
        return None
    return _Sums(conv, scales[0], scales[1], bias) if graph.factors(scales[1]) is not None else None


def _bias(graph: Graph, name: str) -> str:
    """Find the bias that was divided by the scale and made whole, empty where it is not one."""
    for kind in ("Cast", "Floor", "Div"):
        if (inputs := graph.made(name, kind)) is None:
            return ""
        name = inputs[0]
    return name if graph.factors(name) is not None else ""


def _seen(graph: Graph, node: Any, sound: str, shape: tuple[int, int, int]) -> str:
    """Lay side by side what each tap sees: (1, time, channels) to (1, time, taps * channels)."""
    _, channels, taps = shape
    if taps == 1:
        return sound
    name, zero = node.name, node.input[2]
    (step,), (before, after) = given(node, "dilations"), given(node, "pads")
    reach = step * (taps - 1)
    padded = graph.node("Pad", [sound, graph.numbers(0, before, 0, 0, after, 0), zero], f"{name}/padded")
    counted = graph.node("Shape", [padded], f"{name}/counted", start=1, end=2)
    last = graph.node("Sub", [counted, graph.numbers(reach)], f"{name}/last")
    ends = graph.node("Squeeze", [last], f"{name}/ends")
    none, one = graph.constant("products/none", np.int64(0)), graph.constant("products/one", np.int64(1))
    moments = graph.node("Range", [none, ends, one], f"{name}/moments")
    column = graph.node("Unsqueeze", [moments, graph.numbers(1)], f"{name}/column")
    places = graph.node("Add", [column, graph.numbers(*range(0, reach + 1, step))], f"{name}/places")
    taken = graph.node("Gather", [padded, places], f"{name}/taken", axis=1)
    return graph.node("Reshape", [taken, graph.numbers(1, -1, taps * channels)], f"{name}/seen")
