"""The quiet at both ends of a sound, which nobody hears, is not made: the costliest part of the model leaves it out."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import TensorProto

from plugins_builtin.kokoro.graph import Graph

ENERGY = "/encoder/Reshape_1_output_0"
"""How loud the sound will be, as the model's own logarithm: (1, two for each frame of 25 ms). -9 in quiet, 5 to 10 in
speech; names as in the released models."""
PITCH = "/decoder/decoder/Unsqueeze_output_0"
"""What the generator's tones are made from: (1, 1, two for each frame)."""
DECODED = "/decoder/decoder/decode.3/Div_4_output_0"
"""What the generator turns into sound: (1, channels, two for each frame)."""
SOUND = "audio"
SOFT = -6.0
"""Energy under which nothing is heard, not even an end that fades away."""
MARGIN = 8
"""Halves of a frame that are kept of the quiet: with 4, the sound differs twice as much from the whole one's."""
LEVEL = 0.82
"""Nepers that a sound would be softer if all of it were left out: what norms take away over less quiet, as the level of
12 sentences lost 7.1 dB times the share that was left out (6.4 to 7.9)."""


def ends(graph: Graph, node: Any) -> bool:
    """Write what the generator reads without its quiet ends, and the sound as loud as it was."""
    if not {ENERGY, PITCH, DECODED, SOUND} <= graph.makers.keys() or "ends/from" in graph.makers:
        return False
    if ENERGY in node.output:
        graph.nodes.append(node)
        _find(graph)
    elif node.op_type == "Resize" and node.input[0] == PITCH:
        node.input[0] = graph.node("Slice", [PITCH, *_kept(graph)], "ends/pitch")
        graph.nodes.append(node)
    elif DECODED in node.output:
        whole = _under_another_name(graph, node, DECODED)
        graph.node("Slice", [whole, *_kept(graph)], DECODED)
    elif SOUND in node.output:
        softer = _under_another_name(graph, node, SOUND)
        graph.node("Mul", [softer, "ends/level"], SOUND)
    else:
        return False
    return True


def _find(graph: Graph) -> None:
    """Write where the sound begins and ends, and how much louder it is to be: `ends/from`, `ends/to`, `ends/level`."""
    over = graph.node("Greater", [ENERGY, _number(graph, SOFT)], "ends/over")
    heard = graph.node("Cast", [over], "ends/heard", to=TensorProto.INT32)
    first = graph.node("ArgMax", [heard], "ends/first", axis=1, keepdims=0)
    last = graph.node("ArgMax", [heard], "ends/last", axis=1, keepdims=0, select_last_index=1)
    shape = graph.node("Shape", [ENERGY], "ends/shape")
    whole = graph.node("Gather", [shape, graph.numbers(1)], "ends/whole")
    early = graph.node("Sub", [first, graph.numbers(MARGIN)], "ends/early")
    late = graph.node("Add", [last, graph.numbers(MARGIN + 1)], "ends/late")
    start = graph.node("Max", [early, graph.numbers(0)], "ends/from")
    stop = graph.node("Min", [late, whole], "ends/to")
    left = graph.node("Sub", [whole, graph.node("Sub", [stop, start], "ends/length")], "ends/left")
    counts = [graph.node("Cast", [count], f"{count}/float", to=TensorProto.FLOAT) for count in (left, whole)]
    share = graph.node("Div", counts, "ends/share")
    graph.node("Exp", [graph.node("Mul", [share, _number(graph, LEVEL)], "ends/nepers")], "ends/level")


def _kept(graph: Graph) -> list[str]:
    return ["ends/from", "ends/to", graph.numbers(2)]


def _number(graph: Graph, value: float) -> str:
    return graph.constant(f"ends/{value}", np.array(value, np.float32))


def _under_another_name(graph: Graph, node: Any, name: str) -> str:
    """Write a node whose output is called otherwise, since another one is to make `name`."""
    node.name = node.output[list(node.output).index(name)] = f"{name}/whole"
    graph.nodes.append(node)
    return f"{name}/whole"
