"""`swv6 transcribe`: turn sound files into text."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.cli.notices import Notices
from swv6.errors import Swv6Error

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile
    from swv6.types import STT, Transcript

log = logging.getLogger("swv6.transcribe")
app = typer.Typer(rich_markup_mode=None)


@app.command()
def transcribe(
    files: Annotated[
        list[Path], typer.Argument(help="Sound files: wav, mp3, flac, ogg, opus, m4a, webm.", readable=False)
    ],
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file, with times.")] = False,
    yes: YesOption = False,
) -> None:
    """Print what is said in sound files; a file that fails is named and does not stop the others."""
    resolved, store = prepare(profile, set_, ("stt",), yes)
    failed = run(lambda: _all(files, resolved, store, as_json))
    if failed:
        raise typer.Exit(1)


async def _all(files: list[Path], profile: Profile, store: Store, as_json: bool) -> int:
    """Transcribe each file and return how many failed."""
    from swv6.stages.build import build
    from swv6.stages.devices import open_filters
    from swv6.stages.filters import mapped

    failed = 0
    async with build(profile, store, Notices(), live=False) as builder:
        await builder.open("stt")
        stt = mapped(builder.chain("stt").stage, await open_filters(builder, "transcript_filters"))
        for file in files:
            try:
                await _one(file, stt, as_json, name=len(files) > 1)
            except Swv6Error as error:
                failed += 1
                print(f"swv6: {error}", file=sys.stderr)
                log.debug("%s failed", file, exc_info=error)
                if as_json:
                    _print_json(file, {"success": False, "error": error.what})
    return failed


async def _one(file: Path, stt: STT, as_json: bool, name: bool) -> None:
    """Print a file's text window by window, or its JSON at the end."""
    from swv6.transcription.windows import joined, transcripts
    from swv6.stages.streams import owned

    parts: list[Transcript] = []
    async with owned(transcripts(file, stt)) as windows:
        async for part in windows:
            if not as_json and name and not parts:
                print(f"{file}:", flush=True)
            if not as_json and part.text:
                print(part.text, flush=True)
            parts.append(part)
    if as_json:
        _print_json(file, joined(parts).as_dict())
    elif not any(part.text for part in parts):
        print(f"swv6: {file}: no speech was heard", file=sys.stderr)


def _print_json(file: Path, keys: dict[str, Any]) -> None:
    import json

    print(json.dumps({"file": str(file), **keys}, ensure_ascii=False), flush=True)
