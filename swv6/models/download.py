"""Fetch one address into a file: resumed where it was cut, trusted only when its hash is right."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from swv6.errors import ModelError
from swv6.models.progress import Job

if TYPE_CHECKING:
    import httpx

CHUNK = 1 << 18
"""Bytes copied at once; large enough that a progress call costs nothing."""
TRIES = 5
"""Cut connections in a row without a single new byte before giving up."""
BUSY = {429, 500, 502, 503, 504}
"""HTTP statuses that may be gone at the next try."""
PAUSE = 0.5
"""Seconds before the second try; doubles each time."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a file is and what it must be."""

    url: str
    name: str
    """The file name it gets."""
    sha256: str = ""
    """Hexadecimal; empty when unknown here (then whoever uses the content checks it)."""
    git_sha1: str = ""
    """The hub's hash of a small file: sha1 of a git blob."""
    size: int = 0
    """Bytes; 0 when unknown."""
    headers: Mapping[str, str] = field(default_factory=dict)


def download(client: httpx.Client, link: Link, folder: Path, job: Job) -> Path:
    """Fetch `link` into `folder`; give back the file, whose hash is right.

    A `file:` address is used where it lies. Raises ModelError (hash, HTTP status, interrupted, no network)
    or OSError (disk).
    """
    if link.url.startswith("file:"):
        return _local(link, job)
    target = folder / link.name
    if not target.is_file():
        part = target.with_name(target.name + ".part")
        with explained(link.url):
            _fetch(client, link, part, job)
        _check(link, part)
        part.replace(target)
    else:
        job.progress.expect(-target.stat().st_size)
    return target


def _local(link: Link, job: Job) -> Path:
    from urllib.request import url2pathname  # brings all of http

    path = Path(url2pathname(urlsplit(link.url).path))
    if not path.is_file():
        raise ModelError(f"{path} does not exist")
    _check(link, path)
    return path


def _fetch(client: httpx.Client, link: Link, part: Path, job: Job) -> None:
    """Read until the end, however often the connection is cut, as long as each try brings something."""
    import httpx

    have, failures = _size(part), 0
    job.progress.expect(-have)
    while True:
        try:
            return _read(client, link, part, job)
        except (httpx.TransportError, httpx.HTTPStatusError):
            now = _size(part)
            failures = 0 if now > have else failures + 1
            have = now
            if failures >= TRIES:
                raise
            job.check()
            time.sleep(PAUSE * 2 ** max(failures - 1, 0))


def _read(client: httpx.Client, link: Link, part: Path, job: Job) -> None:
    have = _size(part)
    headers = {**link.headers, "Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
    with client.stream("GET", link.url, headers=headers) as response:
        if response.status_code == 416:
            return  # nothing is left after what we have; the hash says whether it is right
        if response.status_code in BUSY:
            response.raise_for_status()
        if response.is_error:
            raise ModelError(f"{host(link.url)} answered {response.status_code} for {link.name}")
        if response.status_code != 206:
            job.progress.expect(have)
            have = 0
        with part.open("ab" if have else "wb") as file:
            for chunk in response.iter_raw():
                file.write(chunk)
                job.progress.advance(len(chunk))
                job.check()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _check(link: Link, path: Path) -> None:
    if link.sha256:
        found, expected = hash_file(path), link.sha256
    elif link.git_sha1:
        found, expected = hash_file(path, hashlib.sha1(b"blob %d\0" % path.stat().st_size)), link.git_sha1
    else:
        return
    if found != expected:
        if path.suffix == ".part":
            path.unlink()
        raise mismatch(link.name, expected, found)


class NoNetwork(ModelError):
    """A server could not be reached."""


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn the HTTP client's errors into ours, naming the host only: an address may hold credentials."""
    import httpx

    try:
        yield
    except httpx.TransportError as error:
        raise NoNetwork(f"cannot reach {host(url)}: {str(error) or type(error).__name__}") from error
    except httpx.HTTPStatusError as error:
        raise ModelError(f"{host(url)} answered {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ModelError(f"cannot use {host(url)}: {error}") from error


class Mismatch(ModelError):
    """A file is not what it must be."""


def mismatch(file: str, expected: str, found: str, name: str = "") -> Mismatch:
    """Say that `file` is not what it must be."""
    hint = f"swv6 models pull --force {name}" if name else ""
    return Mismatch(f"{file} is not the expected file: sha256 {expected} expected, {found} found", hint)


def hash_file(path: Path, digest: Any = None) -> str:
    """Hash a file without loading it; sha256 unless `digest` is given."""
    digest = digest or hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return str(digest.hexdigest())


def host(url: str) -> str:
    """Name the host of an address, never its credentials."""
    return urlsplit(url).hostname or url
