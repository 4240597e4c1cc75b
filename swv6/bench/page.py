"""A measurement as one HTML page: figures, and a waterfall of every turn; needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from swv6.bench.comparing import Since
from swv6.bench.since import since as compared
from swv6.bench.summary import LABELS, OF_THE_REST
from swv6.bench.turn import Turn
from swv6.bench.waterfall import waterfall


def page(report: Mapping[str, Any], turns: Sequence[Turn], since: Since | None = None) -> str:
    """Write the page of a report (of `summary.report`) and its turns, compared with an older one."""
    machine = report["machine"]
    where = f"{machine['system']}, {machine['cores']} cores, Python {machine['python']}, {report['when']}"
    body = [
        f"<h1>swv6 latency: {escape(report['profile'])}</h1>",
        f"<p class=quiet>{escape(where)}</p>",
        _headline(report),
        _summary(report),
        _budget(report),
        *(compared(since) if since else ()),
        "<h2>Turns</h2>",
        _legend(),
        *(_turn(turn) for turn in turns),
    ]
    style = files("swv6.bench").joinpath("page.css").read_text(encoding="utf-8")
    head = '<meta charset="utf-8"><title>swv6 latency</title><meta name="viewport" content="width=device-width">'
    head += f"<style>\n{style}</style>"
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{_lines(body)}</body></html>\n'


def _lines(parts: Sequence[str]) -> str:
    return "".join(f"{part}\n" for part in parts if part)


def _headline(report: Mapping[str, Any]) -> str:
    found = report["summary"]
    if "voice_to_voice" not in found:
        return "<p class=big>No question was answered.</p>"
    whole, ratio = found["voice_to_voice"], found.get("ratio")
    figures = [f"<b>{whole['p50'] * 1e3:.0f}</b> ms p50", f"<b>{whole['p95'] * 1e3:.0f}</b> ms p95"]
    figures += [f"<b>{ratio['p50']:.2f}</b> × sequential"] if ratio else []
    return f"<p class=big>{' · '.join(figures)}</p>"


def _summary(report: Mapping[str, Any]) -> str:
    rows = []
    for name, found in report["summary"].items():
        shown = [f"{found[k]:.2f}" if name.startswith("ratio") else _ms(found[k]) for k in ("p50", "p95", "max")]
        indent = ' class="part"' if name in OF_THE_REST else ""
        cells = "".join(f"<td>{value}</td>" for value in (*shown, found["count"]))
        rows.append(f"<tr><th{indent}>{LABELS[name]}</th>{cells}</tr>")
    return _table(("ms", "p50", "p95", "max", "turns"), rows)


def _budget(report: Mapping[str, Any]) -> str:
    rows = [
        f"<tr><th>{line['name']}</th><td>{_ms(line['budget'])}</td><td>{_ms(line['p95'])}</td>"
        f'<td class="{"over" if line["over"] else "ok"}">{"over" if line["over"] else "ok"}</td></tr>'
        for line in report["budget"]
    ]
    return _table(("Budget", "allowed", "p95", ""), rows) if rows else ""


def _table(head: Sequence[str], rows: Sequence[str]) -> str:
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _legend() -> str:
    names = {
        "wait": "until the turn's end was decided",
        "stt": "transcript",
        "llm": "model",
        "tts": "voice",
        "seq": "sequential: transcript, model, voice",
    }
    marks = "".join(f'<span class="key {kind}"></span>{name} ' for kind, name in names.items())
    return (
        f"<p class=quiet>{marks}· faint: not what led to the first sound · gap: its first item · "
        "time in ms from the true end of speech</p>"
    )


def _turn(turn: Turn) -> str:
    picture = waterfall(turn)
    if picture:  # where it is narrow it goes on beyond the edge: its words stay readable
        picture = f'<div class=picture tabindex=0 role=group aria-label="{escape(turn.question)}">{picture}</div>'
    return f"<section>{''.join(_about(turn))}{picture}</section>"


def _about(turn: Turn) -> Iterator[str]:
    number = f"run {turn.run}" + (f", conversation {turn.session}" if turn.session > 1 else "")
    whole = turn.problem or f"{_ms(turn.measures['voice_to_voice'])} ms"
    yield f"<h3>{escape(turn.question)} <span class=quiet>{number}</span> <span class=whole>{whole}</span></h3>"
    by = ", ".join(f"{kind} {name}" for kind, name in turn.backends.items())
    yield f"<p>« {escape(turn.heard)} » → {escape(turn.answer) or '…'} <span class=quiet>{escape(by)}</span></p>"
    for notice in turn.notices:
        yield f"<p class=over>{escape(notice)}</p>"


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.0f}"
