"""Adaptive instance norms, written as means, squares and roots, as onnxruntime's own `InstanceNormalization`."""

from __future__ import annotations

from typing import Any

import numpy as np

from plugins_builtin.kokoro.graph import Graph


def norms(graph: Graph, node: Any) -> bool:
    """Write (x - mean) / deviation * scale + shift, with a scale and a shift of shape (1, channels, 1), as one node."""
    if node.op_type != "Add" or (scaled := graph.either(list(node.input), "Mul")) is None:
        return False
    factors, shift = scaled
    if (divided := graph.either(factors, "Div")) is None:
        return False
    (above, below), scale = divided
    known = _normed(graph, above, below)
    if known is None or not (_is_by_channel(graph, scale) and _is_by_channel(graph, shift)):
        return False
    sound, tiny = known
    name = node.output[0]
    flat = [graph.node("Reshape", [given, graph.numbers(-1)], f"{name}/{given}") for given in (scale, shift)]
    graph.node("InstanceNormalization", [sound, *flat], name, epsilon=tiny)
    return True


def _normed(graph: Graph, above: str, below: str) -> tuple[str, float] | None:
    """Read Sub(x, mean) over Sqrt(mean of its square + epsilon): x and epsilon."""
    centred, root = graph.made(above, "Sub"), graph.made(below, "Sqrt")
    variance = graph.made(root[0], "Add") if root else None
    mean = graph.either(variance, "ReduceMean") if variance else None
    if centred is None or mean is None or (tiny := graph.factors(mean[1])) is None or tiny.size != 1:
        return None
    square = graph.made(mean[0][0], "Mul")
    average = graph.made(centred[1], "ReduceMean")
    if square != [above, above] or average is None or average[0] != centred[0]:
        return None
    over_time = all(np.array_equal(graph.value(axes), [2]) for axes in (mean[0][1], average[1]))
    return (centred[0], float(tiny)) if over_time else None


def _is_by_channel(graph: Graph, name: str) -> bool:
    """Whether a value is one half of a style, (1, channels, 1), or that and one."""
    added = graph.made(name, "Add")
    halves = graph.made(name if added is None else added[0], "Split")
    return halves is not None and graph.made(halves[0], "Unsqueeze") is not None
