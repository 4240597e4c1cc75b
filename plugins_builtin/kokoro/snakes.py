"""Snake activations, x + sin(a x)^2 / a, with the sine as a polynomial.

onnxruntime computes `Sin` on one thread; a polynomial costs a dozen passes that run on all of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plugins_builtin.kokoro.graph import Graph

SINE = (3.14157435, -5.16695959, 2.54064833, -0.5520517)
"""sin(pi t) = t (c0 + c1 t^2 + ...) for |t| <= 1/2, fitted so that its square is off by 8.4e-7 at most."""


def snakes(graph: Graph, node: Any) -> bool:
    """Write (1/a) sin(a x)^2 with t = a x / pi less the nearest whole number."""
    if node.op_type != "Mul" or (power := graph.either(list(node.input), "Pow")) is None:
        return False
    ((sine, two), factor), name = power, node.output[0]
    angles = graph.made(sine, "Sin")
    turned = graph.made(angles[0], "Mul") if angles else None
    rate = next((given for given in turned or () if graph.factors(given) is not None), None)
    if rate is None or turned is None or graph.factors(factor) is None or np.any(graph.value(two) != 2):
        return False
    sound = turned[1] if turned[0] == rate else turned[0]
    turns = graph.node("Mul", [sound, _times(graph, rate, 1 / np.pi)], f"{name}/turns")
    whole = graph.node("Round", [turns], f"{name}/whole")
    part = graph.node("Sub", [turns, whole], f"{name}/part")
    height = _sine(graph, part, name)
    square = graph.node("Mul", [height, height], f"{name}/squared")
    graph.node("Mul", [square, _times(graph, factor, SINE[-1] ** 2)], name)
    return True


def _times(graph: Graph, factor: str, by: float) -> str:
    return graph.constant(f"{factor}/{by}", (graph.value(factor) * by).astype(np.float32))


def _sine(graph: Graph, part: str, name: str) -> str:
    """Write t (...((t^2 + d2) t^2 + d1) t^2 + d0), the sine over its last coefficient."""
    *rest, last = SINE
    square = height = graph.node("Mul", [part, part], f"{name}/square")
    for at, coefficient in reversed(list(enumerate(rest))):
        shift = graph.constant(f"snakes/{at}", np.float32(coefficient / last))
        height = graph.node("Add", [height, shift], f"{name}/plus{at}")
        height = graph.node("Mul", [height, square if at else part], f"{name}/times{at}")
    return height
