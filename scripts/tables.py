"""The tables of docs/telemetry.md, written from the code: what happens, and what is measured."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any

from swv6.telemetry import device_events, stage_events, turn_events
from swv6.telemetry.metrics import Metrics
from swv6.telemetry.probes import READINGS


def renewed(page: str) -> str:
    """Give the page with its tables renewed."""
    for name, table in (("events", events()), ("metrics", metrics())):
        pattern = re.compile(rf"(<!-- table {name} -->\n).*?(<!-- end -->\n)", re.DOTALL)
        place = pattern.search(page)
        if place is None:
            raise SystemExit(f"docs/telemetry.md has no place for the table of {name}")
        page = page[: place.end(1)] + table + page[place.start(2) :]
    return page


def events() -> str:
    """Give a row for each event and for each of its fields."""
    lines = ["| event | what it means | fields |", "| --- | --- | --- |"]
    for module in (turn_events, stage_events, device_events):
        for name, event in vars(module).items():
            if isinstance(event, type) and is_dataclass(event):
                said = dict(_said(module, name))
                each = "<br>".join(_field(field, said.get(field.name, "")) for field in fields(event)) or "none"
                lines.append(f"| `{name}` | {inspect.getdoc(event)} | {each} |")
    return "\n".join(lines) + "\n"


def metrics() -> str:
    """Give a row for each metric."""
    rows = {}
    for family in Metrics({"total": 1.0}).registry.collect():
        rows[family.name + ("_total" if family.type == "counter" else "")] = (family.type, family.documentation)
    for name, (said, _labels) in READINGS.items():
        rows[name] = ("counter" if name.endswith("_total") else "gauge", said)
    lines = ["| metric | type | what it is |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {kind} | {said} |" for name, (kind, said) in sorted(rows.items())]
    return "\n".join(lines) + "\n"


def _field(field: Any, said: str) -> str:
    return f"`{field.name}`" + (f": {said}" if said else "")


def _said(module: ModuleType, name: str) -> Iterator[tuple[str, str]]:
    """Give (field, the text under it) of one class."""
    tree = ast.parse(inspect.getsource(module))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    for above, below in pairwise(body):
        if isinstance(above, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            assert isinstance(above.target, ast.Name)
            yield above.target.id, " ".join(str(below.value.value).split())
