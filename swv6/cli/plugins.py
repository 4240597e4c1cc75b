"""`swv6 plugins`: what is installed, what each plugin offers and what keeps it from working."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer

from swv6.cli._tables import align, width
from swv6.errors import UsageError
from swv6.plugins import Backend
from swv6.plugins.manager import SLOW, Plugin, Plugins, installed

app = typer.Typer(help="List plugins and their health.", rich_markup_mode=None, invoke_without_command=True)


def _complete(incomplete: str) -> list[str]:
    found = installed()
    names = {*found.found, *(name for _, name in found.owners)}
    return sorted(name for name in names if name.startswith(incomplete))


Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dataclass(frozen=True, slots=True)
class Row:
    """One offer of a plugin, or a plugin that offers nothing because it is broken or disabled."""

    name: str
    kind: str
    plugin: str
    package: str
    version: str
    state: str
    """`available`, `missing extra`, `wrong platform`, `broken` or `disabled`."""
    why: str
    import_seconds: float
    slow: bool
    summary: str = ""


@app.callback()
def plugins(ctx: typer.Context, json: Json = False) -> None:
    """List plugins and their health."""
    if ctx.invoked_subcommand is None:
        _list(json)


@app.command("list")
def list_(json: Json = False) -> None:
    """List what plugins offer: kind, name, package, import time and state."""
    _list(json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A plugin, or anything it offers.", autocompletion=_complete)],
    json: Json = False,
) -> None:
    """Show a plugin: its offers, needs and options."""
    found = installed()
    rows = [row for row in table(found) if name in (row.plugin, row.name)]
    if not rows:
        from difflib import get_close_matches

        near = get_close_matches(name, {n for row in table(found) for n in (row.plugin, row.name)}, n=1)
        raise UsageError(
            f"no plugin offers {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""), "swv6 plugins"
        )
    detail = [{**asdict(row), "options": _options(found, row)} for row in rows]
    if json:
        _print_json(detail)
        return
    print("\n\n".join(_describe(entry) for entry in detail))


def table(found: Plugins) -> list[Row]:
    """Give a row for each offer, by kind, then one for each plugin that could not offer anything."""
    rows = [
        _row(found.found[found.owners[kind, name]], kind, name, offer)
        for kind, offers in found.offers.items()
        for name, offer in sorted(offers.items())
    ]
    owners = set(found.owners.values())
    silent = [p for p in found.found.values() if p.name not in owners or p.error or p.disabled]
    return rows + [_row(p, "", p.name, None) for p in silent]


def _row(plugin: Plugin, kind: str, name: str, offer: Any) -> Row:
    state, why = _state(plugin, offer)
    summary = getattr(offer, "summary", "")
    slow = plugin.seconds > SLOW
    return Row(name, kind, plugin.name, plugin.package, plugin.version, state, why, plugin.seconds, slow, summary)


def _state(plugin: Plugin, offer: Any) -> tuple[str, str]:
    if plugin.error:
        return "broken", plugin.error
    if plugin.disabled:
        return "disabled", ""
    reason = offer.missing() if isinstance(offer, Backend) else ""
    if reason:
        return ("missing extra" if reason.startswith("missing") else "wrong platform"), reason
    return "available", "" if offer else "offers nothing"


def _options(found: Plugins, row: Row) -> dict[str, str]:
    """Give a backend's options as `name -> default`; one that cannot be imported says why instead."""
    offer = found.offers.get(row.kind, {}).get(row.name)
    if not isinstance(offer, Backend):
        return {}
    try:
        fields = offer.options_model().model_fields
    except Exception as error:  # noqa: BLE001 - a plugin's border
        return {"(broken)": f"{type(error).__name__}: {error}"}
    return {name: "required" if field.is_required() else repr(field.default) for name, field in fields.items()}


def _list(json: bool) -> None:
    rows = table(installed())
    if json:
        _print_json([asdict(row) for row in rows])
        return
    lines = [("KIND", "NAME", "PACKAGE", "IMPORT", "STATE")]
    lines += [(r.kind or "-", r.name, f"{r.package} {r.version}", _time(r), _says(r)) for r in rows]
    print("\n".join(align(lines, width())))


def _time(row: Row) -> str:
    return f"{row.import_seconds * 1000:.0f} ms" + (" slow" if row.slow else "")


def _says(row: Row) -> str:
    return _state_and_why(row.state, row.why)


def _state_and_why(state: str, why: str) -> str:
    """Give both without saying "missing" twice."""
    return f"{state}: {why.removeprefix('missing ')}" if why else state


def _describe(entry: dict[str, Any]) -> str:
    lines = [
        f"{entry['name']} ({entry['kind']}): {entry['summary']}" if entry["summary"] else entry["name"],
        f"  plugin   {entry['plugin']}, of {entry['package']} {entry['version']}",
        f"  state    {_state_and_why(entry['state'], entry['why'])}",
        f"  import   {entry['import_seconds'] * 1000:.0f} ms" + (" (slow)" if entry["slow"] else ""),
    ]
    lines += [f"  option   {name} = {default}" for name, default in entry["options"].items()]
    return "\n".join(lines)


def _print_json(value: Any) -> None:
    from json import dumps

    print(dumps(value, ensure_ascii=False, indent=2))
