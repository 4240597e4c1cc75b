"""Validation errors -> problems: where, what was found, what was expected, the nearest valid name."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from swv6.profiles.nodes import Node, Problem, join, plain

MISSING = "missing, expected a value"
_EXPECTED = "Input should be "
_WORDS = {
    "a valid string": "text",
    "a valid integer": "a whole number",
    "a valid number": "a number",
    "a valid boolean": "true or false",
    "a valid array": "a list",
    "an object": "a map",
    "a valid dictionary": "a map",
    "null": "nothing",
}
"""pydantic's words -> a profile author's."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Ask ` (did you mean X?)`, or nothing when no valid name is near."""
    names = {candidate.lower(): candidate for candidate in known}
    close = get_close_matches(name.lower(), names, n=1, cutoff=0.55)
    return f" (did you mean {names[close[0]]}?)" if close else ""


def found(value: Any) -> str:
    """Show a value as a profile would write it."""
    if isinstance(value, dict | list):
        return "found a map" if isinstance(value, dict) else "found a list"
    if value is None:
        return "found nothing"
    return f"found {json.dumps(value, ensure_ascii=False)}"


def validate(model: type[BaseModel], data: Any, node: Node, path: str, problems: list[Problem]) -> Any:
    """Validate `data`, which `node` wrote, or return None and append what is wrong.

    JSON's strict mode is the one that knows YAML's types: text is no number, but a whole number is one.
    """
    try:
        return model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        problems.extend(explain(error, model, node, path))
        return None


def explain(error: ValidationError, model: type[BaseModel], node: Node, path: str) -> list[Problem]:
    """Give one problem for each place; what the branches of a union expect is joined by "or"."""
    wrong: dict[str, tuple[Node, list[str], Any]] = {}
    for detail in error.errors(include_url=False):
        at, where, rest = _locate(node, detail["loc"], path)
        text = _expected(detail, model)
        if detail["type"] in ("extra_forbidden", "missing"):
            where, rest = (join(where, str(rest[0])), rest[1:]) if rest else (where, rest)
            wrong[where] = (at, [text], _ABSENT)
        else:
            expected = wrong.setdefault(where, (at, [], plain(at)))[1]
            expected.extend([text] if text not in expected else [])
    return [
        Problem(at.place, where, " or ".join(texts) if value is _ABSENT else f"{found(value)}, {_join(texts)}")
        for where, (at, texts, value) in wrong.items()
    ]


_ABSENT = object()


def _join(texts: list[str]) -> str:
    rest = [text.removeprefix("expected ") for text in texts[1:]]
    return " or ".join([texts[0], *rest])


def _locate(node: Node, loc: tuple[int | str, ...], path: str) -> tuple[Node, str, tuple[int | str, ...]]:
    """Follow `loc` as far as something was written; the rest is what is missing, or pydantic's own labels."""
    for depth, key in enumerate(loc):
        value = node.value
        if isinstance(value, dict) and key in value:
            node = value[str(key)]
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            node = value[key]
        else:
            return node, path, loc[depth:]
        path = join(path, key)
    return node, path, ()


def _expected(detail: Any, model: type[BaseModel]) -> str:
    kind, message = detail["type"], detail["msg"]
    if kind == "extra_forbidden":
        known = sorted(keys_at(model, detail["loc"][:-1]))
        name = str(detail["loc"][-1])
        return f"unknown key, expected one of {', '.join(known) or 'none'}{nearest(name, known)}"
    if kind == "missing":
        return MISSING
    if kind in ("value_error", "assertion_error"):
        return str(detail["ctx"]["error"])
    if kind == "literal_error":
        choices = [choice.strip("' ") for choice in detail["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return f"expected one of {', '.join(choices)}{nearest(str(detail['input']), choices)}"
    if kind == "string_pattern_mismatch":
        return f"expected text like {detail['ctx']['pattern']}"
    if message.startswith(_EXPECTED):
        text = message.removeprefix(_EXPECTED)
        return f"expected {_WORDS.get(text, text)}"
    return f"{message[:1].lower()}{message[1:]}"


def keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> set[str]:
    """Give the keys that are valid at a place of a model."""
    for key in loc:
        if key in model.model_fields:
            inner = [a for a in parts(model.model_fields[str(key)].annotation) if isinstance(a, type)]
            model = next((a for a in inner if issubclass(a, BaseModel)), model)
    return set(model.model_fields)


def parts(annotation: Any) -> list[Any]:
    """Flatten an annotation: itself, and the arguments of unions, containers and Annotated."""
    inner = [part for argument in typing.get_args(annotation) for part in parts(argument)]
    origin = typing.get_origin(annotation)
    return inner if origin in (typing.Union, types.UnionType) else [annotation, *inner]
