"""A model's graph while it is written anew: what made a value, and the nodes so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from onnx import helper, numpy_helper


@dataclass(slots=True)
class Graph:
    """The nodes of the new graph, and its constants by name."""

    constants: dict[str, Any]
    makers: dict[str, Any]
    """The node of the old graph by the name of each value."""
    nodes: list[Any] = field(default_factory=list)

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add a node."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, value: Any) -> str:
        """Add a constant, once for each name."""
        self.constants.setdefault(name, numpy_helper.from_array(np.asarray(value), name))
        return name

    def numbers(self, *values: int) -> str:
        """Add whole numbers, as shapes and indices are given."""
        return self.constant("quicker/" + ",".join(map(str, values)), np.array(values, np.int64))

    def value(self, name: str) -> Any:
        """Return a constant's value, None for what is no constant."""
        tensor = self.constants.get(name)
        return None if tensor is None else numpy_helper.to_array(tensor)

    def factors(self, name: str) -> Any:
        """Return a constant's value where it is of float32, else None."""
        value = self.value(name)
        return value if value is not None and value.dtype == np.float32 else None

    def made(self, name: str, *kinds: str) -> list[str] | None:
        """Return the inputs of the node that made a value when it is of one of these kinds."""
        maker = self.makers.get(name)
        return list(maker.input) if maker is not None and maker.op_type in kinds else None

    def either(self, inputs: list[str], *kinds: str) -> tuple[list[str], str] | None:
        """Of two inputs, return the inputs of the one made so and the name of the other."""
        first, second = inputs
        for one, other in ((first, second), (second, first)):
            if (given := self.made(one, *kinds)) is not None:
                return given, other
        return None


Rule = Callable[[Graph, Any], bool]
"""Writes other nodes that make what a node makes; False for a node that it does not know."""


def rewritten(model: Any, rules: tuple[Rule, ...]) -> bool:
    """Write a model's nodes by the first rule that knows each; False, and nothing is written, where none does."""
    old = model.graph
    makers = {output: node for node in old.node for output in node.output}
    graph = Graph({tensor.name: tensor for tensor in old.initializer}, makers)
    known = False
    for node in old.node:
        if any(rule(graph, node) for rule in rules):
            known = True
        else:
            graph.nodes.append(node)
    if known:
        _replace(old, graph)
    return known


def _replace(old: Any, graph: Graph) -> None:
    """Give the model the nodes and the constants that its outputs need."""
    needed = {output.name for output in old.output}
    kept = []
    for node in reversed(graph.nodes):
        if needed.intersection(node.output):
            needed.update(node.input)
            kept.append(node)
    old.ClearField("node")
    old.node.extend(reversed(kept))
    old.ClearField("initializer")
    old.initializer.extend(tensor for name, tensor in graph.constants.items() if name in needed)


def given(node: Any, name: str) -> Any:
    """Return an attribute of a node, None where it has none."""
    return next((helper.get_attribute_value(given) for given in node.attribute if given.name == name), None)
