"""`swv6 doctor`: check this machine for a profile, mend what is harmless, pack what helpers need."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swv6.cli.chain import ProfileOption, SetOption, run

if TYPE_CHECKING:
    from swv6.health.findings import Finding
    from swv6.health.look import Asked, Looked

app = typer.Typer(rich_markup_mode=None)


@app.command()
def doctor(
    profile: ProfileOption = "default",
    set_: SetOption = [],  # noqa: B006 (typer copies it)
    quick: Annotated[bool, typer.Option("--quick", help="Load no model: leave out the self-test.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Read every model again, to see that it is whole.")] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="First mend what is harmless: folders, leftovers, missing or damaged models (asks before a download).",
        ),
    ] = False,
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="FILE.zip", help="Write an archive for support, without secrets or speech."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --fix: download models without asking.")] = False,
) -> None:
    """Check Python, plugins, profile, models, sound, GPU, servers and speed; exit with 1 when something is wrong.

    Each line is `ok`, a `warning` or a `problem`; under it stands what mends it. Exit code 0: no problem, 1: problems,
    2: the profile itself is wrong.
    """
    from swv6.health.look import Asked, look

    bundle = _checked(bundle)
    asked = Asked(profile, tuple(set_), deep, quick)
    mended = _mended(asked, yes) if fix else []
    if not (quick or as_json):
        print("swv6: looking; the self-test loads the models (--quick leaves it out)", file=sys.stderr, flush=True)
    looked = run(lambda: look(asked, mended))
    (_print_json if as_json else _print_lines)(looked)
    if bundle is not None:
        _pack(bundle, looked)
    if looked.problems:
        raise typer.Exit(max(finding.code for finding in looked.problems))


def _checked(bundle: Path | None) -> Path | None:
    """Refuse at once what would only fail after half a minute; the name ends in .zip, as that is what it is."""
    from swv6.cli._writable import writable
    from swv6.errors import UsageError

    if bundle is None:
        return None
    if bundle.is_dir():
        raise UsageError(f"--bundle {bundle}: that is a folder", f"--bundle {bundle / 'swv6-support.zip'}")
    if bundle.suffix.casefold() != ".zip":
        bundle = bundle.with_name(f"{bundle.name}.zip")
    writable(bundle)
    return bundle


def _mended(asked: Asked, yes: bool) -> list[Finding]:
    """Do what can be done here, large downloads only when somebody agrees."""
    from swv6.cli import models
    from swv6.health.findings import Finding
    from swv6.health.look import resolved
    from swv6.health.repairs import repairs
    from swv6.models.catalog import Model
    from swv6.models.store import Store

    store = Store()

    def pull(model: Model, again: bool) -> Path:
        with models.progress(model) as bar:
            return store.pull(model.name, bar, force=again)

    planned = repairs(resolved(asked)[0], store, pull)
    agreed = yes or models.agreed([(repair.name, repair.bytes) for repair in planned if repair.bytes])
    done = [repair.run() for repair in planned if agreed or not repair.bytes]
    left = [repair for repair in planned if repair.bytes and not agreed]
    done += [Finding(f"fix {r.name}", "warning", "not fetched: nobody agreed", "swv6 doctor --fix --yes") for r in left]
    return done or [Finding("fix", "ok", "nothing to mend")]


def _pack(path: Path, looked: Looked) -> None:
    from swv6.health.bundle import write
    from swv6.plugins.manager import installed

    names = write(path, looked, installed(), _log(looked))
    print(f"swv6: {path} holds {', '.join(names)}; read it before you send it", file=sys.stderr)


def _log(looked: Looked) -> Path:
    """Name the log file: the command line's, the profile's, or the usual one, which an earlier run may have left."""
    from swv6.profiles.logs import usual
    from swv6.telemetry.log import kept

    return kept() or (looked.profile and looked.profile.log.path) or usual()


def _print_json(looked: Looked) -> None:
    import json

    print(json.dumps([f.as_dict() for f in looked.findings], ensure_ascii=False, indent=2))


def _print_lines(looked: Looked) -> None:
    from rich.console import Console

    from swv6.cli._findings import WIDE, counted, show

    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    show(console, looked.findings)
    console.print(counted(looked.findings))


if __name__ == "__main__":
    app()
