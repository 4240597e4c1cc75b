"""YAML -> values that remember the file and the line they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written."""

    file: str
    line: int = 0
    """From 1; 0 for what was not written in a file."""
    folder: Path = Path()
    """What relative paths written here are relative to."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake."""

    place: Place
    path: str
    """Key path, such as `tts.1.kokoro.voice`; empty for a whole file."""
    text: str

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.place), self.path, self.text) if part)


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was written: the line of its key, or of the list's item."""

    value: dict[str, Node] | list[Node] | Scalar
    place: Place
    single: bool = False
    """True for a chain of one that was not written as a list."""


def plain(node: Node) -> Any:
    """Drop the places."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def join(path: str, key: str | int) -> str:
    """Append to a key path."""
    return f"{path}.{key}" if path else str(key)


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core scalars, as editors read them: `no` is a word, `1:30` is text, `1e3` is a number."""


_Loader.yaml_implicit_resolvers = {}
_PREFIX = "tag:yaml.org,2002:"
_SCALARS: tuple[tuple[str, str, str], ...] = (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(0|[1-9][0-9]*)|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?([0-9]*\.[0-9]+|[0-9]+\.|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)", "-+.0123456789"),
    ("merge", r"<<", "<"),
)
for _tag, _regex, _first in _SCALARS:
    _firsts = ["" if letter == "\0" else letter for letter in _first]
    _Loader.add_implicit_resolver(_PREFIX + _tag, re.compile(rf"^(?:{_regex})$"), _firsts)


def read(path: Path, problems: list[Problem]) -> Node | None:
    """Read a YAML file; mistakes go to `problems`, and None means that nothing of it can be used."""
    place = Place(str(path), 1, path.resolve().parent)
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        problems.append(Problem(Place(str(path)), "", f"cannot be read: {error.strerror or error}"))
        return None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(Place(str(path), line), "", "found bytes that are not UTF-8, save the file as UTF-8"))
        return None
    return parse(text, place, problems)


def parse(text: str, place: Place, problems: list[Problem]) -> Node | None:
    """Parse one YAML document that starts at `place`."""
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            return Node(None, place)
        return _Reader(loader, place, problems).node(root, place, "", ())
    except yaml.YAMLError as error:
        problems.extend(_syntax(error, text, place))
    except RecursionError:
        problems.append(Problem(place, "", "found lists or maps nested too deep"))
    return None


def _syntax(error: yaml.YAMLError, text: str, place: Place) -> list[Problem]:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    lines = [mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))]
    if "\\t" in what:
        what = "found a tab, expected spaces: YAML is indented with spaces only"
        lines = [n for n, line in enumerate(text.splitlines()) if "\t" in re.split(r"\S", line)[0]] or lines
    elif context := getattr(error, "context", None):
        what = f"{what} ({context})"
    return [Problem(_at(place, number), "", what) for number in lines]


def _at(place: Place, line: int) -> Place:
    """Give a line, from 0, of the text that starts at `place`."""
    return Place(place.file, place.line and place.line + line, place.folder)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns composed YAML nodes into ours."""

    loader: _Loader
    start: Place
    problems: list[Problem]

    def node(self, source: yaml.Node, place: Place, path: str, inside: tuple[yaml.Node, ...]) -> Node:
        if source in inside:
            return self._wrong(place, path, "found an alias to what contains it, expected a value")
        inside = (*inside, source)
        if isinstance(source, yaml.MappingNode):
            return Node(self._map(source, path, inside), place)
        if isinstance(source, yaml.SequenceNode):
            items = enumerate(source.value)
            return Node([self.node(n, self._place(n), join(path, i), inside) for i, n in items], place)
        try:
            value = self.loader.construct_object(source, deep=True)
        except (ValueError, LookupError, AttributeError):  # `!!int abc`, or more digits than Python converts
            value = ...
        if value is not None and not isinstance(value, str | int | float | bool):
            return self._wrong(place, path, f"found no usable {source.tag.removeprefix(_PREFIX)}, expected plain text")
        return Node(value, place)

    def _map(self, source: yaml.MappingNode, path: str, inside: tuple[yaml.Node, ...]) -> dict[str, Node]:
        seen: dict[str, Place] = {}
        for key, _ in source.value:
            name, place = str(key.value), self._place(key)
            if not isinstance(key, yaml.ScalarNode):
                self._wrong(place, path, "found a key that is not text")
            elif name in seen and key.tag != _PREFIX + "merge":
                self._wrong(place, join(path, name), f"found twice, first in line {seen[name].line}")
            seen.setdefault(name, place)
        self.loader.flatten_mapping(source)
        pairs = [(str(key.value), key, value) for key, value in source.value if isinstance(key, yaml.ScalarNode)]
        return {name: self.node(value, self._place(key), join(path, name), inside) for name, key, value in pairs}

    def _place(self, source: yaml.Node) -> Place:
        return _at(self.start, source.start_mark.line)

    def _wrong(self, place: Place, path: str, text: str) -> Node:
        self.problems.append(Problem(place, path, text))
        return Node(None, place)
