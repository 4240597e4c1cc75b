"""`--set key.path=value` laid on a profile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from swv6.profiles.nodes import Node, Place, Problem, join, parse


def override(root: Node, text: str, problems: list[Problem]) -> Node:
    """Set one value; a list is indexed by number, a chain also by the backend's name.

    The value is YAML; relative paths in it are relative to the current folder.
    """
    place = Place(f"--set {text}", 0, Path.cwd())
    path, equals, written = text.partition("=")
    keys = [key.strip() for key in path.split(".")]
    if not equals or not all(keys):
        problems.append(Problem(place, "", "expected key.path=value, for example turns.silence=0.8s"))
        return root
    value = parse(written, place, problems)
    if value is None:
        return root
    try:
        return _put(root, keys, value, "")
    except LookupError as error:
        problems.append(Problem(place, str(error.args[0]), str(error.args[1])))
        return root


def _put(node: Node, keys: list[str], value: Node, path: str) -> Node:
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    here = join(path, key)
    if isinstance(node.value, list):
        index, rest = _index(node.value, key, keys, here)
        items = list(node.value)
        items[index] = _put(items[index], rest, value, here)
        return replace(node, value=items)
    children = node.value if isinstance(node.value, dict) else {}
    child = children.get(key, Node({}, value.place))
    return replace(node, value={**children, key: _put(child, rest, value, here)})


def _index(items: list[Node], key: str, keys: list[str], path: str) -> tuple[int, list[str]]:
    """Find an item by number, or an entry of a chain by its backend; give it with the keys that lead on from it."""
    if key.isdecimal() and int(key) < len(items):
        return int(key), keys[1:]
    names = [next(iter(item.value), "") if isinstance(item.value, dict) else "" for item in items]
    if key in names:
        return names.index(key), keys
    known = ", ".join(f"{n} ({name})" if name else str(n) for n, name in enumerate(names)) or "nothing"
    raise LookupError(path, f"not in the list, which holds {known}")
