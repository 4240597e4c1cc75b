"""What moved since an older report, as HTML: a table of what did, and what could not be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from swv6.bench.comparing import BAD, RULE, Moved, Since
from swv6.bench.series import alike

_CODE = re.compile("`([^`]+)`")


def prose(text: str) -> str:
    """Write a sentence; what stands in backticks is code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


def since(since: Since) -> Iterator[str]:
    """Write what moved, the worst first."""
    yield f"<h2>Since {escape(since.then)}</h2>"
    for line in since.differs:
        yield f'<p class="quiet">Not measured alike: {prose(line)}</p>'
    for line in since.unlike:
        yield f'<p class="unlike">Not compared: {prose(line)}</p>'
    told = [m for m in since.moves if m.verdict not in ("same", "few")]
    if told:
        rows = "".join(_move(m) for m in sorted(told, key=lambda m: (m.verdict not in BAD, -abs(m.change))))
        yield f"<table class=moves>{rows}</table>"
    if since.moves:
        same = f"{sum(m.verdict == 'same' for m in since.moves)} of {len(since.moves)} have not moved beyond noise"
        yield f"<p class=quiet>{same}. Rule: {prose(RULE)}.</p>"


def _move(move: Moved) -> str:
    old, new = alike(move.before.median, move.now.median, move.now.unit)
    name = f"{move.section}: {move.now.group + ', ' if move.now.group else ''}{move.now.label}"
    return (
        f'<tr class="{move.verdict}"><th>{prose(name)}</th><td>{escape(old)} → {escape(new)}</td>'
        f"<td><b>{move.change:+.0%}</b></td><td>{move.verdict}</td></tr>"
    )
