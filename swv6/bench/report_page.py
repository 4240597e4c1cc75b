"""A run as one HTML page: strips of dots to look at, figures beside them; needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from swv6.bench.comparing import BAD, Moved, Since
from swv6.bench.series import Section, Series, alike, shown
from swv6.bench.since import prose
from swv6.bench.since import since as compared
from swv6.bench.strips import axis, scale, strip

LEGEND = {"dot": "one value", "band": "5 to 95 %", "median": "median", "base": "baseline, measured in turns with it"}
BEFORE = {"before": "before"}
"""... where an older report is compared."""


def page(report: Mapping[str, Any], sections: Sequence[Section], since: Since | None = None) -> str:
    """Write the page of a report (of `results.report`), compared with an older one."""
    style = files("swv6.bench").joinpath("report.css").read_text(encoding="utf-8")
    head = '<meta charset="utf-8"><title>swv6 bench</title><meta name="viewport" content="width=device-width">'
    body = "\n".join(_body(report, sections, since))
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>\n{style}</style></head><body>\n{body}\n</body></html>\n'
    )


def _body(report: Mapping[str, Any], sections: Sequence[Section], since: Since | None) -> Iterator[str]:
    machine, profile = report["machine"], report["profile"]
    yield f"<h1>swv6 bench <span class=quiet>{escape(profile['name'])}</span></h1>"
    gpus = ", ".join(machine["gpus"]) or "no GPU"
    where = (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, {gpus}",
        f"{machine['system']}, {machine['python']}, swv6 {report['swv6']}, {report['when']}",
    )
    yield f"<p class=quiet>{'<br>'.join(map(escape, where))}</p>"
    for failed in report.get("failed", ()):
        yield f'<p class="failed">Not measured: {prose(failed)}</p>'
    moves = since.moves if since else ()
    yield f"<nav>{''.join(_card(section, moves) for section in sections)}</nav>"
    if since:
        yield from compared(since)
    yield _legend(LEGEND | (BEFORE if moves else {}))
    known = {(move.section, move.now.name): move for move in moves}
    for section in sections:
        yield from _section(section, known)
    yield from _about(report)


def _card(section: Section, moves: Sequence[Moved]) -> str:
    """Show what one looks for first: the section's first series, and whether something got worse."""
    first = section.series[0]
    ratio = section.ratio(first)
    beside = f"<small>{_times(ratio)} × the baseline</small>" if ratio is not None else ""
    worse = sum(m.verdict in BAD for m in moves if m.section == section.name)
    mark = f"<em>{worse} worse</em>" if worse else ""
    what = f"{first.group}: {first.label}" if first.group else first.label
    return (
        f'<a href="#{section.name}"><span>{section.name}</span><b>{escape(shown(first.median, first.unit))}</b>'
        f"<small>{prose(what)}</small>{beside}{mark}</a>"
    )


def _legend(keys: Mapping[str, str]) -> str:
    marks = "".join(f'<span><span class="key {kind}"></span>{name}</span>' for kind, name in keys.items())
    return f'<p class="quiet legend">{marks}</p>'


def _spread(series: Series) -> str:
    """Say where the middle nine tenths lie; a unit that both ends have is said once."""
    low, high = alike(series.p5, series.p95, series.unit)
    return f"{low.partition(' ')[0]} to {high}"


def _times(ratio: float) -> str:
    """Write a ratio with two figures at least, however small."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"


def _section(section: Section, moves: Mapping[tuple[str, str], Moved]) -> Iterator[str]:
    yield f'<section id="{section.name}"><h2>{prose(section.title)}</h2>'
    own, last = {name: move for (of, name), move in moves.items() if of == section.name}, ""
    for (group, unit), found in groupby(section.series, key=lambda s: (s.group, s.unit)):
        yield from _group(section, "" if group == last else group, [*found], own, unit)
        last = group
    notes = [prose(note) for note in section.notes]
    if section.control:
        control = section.control
        about = f"{shown(control.median, 's')} ({_spread(control)})"
        notes.append(f"the machine itself, a fixed piece of work: {about}")
    yield f"<p class=quiet>{'<br>'.join(notes)}</p></section>"


def _group(section: Section, group: str, found: list[Series], moves: Mapping[str, Moved], unit: str) -> Iterator[str]:
    under = axis(found, [moves[s.name].before for s in found if s.name in moves])
    ratios = any(section.ratio(series) is not None for series in found)
    heads = f"<th>median</th><th>5 to 95 %</th><th>{'ratio' if ratios else ''}</th>"
    yield f"<table class=strips><thead><tr><th>{prose(group)}</th><th></th>{heads}</tr></thead><tbody>"
    for series in found:
        base = section.find(series.beside)
        base, ratio, move = base if base and base.unit == unit else None, section.ratio(series), moves.get(series.name)
        drawn = strip(series, under, base, move.before if move else None)
        cells = (shown(series.median, unit), _spread(series), _times(ratio) if ratio is not None else "")
        kind = ' class="plain"' if _is_baseline(section, series) else ""
        values = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        yield f"<tr{kind}><th>{prose(series.label)}</th><td class=picture>{drawn}</td>{values}</tr>"
    yield f"<tr><th></th><td class=picture>{scale(under)}</td><td></td><td></td><td></td></tr></tbody></table>"


def _is_baseline(section: Section, series: Series) -> bool:
    return not series.beside and any(other.beside == series.name for other in section.series)


def _about(report: Mapping[str, Any]) -> Iterator[str]:
    engines = ", ".join(f"{name} {version}" for name, version in report["engines"].items())
    yield f"<p class=quiet>Engines: {escape(engines)}. Profile hash {report['profile']['hash']}.</p>"
