"""Models as tables: on the terminal and in the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from swv6.models.catalog import Model


def human(size: int) -> str:
    """Write bytes as people say them."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(size / 1e6, 0.1):.{0 if size >= 1e7 else 1}f} MB"


def table(rows: list[dict[str, Any]]) -> Table:
    """Lay the rows of `swv6 models list` out."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("name", "format", "here"):
        table.add_column(column, no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    table.add_column("languages")
    table.add_column("licence")
    for r in rows:
        here = "yes" if r["installed"] else "-"
        table.add_row(r["name"], r["format"], here, human(r["size"]), " ".join(r["languages"]), r["license"])
    return table


def markdown(models: Iterable[Model]) -> str:
    """Write the catalog as the table of docs/models.md."""
    lines = ["| name | format | size | languages | licence | what |", "|---|---|---:|---|---|---|"]
    for m in models:
        cells = (f"`{m.name}`", m.format, human(m.size), " ".join(m.languages), m.license, m.summary)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
