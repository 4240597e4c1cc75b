"""Tables of text: on the terminal, in a pipe and in the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swv6.models.catalog import Model


def human(size: int) -> str:
    """Write bytes as people say them."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(size / 1e6, 0.1):.{0 if size >= 1e7 else 1}f} MB"


def listing(rows: list[dict[str, Any]], columns: int) -> Iterator[str]:
    """Lay the rows of `swv6 models list` out in lines of `columns` characters (0: any), then whom to attribute."""
    lines = [("NAME", "HERE", "SIZE", "LICENCE", "LANGUAGES")]
    split = [(r, *r["license"].replace(": ", "; ", 1).partition("; ")) for r in rows]
    lines += [(r["name"], _here(r), human(r["size"]), short, " ".join(r["languages"])) for r, short, _, _ in split]
    yield from align(lines, columns)
    credits_ = [(r["name"], more) for r, _, _, more in split if more]
    if credits_:
        yield ""
        yield from align(credits_, columns)


def _here(row: dict[str, Any]) -> str:
    return "yes" if row["installed"] else "damaged" if row["damaged"] else "-"


def align(lines: Sequence[Sequence[str]], width: int) -> list[str]:
    """Set cells in columns; the last one wraps at `width` characters (0: never)."""
    from textwrap import wrap

    widths = [max(map(len, column)) for column in zip(*lines, strict=True)][:-1]
    indent = sum(widths) + 2 * len(widths)
    out: list[str] = []
    for *cells, last in lines:
        begin = "".join(f"{cell:<{w}}  " for cell, w in zip(cells, widths, strict=True))
        parts = wrap(last, max(width - indent, 12)) if width else [last]
        out += [begin + parts[0]] + [" " * indent + part for part in parts[1:]]
    return out


def width() -> int:
    """Give the terminal's columns; 0 when nobody looks, so that each row stays one line for grep."""
    import os
    import shutil
    import sys

    return shutil.get_terminal_size().columns if sys.stdout.isatty() or os.environ.get("COLUMNS") else 0


def markdown(models: Iterable[Model]) -> str:
    """Write the catalog as the table of docs/models.md."""
    lines = ["| name | format | size | languages | licence | what |", "|---|---|---:|---|---|---|"]
    for m in models:
        cells = (f"`{m.name}`", m.format, human(m.size), " ".join(m.languages), m.license, m.summary)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
