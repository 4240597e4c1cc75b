"""`swv6 profiles`: what there is, what one says when resolved, whether a file is right, a schema for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from swv6.profiles.schema import Profile

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="List, show and check profiles.")


def complete_profile(incomplete: str) -> list[str]:
    """Give the names of profiles that begin so."""
    from swv6.plugins.manager import installed
    from swv6.profiles.search import visible

    return [found.name for found in visible(installed()) if found.name.startswith(incomplete)]


Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a value, e.g. turns.silence=0.8s; repeat."),
]
Name = Annotated[str, typer.Argument(help="Name or path.", autocompletion=complete_profile)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_(json: Json = False) -> None:
    """List profiles: your own, the plugins', the ones shipped."""
    from swv6.plugins.manager import installed
    from swv6.profiles.search import visible

    rows = [(f.name, f.source, _summary(f.path), str(f.path)) for f in visible(installed())]
    if json:
        _print_json([dict(zip(("name", "source", "summary", "path"), row, strict=True)) for row in rows])
        return
    wide = max((len(name) for name, *_ in rows), default=0)
    for name, source, summary, _ in rows:
        print(f"{name:<{wide}}  {source:<7}  {summary}")


@app.command()
def show(name: Name, set: Set = None, json: Json = False) -> None:
    """Show a profile with all that it extends and every default."""
    from swv6.profiles.load import resolve

    values = resolved(resolve(name, set or ()))
    if json:
        _print_json(values)
        return
    from swv6.profiles.written import written

    print(f"# {values.pop('name')}\n{written(values)}", end="")  # without the name it can be read back


@app.command()
def check(file: Name, set: Set = None) -> None:
    """Check a profile and name each mistake with its line.

    Nothing is loaded or downloaded.
    """
    from swv6.profiles.load import resolve
    from swv6.profiles.schema import CHAINS

    profile = resolve(file, set or ())
    print(f"{profile.name}: good")
    for key in CHAINS:
        for choice in getattr(profile, key):
            if reason := choice.offer.missing(choice.options):
                print(f"  {key}: {choice.backend} cannot be used here: {reason}")


@app.command()
def schema(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write it to a file.")] = None,
) -> None:
    """Print a JSON Schema of profiles for editors.

    It holds the options of every installed backend.
    """
    from json import dumps

    from swv6.cli._writable import writable
    from swv6.plugins.manager import installed
    from swv6.profiles.editor import EDITOR_LINE
    from swv6.profiles.editor import schema as describe

    if output is not None:
        writable(output)
    text = dumps(describe(installed()), ensure_ascii=False, indent=2)
    if output is None:
        print(text)
    else:
        _write(output, text + "\n")
    typer.echo(f"First line for a profile:\n{EDITOR_LINE.format(path=_uri(output))}", err=True)


def resolved(profile: Profile) -> dict[str, Any]:
    """Give a profile as the values its file would hold; this can be read back as a profile."""
    from swv6.profiles.schema import CHAINS

    values = profile.model_dump(mode="json", exclude={"name", *CHAINS})
    head = {"name": profile.name, "summary": values.pop("summary"), "language": values.pop("language")}
    chains = {
        key: [{choice.backend: choice.options.model_dump(mode="json")} for choice in getattr(profile, key)]
        for key in CHAINS
    }
    return {**head, **chains, **values}


def _summary(path: Path) -> str:
    """Give the file's own summary; a file that cannot be read says so instead."""
    from swv6.profiles.nodes import Problem, read

    problems: list[Problem] = []
    root = read(path, problems)
    if root is None:
        return f"broken: {problems[0]}"
    node = root.value.get("summary") if isinstance(root.value, dict) else None
    return str(node.value) if node and node.value is not None else ""


def _write(path: Path, text: str) -> None:
    """Write a file in one step, so that what was there stays when this fails."""
    from os import getpid

    from swv6.errors import Swv6Error

    file = path.resolve()  # the file behind a link, not the link
    draft = file if file.exists() and not file.is_file() else file.with_name(f".{file.name}.{getpid()}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        if draft != file:  # a device such as /dev/stdout is never replaced
            draft.replace(file)
    except OSError as error:
        if draft != file and draft.is_file():
            draft.unlink()
        hint = "swv6 profiles schema -o FILE, in a folder that you can write"
        raise Swv6Error(f"{path} cannot be written: {error.strerror or error}", hint) from error


def _uri(output: Path | None) -> str:
    return output.resolve().as_posix() if output else "profile.schema.json"


def _print_json(value: Any) -> None:
    from json import dumps

    print(dumps(value, ensure_ascii=False, indent=2))
