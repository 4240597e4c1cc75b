"""`swv6 sessions`: what was said before."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from swv6.errors import DeviceError, UsageError

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="List, show, search and remove past conversations.")


class Format(StrEnum):
    """What a session is written as."""

    md = "md"
    json = "json"
    srt = "srt"
    wav = "wav"


Id = Annotated[str, typer.Argument(metavar="ID", help="Its number in `swv6 sessions list`, or last.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the conversations that were kept, the newest first."""
    from dataclasses import asdict

    from swv6.cli._tables import align, width
    from swv6.sessions.archive import listing
    from swv6.sessions.database import default_path
    from swv6.sessions.export import when

    rows = listing()
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
        return
    if not rows:
        print("no conversation has been kept yet: swv6 talk begins one (unless its profile says sessions: off)")
    cells = [(str(r.id), when(r.began), str(r.turns), "yes" if r.audio else "-", r.profile, r.first) for r in rows]
    if cells:
        print("\n".join(align([("ID", "BEGAN", "TURNS", "SOUND", "PROFILE", "FIRST WORDS"), *cells], width())))
    print(f"in {default_path()}")


@app.command()
def show(session: Id = "last", as_json: Json = False) -> None:
    """Show what was said."""
    from swv6.sessions.archive import story
    from swv6.sessions.export import as_json as written
    from swv6.sessions.export import when

    found = story(session)
    if as_json:
        print(written(found), end="")
        return
    print(f"session {found.id} · {when(found.began)} · profile {found.profile}")
    for turn in found.turns:
        print(f"you  > {turn.user}")
        cut = " …" if turn.outcome == "interrupted" else ""
        print(f"swv6 > {turn.assistant}{cut}" if turn.assistant else f"     · {turn.outcome}")


@app.command()
def export(
    session: Id = "last",
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="md, or what the file's name ends with.", show_default=False)
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file; stdout when left out.")] = None,
) -> None:
    """Write a conversation as a document, or its sound as a WAV file."""
    from swv6.cli._writable import writable, write
    from swv6.sessions.archive import story
    from swv6.sessions.export import TEXTS, wav

    format = _meant(session, format, output)
    found = story(session, sound=format in (Format.wav, Format.srt))
    if format is Format.wav:
        if output is None:
            raise UsageError("sound is not written to stdout", f"swv6 sessions export {session} -f wav -o out.wav")
        writable(output)
        wav(found, output)
    elif output is None:
        print(TEXTS[format.value](found), end="")
    else:
        writable(output)
        write(output, TEXTS[format.value](found))


def _meant(session: str, format: Format | None, output: Path | None) -> Format:
    """Give the format that was named, or that a file's name ends with; raises UsageError where the two differ."""
    ending = output.suffix.lower().removeprefix(".") if output else ""
    by_name = Format(ending) if ending in tuple(Format) else None
    if format and by_name and format is not by_name:
        raise UsageError(
            f"-f {format} and -o {output} do not go together",
            f"swv6 sessions export {session} -f {by_name} -o {output}",
        )
    return format or by_name or Format.md


@app.command()
def resume(
    session: Id = "last",
    text: Annotated[bool, typer.Option("--text", "-t", help="Type instead of speaking, one line a turn.")] = False,
) -> None:
    """Go on with a conversation, on the profile it was held with; `swv6 talk --resume ID -p NAME` takes another."""
    from swv6.cli.talk import talk
    from swv6.plugins.manager import installed
    from swv6.profiles.search import find
    from swv6.sessions.archive import story

    found = story(session)
    if find(found.profile, installed(), Path.cwd()) is None:
        what = f"session {found.id} was held on the profile {found.profile}, which is no longer there"
        raise UsageError(what, f"swv6 talk --resume {found.id} -p NAME")
    try:
        talk(profile=found.profile, set_=[], text=text, resume=True, session=str(found.id))
    except DeviceError as error:
        if "--text" in error.hint:
            error.hint = f"without a microphone: swv6 sessions resume {found.id} --text"
        raise


@app.command()
def search(
    words: Annotated[list[str] | None, typer.Argument(help="Beginnings of words that were said in one turn.")] = None,
    as_json: Json = False,
) -> None:
    """Find where something was said, whatever the accents."""
    from dataclasses import asdict

    from swv6.sessions.archive import search as find
    from swv6.sessions.export import when

    if not words or not any(map(str.isalnum, "".join(words))):
        raise UsageError("there is nothing to look for: no word was given", "swv6 sessions search rendez dentiste")
    found = find(" ".join(words))
    if as_json:
        print(json.dumps([asdict(place) for place in found], indent=2, ensure_ascii=False))
        return
    for place in found:
        who = "you " if place.who == "user" else "swv6"
        print(f"{place.session}  {when(place.began)}  {who} > {place.text}")
    if not found:
        print("swv6: nothing was found", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def rm(
    sessions: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Numbers, as `swv6 sessions list` gives them.")
    ] = None,
) -> None:
    """Remove conversations for good, with their sound."""
    from swv6.sessions.archive import remove

    if not sessions:
        raise UsageError("no session was named to be removed", "swv6 sessions list")
    for session in remove(sessions):
        print(f"removed session {session}")
