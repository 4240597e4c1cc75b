"""`swv6 devices`: the microphones and loudspeakers of this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.errors import Swv6Error, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from swv6.plugins.devices import DeviceInfo

Found = tuple[str, "DeviceInfo"]
"""A backend's name and one device that it can use."""
_LOOK = 1.0
"""Seconds between two looks of `--watch`."""

app = typer.Typer(rich_markup_mode=None)


@app.command()
def devices(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list; with --watch, one a change.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Print again when something is plugged or pulled.")
    ] = False,
) -> None:
    """List microphones and loudspeakers: defaults, host APIs and rates."""
    show = _print_json if as_json else _print_table
    if watch:
        _watch(show)
    found = collect()
    show(found)
    if not found:
        raise typer.Exit(5)


def collect(again: bool = False) -> list[Found]:
    """Ask every microphone and loudspeaker that can list its devices; one that fails is named on stderr.

    `again` looks anew instead of giving what was found before; it ends streams that are open. Raises UsageError when
    no installed backend can list devices, and the only one's own error when it cannot be asked.
    """
    from swv6.plugins.manager import installed

    offers = [offer for kind in ("microphone", "speaker") for offer in installed().backends(kind).values()]
    listers = {str(offer.devices): offer for offer in offers if offer.devices}
    if not listers:
        raise UsageError("no installed plugin lists devices", "swv6 plugins")
    found, errors = list[Found](), list[Swv6Error]()
    for offer in listers.values():
        try:
            offer.check()
            found += [(offer.name, device) for device in offer.list_devices(again)]
        except Swv6Error as error:
            errors.append(error)
    if len(errors) == len(listers):
        raise errors[0]
    for problem in errors:
        print(f"swv6: {problem}", file=sys.stderr)
    return found


def _watch(show: Callable[[list[Found]], None]) -> None:
    """Show the list now and at each change, until Ctrl-C."""
    from rich.console import Console

    last: list[Found] | None = None
    while True:
        found = collect(again=True)
        if found != last:
            if sys.stdout.isatty():
                Console().clear()
            show(found)
            print(f"as of {time.strftime('%H:%M:%S')}; Ctrl-C ends", file=sys.stderr)
            sys.stdout.flush()
        last = found
        time.sleep(_LOOK)


def _print_json(found: list[Found]) -> None:
    import json
    from dataclasses import asdict

    print(json.dumps([{"backend": name, **asdict(device)} for name, device in found], ensure_ascii=False))


def _print_table(found: list[Found]) -> None:
    from rich.console import Console

    if not found:
        print("swv6: no microphone and no loudspeaker\n  -> without either: swv6 talk --profile demo", file=sys.stderr)
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 1000)  # a pipe wraps nothing
    inputs = [(device, device.default_input, device.inputs) for _, device in found if device.inputs]
    outputs = [(device, device.default_output, device.outputs) for _, device in found if device.outputs]
    console.print(_table("microphone", inputs), _table("loudspeaker", outputs))
    console.print("* the system's default. To use another one, give a part of its name:", style="dim")
    console.print("  swv6 mic --set microphone.sounddevice.device=NAME", style="dim", markup=False)


def _table(title: str, rows: list[tuple[DeviceInfo, bool, int]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", title, "host API"):
        table.add_column(name, overflow="fold")
    table.add_column("channels", justify="right")
    table.add_column("kHz", justify="right")
    table.add_column("also")
    for device, default, channels in rows:
        own, *others = (f"{rate / 1000:g}" for rate in device.rates)
        shown = Text(device.name, style="bold" if default else "")
        table.add_row("*" if default else "", shown, device.host_api, str(channels), own, " ".join(others))
    if not rows:
        table.add_row("", Text("none found", style="yellow"))
    return table


if __name__ == "__main__":
    app()
