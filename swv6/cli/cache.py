"""`swv6 cache`: the answers kept on disk."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swv6.cli.chain import ProfileOption, SetOption, YesOption, prepare, run
from swv6.errors import Swv6Error, UsageError

if TYPE_CHECKING:
    from swv6.conversation.warming import Warmed
    from swv6.models.store import Store
    from swv6.profiles import Profile

KINDS = {"tts": "speech", "stt": "transcripts of files"}
app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def cache() -> None:
    """Show, clear and fill the answers kept on disk: what was said aloud, and what sound files say.

    What you say in a conversation is never kept. `cache: {disk: null}` in a profile, or SWV6_CACHE=off, keeps nothing;
    SWV6_CACHE=FOLDER keeps it elsewhere.
    """


@app.command()
def show(as_json: Json = False) -> None:
    """Say what is kept, how big it is and how often it was of use."""
    root = _root()
    rows = [_row(kind, root) for kind in KINDS]
    if as_json:
        print(json.dumps({"folder": str(root), "kinds": rows}, indent=2, ensure_ascii=False))
        return
    from swv6.cli._tables import align, human, width

    lines = [("KIND", "ANSWERS", "SIZE", "HITS", "MISSES", "OLDEST")]
    for row in rows:
        counts = (str(row["entries"]), human(row["bytes"]) if row["bytes"] else "-", str(row["hits"]))
        lines.append((row["kind"], *counts, str(row["misses"]), row["oldest"] or "-"))
    print("\n".join(align(lines, width())))
    print(f"in {root}")


@app.command()
def clear(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND]...", help="tts or stt; both when none is given.")
    ] = None,
) -> None:
    """Forget what is kept."""
    import sqlite3

    from swv6.stages.cache_folder import clear as forget
    from swv6.stages.cache_folder import figures, path_of

    root, chosen = _root(), list(dict.fromkeys(kinds or KINDS))
    if unknown := [kind for kind in chosen if kind not in KINDS]:
        raise UsageError(f"there is no kind called {unknown[0]}", f"swv6 cache clear {' '.join(KINDS)}")
    for kind in chosen:
        path = path_of(kind, root)
        entries = figures(path).entries
        try:
            forget(path)
        except (OSError, sqlite3.Error) as error:
            raise Swv6Error(f"{path} cannot be cleared: {error}", "try again when no other swv6 runs") from error
        print(f"{kind}: {entries} forgotten", file=sys.stderr)


@app.command()
def warm(
    phrases: Annotated[
        Path | None,
        typer.Argument(metavar="[PHRASES.txt]", help="One phrase a line; the shipped French list when none is given."),
    ] = None,
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    yes: YesOption = False,
) -> None:
    """Speak common phrases once, unheard, so that they are there at once when they are needed.

    What is kept already is left alone; after a Ctrl-C, what was spoken stays.
    """
    from swv6.conversation.warming import lines, shipped

    root = _root()
    wanted = lines(_read(phrases)) if phrases else None
    resolved, store = prepare(profile, set_, ("tts",), yes)
    if resolved.cache.disk is None or resolved.cache.disk.tts is None:
        setting = "--set 'cache.disk.tts={max_bytes: 300 MB, ttl: 60 d}'"
        raise UsageError(f"the profile {resolved.name} keeps no speech on disk", f"swv6 cache warm {setting}")
    wanted = shipped(resolved.language) if wanted is None else wanted
    if not wanted:
        raise UsageError(f"{phrases}: holds no phrase", "write one phrase a line")
    warmed = run(lambda: _warm(wanted, resolved, store))
    print(f"swv6: {warmed.spoken} spoken, {warmed.there} were there; in {root}", file=sys.stderr)


async def _warm(phrases: list[str], profile: Profile, store: Store) -> Warmed:
    from swv6.cli._warming import Progress
    from swv6.conversation.voicing import speakable
    from swv6.conversation.warming import Warmed, warm
    from swv6.stages.build import build
    from swv6.stages.devices import open_filters

    warmed = Warmed()
    with Progress(len(phrases), warmed) as progress:
        async with build(profile, store, progress.report) as builder:
            words_of = speakable(profile.language, await open_filters(builder, "text_filters"), profile.languages)
            await warm(phrases, builder.chain("tts").stage, words_of, warmed, progress.advance)
    return warmed


def _read(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or error
        raise UsageError(f"{path}: {reason}", "swv6 cache warm PHRASES.txt, one phrase a line") from None


def _root() -> Path:
    from swv6.stages.cache_folder import FOLDER, folder

    root = folder()
    if root is None:
        raise UsageError(f"{FOLDER}=off: nothing is kept on disk", f"unset {FOLDER}, or name a folder with it")
    return root


def _row(kind: str, root: Path) -> dict[str, Any]:
    from dataclasses import asdict
    from datetime import datetime

    from swv6.stages.cache_folder import figures, path_of

    path = path_of(kind, root)
    found: dict[str, Any] = asdict(figures(path))
    oldest, size = found.pop("oldest"), 0
    with suppress(OSError):
        size = path.stat().st_size
    when = datetime.fromtimestamp(oldest).astimezone().isoformat(" ", "minutes")[:16] if oldest else None
    return {"kind": kind, "what": KINDS[kind], **found, "file_bytes": size, "oldest": when}
