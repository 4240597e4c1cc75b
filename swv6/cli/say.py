"""`swv6 say`: speak a text, or write it to a sound file."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.cli.notices import Notices
from swv6.errors import DeviceError, Swv6Error
from swv6.telemetry import log
from swv6.types import SpeechResult

if TYPE_CHECKING:
    from swv6.cli._saying import Order

app = typer.Typer(rich_markup_mode=None)


@app.command()
def say(
    text: Annotated[
        str | None, typer.Argument(help="What to say; standard input, as it arrives, when it is - or left out.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Say what a text file holds.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write a sound file: wav, flac, ogg, opus or mp3.")
    ] = None,
    play: Annotated[bool | None, typer.Option("--play/--no-play", help="Play it; the default without -o.")] = None,
    voice: Annotated[str, typer.Option("--voice", help="A voice that `swv6 voices` lists.")] = "",
    backend: Annotated[str, typer.Option("--backend", help="Speak with this backend and no other.")] = "",
    speed: Annotated[float | None, typer.Option("--speed", help="1 is the voice's own.", min=0.25, max=4)] = None,
    volume: Annotated[float, typer.Option("--volume", help="1 is the voice's own.", min=0, max=4)] = 1.0,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail when another voice than the first one speaks.")
    ] = False,
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print the backend used and the latency.")] = False,
    yes: YesOption = False,
) -> None:
    """Speak a text with the profile's voices, clause by clause: the first is heard while the next ones are made.

    When a voice fails, the next one of the profile goes on, with a line on standard error; --strict ends there, with
    exit code 1. No voice at all is always 1, and Ctrl-C 130. None of these writes a file, or touches one of before.
    """
    from swv6.cli._saying import order, others, speak
    from swv6.profiles.voices import audible, with_voice

    wanted = replace(order(text, file, output, play, volume), strict=strict)
    kinds = ("tts", "speaker") if wanted.play else ("tts",)
    resolved, store = prepare(profile, set_, kinds, yes, lambda p: audible(with_voice(p, backend, voice, speed)))
    report = Notices()
    try:
        first = run(lambda: speak(wanted, resolved, store, report))
    except Swv6Error as error:
        _print(SpeechResult(False, error=error.what), wanted, as_json, verbose=False)
        if isinstance(error, DeviceError):
            error.hint = 'swv6 say "..." -o out.wav'
        raise
    _print(SpeechResult(True, ", ".join(report.used), first * 1e3), wanted, as_json, verbose)
    if who := others(resolved, report):
        print(f"swv6: {who}", file=sys.stderr)
        return
    from swv6.cli._noting import note

    note(resolved, store)


def _print(result: SpeechResult, order: Order, as_json: bool, verbose: bool) -> None:
    if as_json:
        import json

        keys = {
            "success": result.success,
            "backend_used": result.backend_used,
            "latency_ms": round(result.latency_ms, 1),
            "file": str(order.output) if order.output and result.success else None,
            "error": result.error,
        }
        print(json.dumps(keys, ensure_ascii=False))
    elif verbose or log.shown(logging.INFO):
        print(f"swv6: {result.backend_used}, first sound after {result.latency_ms:.0f} ms", file=sys.stderr)
