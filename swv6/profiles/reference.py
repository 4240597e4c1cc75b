"""The table of every key in docs/profiles.md, made from the schema: `python -m swv6.profiles.reference`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from swv6.plugins import hookspecs
from swv6.profiles.described import descriptions
from swv6.profiles.explain import parts
from swv6.profiles.nodes import join
from swv6.profiles.schema import CHAINS, REQUIRED, Settings

PAGE = Path(__file__).parents[2] / "docs" / "profiles.md"
BEGIN, END = "<!-- generated: python -m swv6.profiles.reference -->", "<!-- end -->"


def table() -> str:
    """Give the table as Markdown."""
    rows: list[tuple[str, ...]] = [("key", "what it takes", "default", "meaning"), ("---",) * 4]
    rows += [("`extends`", "a name or a path", "", "The profile that this one changes.")]
    rows += [_chain(key, kind) for key, kind in CHAINS.items()]
    rows += _rows(Settings, "")
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def updated(page: str) -> str:
    """Give the page with the table renewed."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


def _chain(key: str, kind: str) -> tuple[str, ...]:
    doc = str(hookspecs.hook_docs()[hookspecs.KINDS[kind]]).removeprefix("Offer ")
    return f"`{key}`", "backends", "at least one" if key in REQUIRED else "none", doc[:1].upper() + doc[1:]


def _rows(model: type[BaseModel], path: str) -> Iterator[tuple[str, ...]]:
    docs = descriptions(model)
    for name, field in model.model_fields.items():
        inner = [p for p in parts(field.annotation) if isinstance(p, type) and issubclass(p, BaseModel)]
        doc = " ".join((docs.get(name) or (inner[0].__doc__ if inner else "") or "").split())
        default = "" if isinstance(field.default, BaseModel) else _shown(field)
        yield f"`{join(path, name)}`", "a map" if inner else _takes(field), default, doc
        if inner:
            yield from _rows(inner[0], join(path, name))


def _takes(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return " or ".join(f"`{word}`" for word in get_args(field.annotation))
    unit = _unit(field)
    if unit:
        return {"s": "a time", "B": "a size"}[unit]
    words = {
        str: "text",
        Path: "a path",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        dict: "a map of texts",
    }
    kinds = [getattr(part, "__origin__", part) for part in parts(field.annotation)]
    if tuple in kinds or dict in kinds:
        return "a list of texts" if tuple in kinds else words[dict]
    return ", or ".join(words[kind] for kind in kinds if kind in words)


def _unit(field: FieldInfo) -> str:
    """Tell times and sizes from bare numbers by the text form that their schema offers."""
    metadata = [*field.metadata, *(m for p in parts(field.annotation) for m in getattr(p, "__metadata__", ()))]
    patterns = [str(m.json_schema) for m in metadata if hasattr(m, "json_schema")]
    return "s" if any("|min|" in p for p in patterns) else "B" if any("|GiB" in p for p in patterns) else ""


def _shown(field: FieldInfo) -> str:
    value: Any = field.default
    if value is PydanticUndefined:
        return "must be set"
    if value is None or value in ("", (), {}):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    unit = _unit(field) if isinstance(value, int | float) else ""
    if unit == "B":
        power = max(power for power in range(4) if value % 1000**power == 0) if value else 0
        return f"`{value // 1000**power} {('B', 'KB', 'MB', 'GB')[power]}`"
    return f"`{value:g} {unit}`" if unit else f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
