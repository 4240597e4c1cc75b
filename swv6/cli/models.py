"""`swv6 models`: what there is, what is here, and how it gets here."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swv6.cli._tables import human
from swv6.errors import ModelError

if TYPE_CHECKING:
    from swv6.models.catalog import Model
    from swv6.models.progress import Progress
    from swv6.models.store import Store

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="List, pull, verify and remove model weights.")

ASK_ABOVE = 500_000_000
"""Bytes; more than this is not downloaded unasked where somebody can be asked."""


def _complete(incomplete: str) -> list[str]:
    from swv6.models import catalog

    return [name for name in catalog.load() if name.startswith(incomplete)]


Names = Annotated[list[str], typer.Argument(help="Names, as `swv6 models list` gives them.", autocompletion=_complete)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a large download.")]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the models that can be pulled, and which are here."""
    from swv6.models import catalog
    from swv6.models.store import Store

    store = Store()
    rows = [_row(store, model) for model in catalog.load().values()]
    if as_json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from swv6.cli._tables import listing, width

    print("\n".join(listing(rows, width())))
    print(f"in {store.root}")


def _row(store: Store, model: Model) -> dict[str, Any]:
    here = store.present(model.name)
    return {
        "name": model.name,
        "format": model.format,
        "installed": here,
        "damaged": not here and store.folder(model.name).exists(),
        "size": model.size,
        "languages": list(model.languages),
        "license": model.license,
        "summary": model.summary,
        "path": str(store.folder(model.name) / model.main) if here else None,
    }


@app.command()
def pull(
    names: Names,
    force: Annotated[bool, typer.Option("--force", help="Fetch again what is here.")] = False,
    yes: Yes = False,
) -> None:
    """Fetch models; what was interrupted goes on where it stopped."""
    from swv6.models.store import Store, known

    store = Store()
    models = [known(name) for name in dict.fromkeys(names)]
    missing = [model for model in models if force or not store.present(model.name)]
    for model in models:
        if model not in missing:
            print(f"{model.name} is here", file=sys.stderr)
    _agree(missing, yes)
    _pull_all(store, missing, force)


@app.command()
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(help="Names; all that is here when none is given.", autocompletion=_complete)
    ] = None,
) -> None:
    """Hash models again; exit code 4 when one is not what it must be."""
    from swv6.models import catalog
    from swv6.models.store import Store, known

    store = Store()
    bad = []
    for name in names or [name for name in catalog.load() if store.folder(name).exists()]:
        here = store.folder(known(name).name).exists()
        absent = ModelError(f"{name} is not on this machine", f"swv6 models pull {name}")
        problems = store.verify(name, thorough=True) if here else [absent]
        print(f"{name}: {'ok' if not problems else 'damaged' if here else 'not here'}")
        bad += problems
    if bad:
        raise ModelError("\n".join(problem.what for problem in bad), bad[0].hint)


@app.command()
def rm(names: Names) -> None:
    """Remove models from this machine."""
    from swv6.models.store import Store, known

    store = Store()
    for model in [known(name) for name in names]:
        was_here = store.folder(model.name).exists()
        store.remove(model.name)
        print(f"{model.name} removed" if was_here else f"{model.name} was not here", file=sys.stderr)


@app.command()
def path(names: Names) -> None:
    """Print where models are on disk, verified."""
    from swv6.models.store import Store, known

    store = Store()
    for name in names:
        print(store.find(name, known(name).format))


@app.command("import")
def import_(
    name: Annotated[str, typer.Argument(help="The model's name.", autocompletion=_complete)],
    origin: Annotated[Path, typer.Argument(metavar="PATH", help="A folder with its files, or its one file.")],
) -> None:
    """Take a model in from a local folder or file.

    Its hashes are checked first.
    """
    from swv6.models.store import Store, known

    with progress(known(name), "importing") as bar:
        print(Store().import_(name, origin, bar))


def ensure(models: Iterable[str], yes: bool) -> None:
    """Pull what a command needs and is missing, saying what and how big.

    `models` are names or paths; only names of the catalog that are not here are pulled.
    Asks when somebody can be asked, the whole is over 500 MB and not `yes`. Raises ModelError.
    """
    from swv6.models import catalog
    from swv6.models.store import Store

    store, known = Store(), catalog.load()
    missing = [known[m] for m in dict.fromkeys(models) if m in known and not store.exists(m)]
    _agree(missing, yes)
    _pull_all(store, missing, force=False)


def agreed(downloads: list[tuple[str, int]]) -> bool:
    """Ask whether so many bytes of each may be downloaded; where nobody can be asked, nobody agrees."""
    if not downloads or not _attended():
        return not downloads
    listed = ", ".join(f"{name} ({human(size)})" for name, size in downloads)
    total = human(sum(size for _, size in downloads))
    return typer.confirm(f"download {listed}: {total} in all?", default=True, err=True)


def _agree(models: list[Model], yes: bool) -> None:
    total = sum(model.size for model in models)
    if yes or total <= ASK_ABOVE or not _attended():
        return
    if not agreed([(model.name, model.size) for model in models]):
        raise ModelError("nothing was downloaded", f"swv6 models pull {' '.join(model.name for model in models)}")


def _attended() -> bool:
    """True when somebody can answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _pull_all(store: Store, models: list[Model], force: bool) -> None:
    for model in models:
        with progress(model) as bar:
            store.pull(model.name, bar, force=force)


@contextmanager
def progress(model: Model, verb: str = "pulling") -> Iterator[Progress]:
    """Show a bar with size and speed on a terminal, a line at each end elsewhere."""
    from swv6.cli import _bar

    with _bar.lines(model, verb) if not sys.stderr.isatty() else _bar.bar(model) as shown:
        yield shown
