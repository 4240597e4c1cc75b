"""`swv6 dashboard`: watch a conversation in a browser."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def dashboard(
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", help="Where the page is served; 0: any free one.", min=0, max=65535)
    ] = 8765,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; beyond this machine it needs SWV6_METRICS_TOKEN.")
    ] = "127.0.0.1",
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="ADDRESS",
            help="Watch this one, not the newest here: the port of its metrics, or its address.",
        ),
    ] = "",
    stay: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
) -> None:
    """Watch the conversation that runs on this machine, and the next one; Ctrl-C ends it.

    The conversation must serve its metrics: swv6 talk --metrics 8080.
    """
    from swv6.cli._watching import Place, watched
    from swv6.cli.chain import run
    from swv6.telemetry.access import Access, token

    place = Place(Access(host, token(host)), port, of)
    run(lambda: watched(place, lambda url: _begun(url, not stay)))


def _begun(url: str, wanted: bool) -> None:
    """Say where the page is, and show it where there is a screen."""
    print(url, flush=True)
    print("swv6: Ctrl-C ends", file=sys.stderr)
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if wanted and screen:
        import webbrowser

        webbrowser.open(url)


if __name__ == "__main__":
    app()
