"""Nodes over nodes: maps merge, lists and chains replace."""

from __future__ import annotations

from dataclasses import replace

from swv6.profiles.nodes import Node
from swv6.profiles.schema import CHAINS

OWN = ("extends", "summary")
"""Keys that belong to one file and are not inherited."""


def with_chains(root: Node) -> Node:
    """Write every chain as a list of `{backend: {options}}`; does nothing to what is already so."""
    if not isinstance(root.value, dict):
        return root
    return replace(root, value={k: _chain(n) if k in CHAINS else n for k, n in root.value.items()})


def _chain(node: Node) -> Node:
    if node.value is None:
        return replace(node, value=[])
    if isinstance(node.value, list):
        return replace(node, value=[_entry(entry) for entry in node.value])
    return Node([_entry(node)], node.place, single=True)


def _entry(node: Node) -> Node:
    """Give `backend` and `backend:` (nothing after it) empty options; leave mistakes for the validation."""
    if isinstance(node.value, str):
        return replace(node, value={node.value: Node({}, node.place)})
    if isinstance(node.value, dict):
        return replace(node, value={k: replace(n, value={}) if n.value is None else n for k, n in node.value.items()})
    return node


def merge(under: Node, over: Node) -> Node:
    """Lay `over` on `under`: maps merge key by key, anything else replaces."""
    if not isinstance(under.value, dict) or not isinstance(over.value, dict):
        return over
    merged = dict(under.value)
    for key, node in over.value.items():
        merged[key] = merge(merged[key], node) if key in merged else node
    return replace(over, value=merged)


def inherited(root: Node) -> Node:
    """Drop what a child does not inherit."""
    if not isinstance(root.value, dict):
        return root
    return replace(root, value={k: n for k, n in root.value.items() if k not in OWN})
